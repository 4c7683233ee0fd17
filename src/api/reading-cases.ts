// /reading/cases: the worklist, a case and its log, and what is done to one. Readers see copies, clients their own studies.

import { type Static, Type } from '@sinclair/typebox';
import type { Principal } from '../auth/principal.ts';
import { type CaseState, caseStates } from '../reading/case/reading-case.ts';
import { type RequestPriority, requestPriorities } from '../reading/terms/service-term.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

/** What routes ask of cases; answers are JSON as they are. Each rejects with reading/unknown-case of one that is not to be seen. */
export interface ApiCases {
  list(
    principal: Principal,
    query: { states?: CaseState[]; priority?: RequestPriority; mine?: boolean; limit: number },
  ): Promise<object[]>;
  read(principal: Principal, id: string): Promise<object>;
  events(principal: Principal, id: string): Promise<object[]>;
  request(
    principal: Principal,
    wish: { studyUid?: string; accession?: string; priority?: RequestPriority; reason?: string },
  ): Promise<object>;
  claim(principal: Principal, id: string): Promise<object>;
  open(principal: Principal, id: string): Promise<object>;
  heartbeat(principal: Principal, id: string): Promise<object>;
  decline(principal: Principal, id: string, reason: string): Promise<object>;
  park(principal: Principal, id: string, reason: string): Promise<object>;
  resume(principal: Principal, id: string): Promise<object>;
  seenBy(principal: Principal, id: string): Promise<object>;
  cancel(principal: Principal, id: string, reason: string): Promise<object>;
  reject(principal: Principal, id: string, why: { reason: string; retake: boolean }): Promise<object>;
  reassign(principal: Principal, id: string, to: { reader?: string; reason: string }): Promise<object>;
}

const text = Type.String();
const nullable = <T extends typeof text | ReturnType<typeof Type.Integer>>(type: T) => Type.Union([type, Type.Null()]);
const moment = nullable(Type.String({ format: 'date-time' }));
const oneOf = <T extends string>(values: readonly T[]) => Type.Union(values.map((each) => Type.Literal(each)));

const Code = Type.Object({
  id: Type.String({ pattern: '^[0-9A-Za-z -]{8,16}$', description: 'the code of the case, however it is grouped' }),
});

const Query = Type.Object({
  state: Type.Optional(
    Type.String({ maxLength: 200, description: 'one or more, with commas; open ones where absent' }),
  ),
  priority: Type.Optional(oneOf(requestPriorities)),
  mine: Type.Optional(Type.Boolean({ description: 'claimed by the reader who asks, or offered to them' })),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
});

const Case = Type.Object({
  id: Type.String({ description: 'a code that can be said on the telephone: 4KTM-9QX2' }),
  state: oneOf(caseStates),
  sequence: Type.Integer({ description: 'of the last entry of its log' }),
  businessStatus: Type.String({ description: 'as Task.businessStatus has it' }),
  priority: oneOf(requestPriorities),
  client: text,
  site: text,
  provider: text,
  modality: text,
  bodyRegion: nullable(text),
  procedure: nullable(text),
  subspecialty: nullable(text),
  readType: text,
  studyUid: Type.Union([text, Type.Null()], { description: 'in the archive of who asks' }),
  accession: nullable(text),
  patient: Type.Object(
    { name: nullable(text), id: nullable(text), sex: nullable(text), age: nullable(Type.Integer()) },
    { description: 'as whoever asks may see them: of a reader, what the copies say' },
  ),
  images: Type.Integer(),
  priors: Type.Integer({ description: 'that are here' }),
  readyAt: moment,
  dueAt: moment,
  minutesLeft: Type.Union([Type.Integer(), Type.Null()], {
    description: 'negative when overdue; null while no clock runs',
  }),
  late: Type.Boolean(),
  paused: Type.Boolean({ description: 'its clock stands still' }),
  held: Type.Array(Type.Object({ reason: text, cause: text })),
  claimedBy: nullable(text),
  leaseUntil: moment,
  offeredTo: nullable(text),
  offerUntil: moment,
  critical: Type.Integer({ description: 'results that nobody has acknowledged' }),
  unseen: Type.Array(text, { description: 'changes that nobody has said to have seen' }),
  versions: Type.Integer({ description: 'of the report that are signed' }),
  partOf: nullable(text),
  blind: Type.Boolean({ description: 'whoever reads it is not to know what was found before' }),
  contract: nullable(text),
});

const Wish = Type.Object(
  {
    studyUid: Type.Optional(Type.String({ pattern: '^[0-9.]{1,64}$' })),
    accession: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    priority: Type.Optional(oneOf(requestPriorities)),
    reason: Type.Optional(Type.String({ maxLength: 200, description: 'a code, or words that name nobody' })),
  },
  { additionalProperties: false, minProperties: 1 },
);

