// /reading/egress: what left a client's archive for readers, until when, and the proof that it is gone; and what goes with a case
// besides its images, for whoever reads it. Rows hold pseudonyms, hashes and times.

import { type Static, Type } from '@sinclair/typebox';
import { Problem } from '../base/problem.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

/** What routes ask of it, as one tenant: a client of its own cases, a room of its context. */
export interface ApiEgress {
  list(tenant: number, asked: { case?: string; before?: string; limit: number }): Promise<object[]>;
  /** Rejects with reading/not-in-vault where the case is none of the tenant's. */
  recall(tenant: number, caseId: string, by: string): Promise<object>;
  /** What may not leave is asked about again now. Rejects with reading/nothing-held where nothing of the tenant's case is held. */
  again(tenant: number, caseId: string): Promise<void>;
  /** The case goes on without what is held back of it. Rejects with reading/nothing-held, also where nothing has left yet. */
  without(tenant: number, caseId: string, by: string, reason: string): Promise<void>;
  proofs(tenant: number, caseId?: string): Promise<object[]>;
  /** Destroys the way back from all copies of this case's patient for this provider. Rejects with reading/not-in-vault. */
  forget(tenant: number, caseId: string, by: string): Promise<object>;
  /** New keys for the domains of this client. */
  rotate(tenant: number, by: string): Promise<object>;
  /** New keys for the domains of all clients, and for the vault itself. */
  rotateAll(tenant: number, by: string): Promise<object>;
  /** Rejects with catalogue/not-found. */
  context(tenant: number, caseId: string): Promise<object>;
}

const text = Type.String();
const time = Type.String({ format: 'date-time' });
const timeOrNull = Type.Union([time, Type.Null()]);

const Row = Type.Object({
  case: text,
  name: Type.String({ description: 'SOP Instance UID of the copy, or the name of a document' }),
  kind: Type.String({ description: 'instance or document' }),
  recipient: text,
  studyUid: text,
  profile: text,
  sha256: Type.String({ description: 'of the data set as it lies in the room, or of the document' }),
  sizeBytes: Type.Integer(),
  leftAt: time,
  expiresAt: timeOrNull,
  removedAt: timeOrNull,
});

const Named = Type.Array(Type.Object({ name: text, sha256: text }));
const Proof = Type.Object({
  case: text,
  reason: Type.String({ description: 'recalled or expired' }),
  at: time,
  removedAt: time,
  copies: Named,
  documents: Named,
  heldByOthers: Type.Array(Type.Object({ name: text, sha256: text }), {
    description: 'copies that another case of the same provider still needs',
  }),
  found: Type.Object(
    { instances: Type.Integer(), studies: Type.Integer(), files: Type.Integer() },
    { description: 'what was there when it was looked for afterwards' },
  ),
});

const Context = Type.Object({
  indication: Type.Optional(text),
  comments: Type.Optional(text),
  requestedProcedure: Type.Optional(text),
  priorReports: Type.Array(
    Type.Object({
      studyUid: text,
      studyDate: Type.Optional(text),
      title: Type.Optional(text),
      status: text,
      sections: Type.Array(Type.Object({ kind: text, text })),
    }),
  ),
});

const asked = Type.Object({
  case: Type.Optional(Type.String({ maxLength: 32 })),
  before: Type.Optional(
    Type.String({ format: 'date-time', description: '`leftAt` of the last row of the page before' }),
  ),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
});
const ofCase = Type.Object({ case: Type.Optional(Type.String({ maxLength: 32 })) });
const caseId = Type.Object({ case: Type.String({ maxLength: 32 }) });
const id = Type.Object({ id: Type.String({ maxLength: 32 }) });

const Without = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 200, description: 'a code, or words that name nobody' }) },
  { additionalProperties: false },
);

type OfCase = ApiRequest<Static<typeof caseId>, unknown, unknown>;

export const readingEgressRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/reading/egress',
    summary: 'What left for readers, newest first',
    action: 'administer',
    query: asked,
    answer: Type.Array(Row),
    handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof asked>, unknown>) =>
      context.egress.list(principal.tenant, query),
  },
  {
    method: 'GET',
    path: '/reading/egress/proofs',
    summary: 'Proofs that copies are gone, newest first',
    action: 'administer',
    query: ofCase,
    answer: Type.Array(Proof),
    handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof ofCase>, unknown>) =>
      context.egress.proofs(principal.tenant, query.case),
  },
  {
    method: 'POST',
    path: '/reading/egress/{case}/recall',
    summary: 'Removes all copies of a case from the room of its reader, and answers the proof',
    action: 'administer',
    params: caseId,
    answer: Proof,
    handle: ({ context, principal, params }: OfCase) =>
      context.egress.recall(principal.tenant, params.case, principal.id),
  },
  {
    method: 'POST',
    path: '/reading/egress/{case}/again',
    summary: 'Asks now whether what is held back of a case may leave; by itself that is asked every five minutes',
    action: 'administer',
    params: caseId,
    handle: ({ context, principal, params }: OfCase) => context.egress.again(principal.tenant, params.case),
  },
  {
    method: 'POST',
    path: '/reading/egress/{case}/without',
    summary: 'Lets a case go on without the late images that may not leave; those that come after them follow',
    action: 'administer',
    params: caseId,
    body: Without,
    handle: ({
      context,
      principal,
      params,
      body,
    }: ApiRequest<Static<typeof caseId>, unknown, Static<typeof Without>>) =>
      context.egress.without(principal.tenant, params.case, principal.id, body.reason),
  },
  {
    method: 'POST',
    path: '/reading/egress/{case}/forget',
    summary: 'Destroys the key of the patient of a case: nobody comes back from the pseudonym',
    action: 'administer',
    params: caseId,
    answer: Type.Object({ cases: Type.Array(text), erasedAt: time }),
    handle: ({ context, principal, params }: OfCase) =>
      context.egress.forget(principal.tenant, params.case, principal.id),
  },
  {
    method: 'POST',
    path: '/reading/vault/rotate',
    summary: 'New keys for the vault while it is in use; asked again it goes on where it was cut off. Pseudonyms stay',
    action: 'administer',
    query: Type.Object({
      all: Type.Optional(
        Type.Boolean({
          description: "of all clients, with the vault's own key: the account that owns the data folder alone",
        }),
      ),
    }),
    answer: Type.Object({ domains: Type.Integer(), patients: Type.Integer(), rows: Type.Integer() }),
    handle({ context, principal: { id, kind, tenant }, query }: ApiRequest<unknown, { all?: boolean }, unknown>) {
      if (query.all !== true) return context.egress.rotate(tenant, id);
      if (kind !== 'local') throw new Problem('auth/forbidden', { action: 'administer' });
      return context.egress.rotateAll(tenant, id);
    },
  },
  {
    method: 'GET',
    path: '/reading/cases/{id}/context',
    summary: 'Why it was ordered and what was reported of its priors, as the reader may know it',
    action: 'report',
    params: id,
    answer: Context,
    handle: ({ context, principal, params }: ApiRequest<Static<typeof id>, unknown, unknown>) =>
      context.egress.context(principal.tenant, params.id),
  },
];
