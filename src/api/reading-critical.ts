// /reading/critical: results that somebody has to receive; who is told of them; and whose case a code stands for.

import { type Static, Type } from '@sinclair/typebox';
import type { ApiRequest, ApiRoute } from './route.ts';

/** What routes ask of critical results, as one principal. Answers are JSON as they are. */
export interface ApiCritical {
  list(query: { open: boolean; limit: number }): Promise<object[]>;
  /** What is on record of one. Rejects with catalogue/not-found. */
  record(loop: string): Promise<object>;
  /** Rejects with reading/unknown-case, and with reading/not-holder of a reader whose case it is not. */
  flag(caseId: string, result: { category: 1 | 2 | 3; finding: string }): Promise<{ loop: string }>;
  /** Rejects with catalogue/not-found, reading/not-read-back, and reading/out-of-step where somebody was first. */
  acknowledge(loop: string, said: { recipient: string; readBack: boolean; method: string }): Promise<void>;
  policies(): Promise<object[]>;
  /** Rejects with request/malformed where somebody would be passed over. */
  putPolicy(name: string, ladders: object): Promise<void>;
  /** Breaks the glass: whose case it is, for a reason that is on record. */
  reveal(caseId: string, reason: string): Promise<object>;
  /** Whose case a code stands for, to the client whose it is. Rejects with reading/unknown-case. */
  resolve(code: string): Promise<object>;
}

const text = Type.String();
const time = Type.String({ format: 'date-time' });
const category = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)], {
  description: 'to be answered within minutes, hours, days',
});
const Code = Type.Object({ id: Type.String({ minLength: 8, maxLength: 16, description: 'the code of the case' }) });
const Loop = Type.Object({ loop: Type.String({ pattern: '^[0-9A-Za-z.-]{1,60}$' }) });

const Query = Type.Object({
  open: Type.Boolean({ default: true, description: 'only those that nobody has acknowledged' }),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
});

const Listed = Type.Object({
  loop: text,
  case: text,
  category,
  finding: Type.String({ description: 'a code' }),
  state: Type.String({ description: 'flagged, notifying, acknowledged or exhausted' }),
  recipient: Type.String({ description: 'who was told last' }),
  flaggedAt: time,
  acknowledgedAt: Type.Union([time, Type.Null()]),
});

const Record = Type.Object({
  loop: text,
  category,
  finding: text,
  foundAt: time,
  toldBy: Type.Object({ kind: text, id: text }),
  told: Type.Array(Type.Object({ recipient: text, channel: text, at: time })),
  received: Type.Union([
    Type.Object({ by: text, at: time, method: text, readBack: Type.Boolean() }),
    Type.Null({ description: 'nobody yet' }),
  ]),
  isExhausted: Type.Boolean({ description: 'all were told, and nobody answered in time' }),
});

const Flag = Type.Object(
  {
    category,
    finding: Type.String({
      pattern: '^[A-Za-z0-9._-]{1,64}(\\^[A-Za-z0-9-]{1,16})?$',
      description: 'a code, `RID4710^RADLEX`: no words of the report',
    }),
  },
  { additionalProperties: false },
);

const Acknowledgement = Type.Object(
  {
    recipient: Type.String({ minLength: 1, maxLength: 64, description: 'the role that received it' }),
    readBack: Type.Boolean({ description: 'the finding was said back' }),
    method: Type.String({ minLength: 1, maxLength: 32, default: 'api', description: 'phone, in-person, api …' }),
  },
  { additionalProperties: false },
);

const channel = Type.String({ pattern: '^(console|fhir|destination:.{1,64})$' });
const rung = {
  recipient: Type.String({ minLength: 1, maxLength: 64 }),
  channels: Type.Array(channel, { minItems: 1, maxItems: 8 }),
};
const Ladder = Type.Object(
  {
    rungs: Type.Array(Type.Object({ ...rung, minutes: Type.Number({ exclusiveMinimum: 0, maximum: 43_200 }) }), {
      minItems: 1,
      maxItems: 16,
    }),
    lead: Type.Object(rung, { description: 'told when nobody answered' }),
    readBack: Type.Boolean(),
  },
  { additionalProperties: false },
);
const Policy = Type.Object(
  { ladders: Type.Object({ 1: Ladder, 2: Ladder, 3: Ladder }, { additionalProperties: false }) },
  { additionalProperties: false },
);
const Name = Type.Object({ name: Type.String({ minLength: 1, maxLength: 64, description: 'as terms call it' }) });

