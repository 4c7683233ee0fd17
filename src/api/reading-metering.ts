// /metering: what a tenant used; /reading/statements: what is owed for readings, by the logs of their cases.

import { type Static, Type } from '@sinclair/typebox';
import type { ReaderRate } from '../reading/metering/pay.ts';
import { page } from './page.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

/** What routes ask of metering, as one principal. Answers are JSON as they are, amounts decimal text. */
export interface ApiMetering {
  usage(period: { from: string; until: string }): Promise<object>;
  statements(query: { kind?: 'client' | 'reader'; before?: string; limit: number }): Promise<object[]>;
  statement(id: string): Promise<object>;
  /** Those that were made; none where all is stated. Rejects with catalogue/not-found for a party that is none. */
  make(wish: { kind: 'client' | 'reader'; party?: string; from: string; until: string }): Promise<object[]>;
  table(id: string): Promise<Uint8Array>;
  paper(id: string): Promise<Uint8Array>;
  rates(): Promise<ReaderRate[]>;
  addRate(rate: ReaderRate): Promise<void>;
  /** CSV with the columns procedure, modality, bodyRegion and value. Rejects with request/malformed. */
  putRelativeValues(table: AsyncIterable<Uint8Array>): Promise<void>;
  dispute(caseId: string, pause: number, evidence: string): Promise<void>;
  settle(caseId: string, pause: number, counts: boolean): Promise<void>;
}

const text = Type.String();
const time = Type.String({ format: 'date-time' });
const amount = Type.String({ description: 'decimal, never a float' });
const Period = Type.Object({
  from: time,
  until: Type.String({ format: 'date-time', description: 'the first moment that is not in it' }),
});
const kind = Type.Union([Type.Literal('client'), Type.Literal('reader')]);
const Sums = Type.Array(Type.Object({ currency: text, amount }));

const Usage = Type.Object({
  from: time,
  until: time,
  cases: Type.Array(Type.Object({ kind: text, count: Type.Integer() }), {
    description: 'how cases ended in the period',
  }),
  owed: Type.Array(Type.Object({ client: text, provider: text, charges: Type.Integer(), sums: Sums }), {
    description: 'for readings of the period, as the logs are now',
  }),
  readers: Type.Array(
    Type.Object({
      reader: text,
      readings: Type.Integer(),
      relativeValue: amount,
      hours: Type.Number({ description: 'on duty' }),
    }),
  ),
  fairness: Type.Object(
    { gini: Type.Number(), variation: Type.Number() },
    { description: 'of the work of readers per hour on duty: 0 where it is shared evenly' },
  ),
  doors: Type.Array(Type.Object({ door: text, action: text, count: Type.Integer(), instances: Type.Integer() })),
  storage: Type.Object(
    { studies: Type.Integer(), instances: Type.Integer(), bytes: Type.Number() },
    { description: 'now' },
  ),
});

const Line = Type.Object({
  key: text,
  case: Type.Union([text, Type.Null()]),
  term: Type.Object({ id: text, version: Type.Integer() }),
  at: time,
  what: Type.String({ description: 'reading, part, late or volume' }),
  quantity: amount,
  unit: text,
  price: amount,
  factors: Type.Array(text),
  amount,
  currency: text,
  statedBefore: Type.Union([amount, Type.Null()], { description: 'of which this is the difference' }),
});
const head = {
  id: text,
  kind,
  party: text,
  provider: text,
  from: time,
  until: time,
  version: Type.Integer({ description: 'those after the first are corrections' }),
  sums: Sums,
  madeBy: text,
  madeAt: time,
};
const Head = Type.Object({ ...head, lines: Type.Integer() });
const Whole = Type.Object({ ...head, lines: Type.Array(Line) });

const Query = Type.Object({ ...page.properties, kind: Type.Optional(kind) });
const Wish = Type.Object(
  {
    kind,
    party: Type.Optional(
      Type.String({ maxLength: 64, description: 'the provider, asked by a client; the client, asked by a provider' }),
    ),
    ...Period.properties,
  },
  { additionalProperties: false },
);
const Numbered = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,18}$' }) });