const reason = Type.String({ minLength: 1, maxLength: 200, description: 'a code, or words that name nobody' });
const Reason = Type.Object({ reason }, { additionalProperties: false });
const Rejection = Type.Object({ reason, retake: Type.Boolean({ default: false }) }, { additionalProperties: false });
const Reassignment = Type.Object(
  { reason, reader: Type.Optional(Type.String({ maxLength: 64 })) },
  { additionalProperties: false },
);

type Named<Body = unknown> = ApiRequest<Static<typeof Code>, unknown, Body>;

/** What a reader does to a case, and what a desk does. */
const done = <Body>(
  path: string,
  summary: string,
  { action, body }: { action: ApiRoute['action']; body?: ApiRoute['body'] },
  handle: (cases: ApiCases, request: Named<Body>) => Promise<object>,
  answer: ApiRoute['answer'] = Case,
): ApiRoute => ({
  method: 'POST',
  path: `/reading/cases/{id}/${path}`,
  summary,
  action,
  params: Code,
  ...(body && { body }),
  ...(answer && { answer }),
  handle: (request: Named<Body>) => handle(request.context.cases, request),
});

export const readingCaseRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/reading/cases',
    summary: 'The worklist: cases of a client, or of the room of a provider, the earliest due first',
    action: 'worklist',
    query: Query,
    answer: Type.Array(Case),
    handle({ context, principal, query }: ApiRequest<unknown, Static<typeof Query>, unknown>) {
      const { state, ...others } = query;
      const states = state
        ?.split(',')
        .filter((each) => (caseStates as readonly string[]).includes(each)) as CaseState[];
      return context.cases.list(principal, { ...others, ...(states && { states }) });
    },
  },
  {
    method: 'POST',
    path: '/reading/cases',
    summary: 'A client wants a study read, ordered or not; the case that it has, if it has one',
    action: 'administer',
    body: Wish,
    answer: Case,
    handle: ({ context, principal, body }: ApiRequest<unknown, unknown, Static<typeof Wish>>) =>
      context.cases.request(principal, body),
  },
  {
    method: 'GET',
    path: '/reading/cases/{id}',
    summary: 'A case',
    action: 'worklist',
    params: Code,
    answer: Case,
    handle: ({ context, principal, params }: Named) => context.cases.read(principal, params.id),
  },
  {
    method: 'GET',
    path: '/reading/cases/{id}/log',
    summary: 'Everything that happened to a case, in order: ids, counts and reasons, nothing of a patient',
    action: 'worklist',
    params: Code,
    answer: Type.Array(Type.Unknown()),
    handle: ({ context, principal, params }: Named) => context.cases.events(principal, params.id),
  },
  done('claim', 'The reader who asks has the case from now on', { action: 'report' }, (cases, { principal, params }) =>
    cases.claim(principal, params.id),
  ),
  done('open', 'Its images are on the screen of its reader', { action: 'report' }, (cases, { principal, params }) =>
    cases.open(principal, params.id),
  ),
  done(
    'heartbeat',
    'Its reader is still there; a claim ends two minutes after the last of these',
    { action: 'report' },
    (cases, { principal, params }) => cases.heartbeat(principal, params.id),
    Type.Object({ leaseUntil: Type.String({ format: 'date-time' }) }),
  ),
  done(
    'decline',
    'An offer is turned down, or a claim given back',
    { action: 'report', body: Reason },
    (cases, { principal, params, body }: Named<Static<typeof Reason>>) =>
      cases.decline(principal, params.id, body.reason),
  ),
  done(
    'give-back',
    'A claim is given back',
    { action: 'report', body: Reason },
    (cases, { principal, params, body }: Named<Static<typeof Reason>>) =>
      cases.decline(principal, params.id, body.reason),
  ),
  done(
    'park',
    'Its reader waits: for an answer of the site, for priors',
    { action: 'report', body: Reason },
    (cases, { principal, params, body }: Named<Static<typeof Reason>>) => cases.park(principal, params.id, body.reason),
  ),
  done(
    'resume',
    'Its reader goes on with what was parked; a desk lets go what is held',
    { action: 'worklist' },
    (cases, { principal, params }) => cases.resume(principal, params.id),
  ),
  done(
    'seen',
    'Its reader has seen what changed; a client, that it has the report',
    { action: 'worklist' },
    (cases, { principal, params }) => cases.seenBy(principal, params.id),
  ),
  done(
    'cancel',
    'Nobody is to read it any more',
    { action: 'administer', body: Reason },
    (cases, { principal, params, body }: Named<Static<typeof Reason>>) =>
      cases.cancel(principal, params.id, body.reason),
  ),
  done(
    'reject',
    'It cannot be read as it is, and goes back to the site',
    { action: 'report', body: Rejection },
    (cases, { principal, params, body }: Named<Static<typeof Rejection>>) => cases.reject(principal, params.id, body),
  ),
  done(
    'reassign',
    'The desk takes it from its reader, and offers it to another where one is named',
    { action: 'administer', body: Reassignment },
    (cases, { principal, params, body }: Named<Static<typeof Reassignment>>) =>
      cases.reassign(principal, params.id, body),
  ),
];