const Reason = Type.Object(
  { reason: Type.String({ minLength: 4, maxLength: 200, description: 'is on record, and the client is told' }) },
  { additionalProperties: false },
);

const nullable = Type.Union([text, Type.Null()]);
const Whose = Type.Object({
  case: text,
  studyUid: nullable,
  accession: nullable,
  patient: Type.Object({ id: nullable, issuer: nullable, name: nullable, birthDate: nullable }),
});

export const readingCriticalRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/reading/critical',
    summary: 'Critical results, the most urgent first',
    action: 'worklist',
    query: Query,
    answer: Type.Array(Listed),
    handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof Query>, unknown>) =>
      context.critical(principal).list(query),
  },
  {
    method: 'GET',
    path: '/reading/critical/{loop}',
    summary: 'What is on record of a critical result',
    action: 'worklist',
    params: Loop,
    answer: Record,
    handle: ({ context, principal, params }: ApiRequest<Static<typeof Loop>, unknown, unknown>) =>
      context.critical(principal).record(params.loop),
  },
  {
    method: 'POST',
    path: '/reading/cases/{id}/critical',
    summary: 'A result of a case is critical: somebody has to receive it',
    action: 'worklist',
    params: Code,
    body: Flag,
    answer: Type.Object({ loop: text }),
    handle: ({ context, principal, params, body }: ApiRequest<Static<typeof Code>, unknown, Static<typeof Flag>>) =>
      context.critical(principal).flag(params.id, body),
  },
  {
    method: 'POST',
    path: '/reading/critical/{loop}/acknowledge',
    summary: 'Somebody has received a critical result',
    action: 'worklist',
    params: Loop,
    body: Acknowledgement,
    handle: ({
      context,
      principal,
      params,
      body,
    }: ApiRequest<Static<typeof Loop>, unknown, Static<typeof Acknowledgement>>) =>
      context.critical(principal).acknowledge(params.loop, body),
  },
  {
    method: 'GET',
    path: '/reading/critical/policies',
    summary: 'Who is told of critical results, where it is otherwise than usual',
    action: 'administer',
    answer: Type.Array(Type.Object({ name: text, ladders: Type.Unknown() })),
    handle: ({ context, principal }: ApiRequest<unknown, unknown, unknown>) => context.critical(principal).policies(),
  },
  {
    method: 'PUT',
    path: '/reading/critical/policies/{name}',
    summary: 'Says who is told of critical results that are flagged from now on',
    action: 'administer',
    params: Name,
    body: Policy,
    handle: ({ context, principal, params, body }: ApiRequest<Static<typeof Name>, unknown, Static<typeof Policy>>) =>
      context.critical(principal).putPolicy(params.name, body.ladders),
  },
  {
    method: 'POST',
    path: '/reading/cases/{id}/reveal',
    summary: 'Breaks the glass: tells a reader whose case it is',
    action: 'report',
    params: Code,
    body: Reason,
    answer: Whose,
    handle: ({ context, principal, params, body }: ApiRequest<Static<typeof Code>, unknown, Static<typeof Reason>>) =>
      context.critical(principal).reveal(params.id, body.reason),
  },
  {
    method: 'GET',
    path: '/reading/codes/{id}',
    summary: 'Whose case a code stands for, said on the telephone: for the desk of the client',
    action: 'worklist',
    params: Code,
    answer: Whose,
    handle: ({ context, principal, params }: ApiRequest<Static<typeof Code>, unknown, unknown>) =>
      context.critical(principal).resolve(params.id),
  },
];
