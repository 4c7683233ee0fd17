// /reading/reviews: readings that are read again, how good readers are found to be; /reading/trials: readings for research.

import { type Static, Type } from '@sinclair/typebox';
import { radpeerScores } from '../reading/quality/radpeer.ts';
import type { ReviewState } from '../reading/quality/review.ts';
import type { QualityTarget } from '../reading/quality/sample.ts';
import type { TrialAnswers, TrialQuestion } from '../reading/trials/adjudicate.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

/** What routes ask of reviews and trials, as one principal. Answers are JSON as they are. */
export interface ApiQuality {
  reviews(query: { state?: ReviewState; limit: number }): Promise<object[]>;
  /** Rejects with catalogue/not-found, reading/review-not-now, auth/forbidden. */
  step(id: string, step: Static<typeof Step>): Promise<object>;
  readers(days: number): Promise<object[]>;
  targets(): Promise<QualityTarget[]>;
  putTargets(targets: readonly QualityTarget[]): Promise<void>;
  trials(): Promise<object[]>;
  addTrial(trial: { id: string; title: string; provider: string; questions: TrialQuestion[] }): Promise<void>;
  /** Resolves to the case of the first reading. Rejects with catalogue/not-found, reading/unknown-case, reading/out-of-step. */
  readForTrial(trial: string, wish: { subject: string; visit: string; case: string }): Promise<{ case: string }>;
  /** Rejects with reading/not-holder, request/malformed, reading/out-of-step. */
  answer(caseId: string, answers: TrialAnswers): Promise<{ state: string }>;
  /** CSV. Rejects with catalogue/not-found. */
  trialTable(trial: string): Promise<Uint8Array>;
}

const text = Type.String();
const time = Type.String({ format: 'date-time' });
const nullable = Type.Union([text, Type.Null()]);
const name = Type.String({ minLength: 1, maxLength: 64 });
const states = ['awaits-reading', 'awaits-score', 'awaits-author', 'awaits-arbitration', 'closed'] as const;
const Code = Type.Object({ id: Type.String({ minLength: 8, maxLength: 16, description: 'the code of the case' }) });
const Named = Type.Object({ id: name });

const Query = Type.Object({
  state: Type.Optional(Type.Union(states.map((each) => Type.Literal(each)))),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
});

const Review = Type.Object({
  id: text,
  case: text,
  why: Type.String({ description: 'random, new-starter or targeted' }),
  state: text,
  secondCase: Type.Union([text, Type.Null()], { description: 'the blind reading, a case of its own' }),
  author: Type.Union([text, Type.Null()], { description: 'not told to readers before the review is closed' }),
  reviewer: Type.Union([text, Type.Null()], { description: 'likewise' }),
  score: nullable,
  difference: nullable,
  response: nullable,
  upheld: Type.Union([Type.Boolean(), Type.Null()]),
  owesAddendum: Type.Boolean({ description: 'a difference was found right, and no addendum names it' }),
  madeAt: time,
  changedAt: time,
});

const Step = Type.Union([
  Type.Object({ step: Type.Literal('score'), score: Type.Union(radpeerScores.map((each) => Type.Literal(each))) }),
  Type.Object({
    step: Type.Literal('respond'),
    response: Type.Union([Type.Literal('accepts'), Type.Literal('contests')]),
  }),
  Type.Object({ step: Type.Literal('arbitrate'), upheld: Type.Boolean() }),
]);

const Rate = Type.Object({
  count: Type.Integer(),
  of: Type.Integer(),
  rate: Type.Number(),
  low: Type.Number({ description: 'Wilson, 95 %' }),
  high: Type.Number(),
});
const ReaderQuality = Type.Object({
  reader: text,
  discrepancies: Rate,
  major: Rate,
  drawnAtRandom: Type.Object(Rate.properties, {
    description: 'of all differences those drawn by chance, which tell of all',
  }),
});
const Days = Type.Object({ days: Type.Integer({ minimum: 1, maximum: 3660, default: 365 }) });

const Target = Type.Object(
  {
    reader: Type.Optional(name),
    modality: Type.Optional(name),
    bodyRegion: Type.Optional(name),
    rate: Type.Number({ minimum: 0, maximum: 1 }),
  },
  { additionalProperties: false },
);
const Targets = Type.Array(Target, { maxItems: 200 });

