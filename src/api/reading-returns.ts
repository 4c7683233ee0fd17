// /reading/returns: what readers stored in their rooms and could not be brought home by itself. The list holds reasons, and
// nothing of a patient; what becomes of one is the client's to say.

import { type Static, Type } from '@sinclair/typebox';
import { page } from './page.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

/** What routes ask of them, as one tenant: a client of its own cases, or a room of what was stored in it. */
export interface ApiReturns {
  list(tenant: number, asked: { state?: string; before?: string; limit: number }): Promise<ApiReturn[]>;
  /** Rejects with catalogue/not-found; with reading/return-waits where something stands against it that nobody can confirm. */
  release(tenant: number, id: string, decision: ApiReturnDecision): Promise<ApiReturn>;
  /** Rejects with catalogue/not-found. */
  discard(tenant: number, id: string, decision: ApiReturnDecision): Promise<ApiReturn>;
}

export interface ApiReturn {
  id: string;
  case: string | null;
  provider: string;
  kind: string;
  name: string;
  version: number;
  state: string;
  findings: readonly { code: string; path: string }[];
  home: string | null;
  replaced: readonly string[];
  at: Date;
}

export interface ApiReturnDecision {
  by: string;
  reason: string;
  dates?: readonly string[];
  pixels?: boolean;
}

const Return = Type.Object({
  id: Type.String(),
  case: Type.Union([Type.String(), Type.Null()]),
  provider: Type.String(),
  kind: Type.String({ description: 'instance, or report: what came by HL7 v2 or FHIR' }),
  name: Type.String({ description: 'in the room: SOP Instance UID, or id of the DiagnosticReport' }),
  version: Type.Integer(),
  state: Type.String({ description: 'home, quarantined or discarded' }),
  findings: Type.Array(Type.Object({ code: Type.String(), path: Type.String() })),
  home: Type.Union([Type.String(), Type.Null()], { description: 'what it is called at home' }),
  replaced: Type.Array(Type.String(), { description: 'what came with it and was made anew from its text' }),
  at: Type.String({ format: 'date-time' }),
});

const asked = Type.Composite([page, Type.Object({ state: Type.Optional(Type.String({ maxLength: 16 })) })]);
const id = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,18}$' }) });
const reason = Type.String({ minLength: 1, maxLength: 1000 });

const Release = Type.Object({
  reason,
  dates: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      maxItems: 100,
      description: 'words of dates that are right as they stand',
    }),
  ),
  pixels: Type.Optional(Type.Boolean({ description: 'somebody has looked at its pixels' })),
});
const Discard = Type.Object({ reason });

type Deciding<Body> = ApiRequest<Static<typeof id>, unknown, Body>;

export const readingReturnRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/reading/returns',
    summary: 'What came back from the rooms of readers, newest first',
    action: 'administer',
    query: asked,
    answer: Type.Array(Return),
    handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof asked>, unknown>) =>
      context.returns.list(principal.tenant, query),
  },
  {
    method: 'POST',
    path: '/reading/returns/{id}/release',
    summary: 'Brings one home that waited, with what somebody confirmed of it',
    action: 'administer',
    params: id,
    body: Release,
    answer: Return,
    handle: ({ context, principal, params, body }: Deciding<Static<typeof Release>>) =>
      context.returns.release(principal.tenant, params.id, { ...body, by: principal.id }),
  },
  {
    method: 'POST',
    path: '/reading/returns/{id}/discard',
    summary: 'Leaves one where it was stored, for good',
    action: 'administer',
    params: id,
    body: Discard,
    answer: Return,
    handle: ({ context, principal, params, body }: Deciding<Static<typeof Discard>>) =>
      context.returns.discard(principal.tenant, params.id, { ...body, by: principal.id }),
  },
];