const Rate = Type.Object(
  {
    reader: Type.Optional(Type.String({ maxLength: 64, description: 'absent: all who have none of their own' })),
    unit: Type.Union([Type.Literal('exam'), Type.Literal('RVU')]),
    amount: Type.String({ pattern: '^\\d{1,9}(\\.\\d{1,6})?$' }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    validFrom: time,
  },
  { additionalProperties: false },
);

const Pause = Type.Object({
  id: Type.String({ minLength: 8, maxLength: 16, description: 'the code of the case' }),
  n: Type.Integer({ minimum: 0, maximum: 10_000, description: 'of its pauses, from 0' }),
});
const Dispute = Type.Object(
  { evidence: Type.String({ minLength: 1, maxLength: 200, description: 'a reference, no words about a patient' }) },
  { additionalProperties: false },
);
const Settlement = Type.Object({ counts: Type.Boolean() }, { additionalProperties: false });

type Asked<Params, Query, Body> = ApiRequest<Params, Query, Body>;

export const readingMeteringRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/metering',
    summary: 'What a tenant used and owes, or earned, in a period',
    action: 'administer',
    query: Period,
    answer: Usage,
    handle: ({ context, principal, query }: Asked<unknown, Static<typeof Period>, unknown>) =>
      context.metering(principal).usage(query),
  },
  {
    method: 'GET',
    path: '/reading/statements',
    summary: 'Statements, newest first',
    action: 'administer',
    query: Query,
    answer: Type.Array(Head),
    handle: ({ context, principal, query }: Asked<unknown, Static<typeof Query>, unknown>) =>
      context.metering(principal).statements(query),
  },
  {
    method: 'POST',
    path: '/reading/statements',
    summary: 'Makes the statements of a period: the first time all, then what differs',
    action: 'administer',
    body: Wish,
    answer: Type.Array(Head),
    handle: ({ context, principal, body }: Asked<unknown, unknown, Static<typeof Wish>>) =>
      context.metering(principal).make(body),
  },
  {
    method: 'GET',
    path: '/reading/statements/{id}',
    summary: 'A statement with all of its lines',
    action: 'administer',
    params: Numbered,
    answer: Whole,
    handle: ({ context, principal, params }: Asked<Static<typeof Numbered>, unknown, unknown>) =>
      context.metering(principal).statement(params.id),
  },
  {
    method: 'GET',
    path: '/reading/statements/{id}/csv',
    summary: 'A statement as CSV',
    action: 'administer',
    params: Numbered,
    answer: Type.String(),
    mediaType: 'text/csv; charset=utf-8',
    handle: async ({ context, principal, params }: Asked<Static<typeof Numbered>, unknown, unknown>) => [
      await context.metering(principal).table(params.id),
    ],
  },
  {
    method: 'GET',
    path: '/reading/statements/{id}/pdf',
    summary: 'A statement on paper',
    action: 'administer',
    params: Numbered,
    answer: Type.String(),
    mediaType: 'application/pdf',
    handle: async ({ context, principal, params }: Asked<Static<typeof Numbered>, unknown, unknown>) => [
      await context.metering(principal).paper(params.id),
    ],
  },
  {
    method: 'GET',
    path: '/reading/rates',
    summary: 'What a provider pays to its readers',
    action: 'administer',
    answer: Type.Array(Rate),
    handle: ({ context, principal }: Asked<unknown, unknown, unknown>) => context.metering(principal).rates(),
  },
  {
    method: 'POST',
    path: '/reading/rates',
    summary: 'Says what a provider pays from a moment on',
    action: 'administer',
    body: Rate,
    handle: ({ context, principal, body }: Asked<unknown, unknown, Static<typeof Rate>>) =>
      context.metering(principal).addRate(body),
  },
  {
    method: 'PUT',
    path: '/reading/relative-values',
    summary: 'How much work readings are, as CSV: procedure, modality, bodyRegion, value',
    action: 'administer',
    bodyMediaType: 'text/csv',
    handle: ({ context, principal, body }: Asked<unknown, unknown, AsyncIterable<Uint8Array>>) =>
      context.metering(principal).putRelativeValues(body),
  },
  {
    method: 'POST',
    path: '/reading/cases/{id}/pauses/{n}/dispute',
    summary: 'Client or provider says that a pause is counted wrongly',
    action: 'administer',
    params: Pause,
    body: Dispute,
    handle: ({ context, principal, params, body }: Asked<Static<typeof Pause>, unknown, Static<typeof Dispute>>) =>
      context.metering(principal).dispute(params.id, params.n, body.evidence),
  },
  {
    method: 'POST',
    path: '/reading/cases/{id}/pauses/{n}/settle',
    summary: 'Who did not dispute a pause settles whether it counts',
    action: 'administer',
    params: Pause,
    body: Settlement,
    handle: ({ context, principal, params, body }: Asked<Static<typeof Pause>, unknown, Static<typeof Settlement>>) =>
      context.metering(principal).settle(params.id, params.n, body.counts),
  },
];