const Question = Type.Object(
  {
    name,
    kind: Type.Union([Type.Literal('code'), Type.Literal('number')]),
    tolerance: Type.Optional(Type.Number({ minimum: 0 })),
    decides: Type.Boolean({ description: 'a difference in it calls for a third reader' }),
  },
  { additionalProperties: false },
);
const Trial = Type.Object(
  {
    id: Type.String({ pattern: '^[A-Za-z0-9.-]{1,50}$' }),
    title: Type.String({ minLength: 1, maxLength: 200 }),
    provider: name,
    questions: Type.Array(Question, { minItems: 1, maxItems: 100 }),
  },
  { additionalProperties: false },
);
const TimePoint = Type.Object(
  { subject: name, visit: name, case: Type.String({ description: 'whose study is read' }) },
  { additionalProperties: false },
);
const Answers = Type.Record(Type.String(), Type.String({ maxLength: 200 }), { maxProperties: 100 });

type Asked<Params, Query, Body> = ApiRequest<Params, Query, Body>;

export const readingQualityRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/reading/reviews',
    summary: 'Reviews of readings, newest first: of a reader those that concern them',
    action: 'worklist',
    query: Query,
    answer: Type.Array(Review),
    handle: ({ context, principal, query }: Asked<unknown, Static<typeof Query>, unknown>) =>
      context.quality(principal).reviews(query),
  },
  {
    method: 'POST',
    path: '/reading/reviews/{id}',
    summary: 'The next step of a review: it is scored, answered by the author, arbitrated',
    action: 'worklist',
    params: Named,
    body: Step,
    answer: Review,
    handle: ({ context, principal, params, body }: Asked<Static<typeof Named>, unknown, Static<typeof Step>>) =>
      context.quality(principal).step(params.id, body),
  },
  {
    method: 'GET',
    path: '/reading/quality/readers',
    summary: 'How often readers differ from who read again',
    action: 'administer',
    query: Days,
    answer: Type.Array(ReaderQuality),
    handle: ({ context, principal, query }: Asked<unknown, Static<typeof Days>, unknown>) =>
      context.quality(principal).readers(query.days),
  },
  {
    method: 'GET',
    path: '/reading/quality/targets',
    summary: 'What is read again more often for a while',
    action: 'administer',
    answer: Targets,
    handle: ({ context, principal }: Asked<unknown, unknown, unknown>) => context.quality(principal).targets(),
  },
  {
    method: 'PUT',
    path: '/reading/quality/targets',
    summary: 'Says what is read again more often, beside what terms say',
    action: 'administer',
    body: Targets,
    handle: ({ context, principal, body }: Asked<unknown, unknown, Static<typeof Targets>>) =>
      context.quality(principal).putTargets(body),
  },
  {
    method: 'GET',
    path: '/reading/trials',
    summary: 'Trials whose time points are read twice',
    action: 'administer',
    answer: Type.Array(Trial),
    handle: ({ context, principal }: Asked<unknown, unknown, unknown>) => context.quality(principal).trials(),
  },
  {
    method: 'POST',
    path: '/reading/trials',
    summary: 'A trial, and what is asked of its readers',
    action: 'administer',
    body: Trial,
    handle: ({ context, principal, body }: Asked<unknown, unknown, Static<typeof Trial>>) =>
      context.quality(principal).addTrial(body),
  },
  {
    method: 'POST',
    path: '/reading/trials/{id}/subjects',
    summary: 'Has the study of a case read for a trial, blinded',
    action: 'administer',
    params: Named,
    body: TimePoint,
    answer: Type.Object({ case: Type.String({ description: 'of the first reading' }) }),
    handle: ({ context, principal, params, body }: Asked<Static<typeof Named>, unknown, Static<typeof TimePoint>>) =>
      context.quality(principal).readForTrial(params.id, body),
  },
  {
    method: 'GET',
    path: '/reading/trials/{id}/table',
    summary: 'All readings of a trial as CSV',
    action: 'administer',
    params: Named,
    answer: Type.String(),
    mediaType: 'text/csv; charset=utf-8',
    handle: async ({ context, principal, params }: Asked<Static<typeof Named>, unknown, unknown>) => [
      await context.quality(principal).trialTable(params.id),
    ],
  },
  {
    method: 'POST',
    path: '/reading/cases/{id}/answers',
    summary: 'What its reader answers of a reading for a trial',
    action: 'report',
    params: Code,
    body: Answers,
    answer: Type.Object({ state: text }),
    handle: ({ context, principal, params, body }: Asked<Static<typeof Code>, unknown, Static<typeof Answers>>) =>
      context.quality(principal).answer(params.id, body),
  },
];
