// /normalise: what normalisation found and is not sure enough of, for a person to look at, and what the person answers.

import { type Static, Type } from '@sinclair/typebox';
import { Problem } from '../base/problem.ts';
import { doubtfulFacts } from '../storage/facts.ts';
import { procedureAnswers, retractProcedureAnswer } from '../storage/procedure-answers.ts';
import { page } from './page.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const Doubtful = Type.Object({
  id: Type.String({ description: 'of the study; `before` for the next page' }),
  studyInstanceUid: Type.String(),
  seriesInstanceUid: Type.Union([Type.String(), Type.Null()], { description: 'null: what was done in the study' }),
  says: Type.Union([Type.String(), Type.Null()], {
    description: 'the id that an answer would have; studies, or series, of one id say the same',
  }),
  alike: Type.Integer({ description: 'studies, or series, that say the same, this one among them' }),
  description: Type.Union([Type.String(), Type.Null()], { description: 'as sent' }),
  confidence: Type.Number({ description: 'how often such a reading is right, 0 to 1' }),
  reason: Type.String(),
  facts: Type.Array(Type.Object({ attribute: Type.String(), value: Type.Unknown() })),
});

const choice = <T extends string>(...words: T[]) => Type.Union(words.map((word) => Type.Literal(word)));

const Answer = Type.Object(
  {
    studyInstanceUid: Type.String({ pattern: '^[0-9.]{1,64}$' }),
    modality: choice('CT', 'MR', 'XR', 'US', 'MG', 'NM', 'PT', 'PT&CT', 'NM&CT', 'RF', 'XA'),
    focus: Type.String({ maxLength: 64, description: 'part of the body, by the name that normalisation has for it' }),
    laterality: choice('R', 'L', 'B', 'none', 'unspecified'),
    contrast: choice('with', 'without', 'both', 'none', 'unspecified'),
    interventional: Type.Boolean(),
  },
  { additionalProperties: false },
);

const Candidates = Type.Array(Type.Object({ value: Type.String(), probability: Type.Number() }));

const Weighed = Type.Object({
  input: Type.Unknown({ description: 'what the study says' }),
  procedure: Type.Unknown({ description: 'what is read from that, its confidence, and the reasons to doubt it' }),
  candidates: Type.Record(Type.String(), Candidates, {
    description: 'by field what it may be, the likeliest first, with the probability of each by itself',
  }),
});

const Taken = Type.Object({
  id: Type.String({ description: 'of the answer, by which it is taken back' }),
  studies: Type.Integer({ description: 'that say the same, this one among them' }),
});

const studyUid = Type.Object({ uid: Type.String({ pattern: '^[0-9.]{1,64}$' }) });

const Kept = Type.Object({
  id: Type.String(),
  input: Type.Unknown({ description: 'what the studies say' }),
  procedure: Type.Unknown({ description: 'what was decided, with what follows from it' }),
  author: Type.String(),
  answeredAt: Type.String({ format: 'date-time' }),
  retractedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  retractedBy: Type.Union([Type.String(), Type.Null()]),
  studies: Type.Integer({ description: 'that say the same' }),
});

const some = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  after: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0, description: 'so many of the newest left out' }),
});
const answerId = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{32}$' }) });

export const normaliseRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/normalise/review',
    summary: 'Procedures and series that are not sure, of the newest studies; `limit` counts studies',
    action: 'administer',
    query: page,
    answer: Type.Array(Doubtful),
    handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof page>, unknown>) =>
      doubtfulFacts(context.database, { tenant: principal.tenant, limit: query.limit, before: query.before }),
  },
  {
    method: 'GET',
    path: '/normalise/review/{uid}',
    summary: 'What a study says of its procedure, what is read from that, and what it may be instead',
    action: 'administer',
    params: studyUid,
    answer: Weighed,
    handle: ({ context, principal, params }: ApiRequest<Static<typeof studyUid>, unknown, unknown>) =>
      context.weighProcedure(principal, params.uid),
  },
  {
    method: 'POST',
    path: '/normalise/answers',
    summary: 'What was done in a study, decided by a person: it holds for every study that says the same',
    action: 'administer',
    body: Answer,
    answer: Taken,
    studyUid: (body) => (body as Static<typeof Answer>).studyInstanceUid,
    handle: ({ context, principal, body }: ApiRequest<unknown, unknown, Static<typeof Answer>>) => {
      const { studyInstanceUid, ...decided } = body;
      return context.decideProcedure(principal, studyInstanceUid, decided);
    },
  },
  {
    method: 'GET',
    path: '/normalise/answers',
    summary: 'What persons decided of procedures, newest first, those that were taken back among them',
    action: 'administer',
    query: some,
    answer: Type.Array(Kept),
    handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof some>, unknown>) =>
      procedureAnswers(context.database, { tenant: principal.tenant, ...query }),
  },
  {
    method: 'DELETE',
    path: '/normalise/answers/{id}',
    summary: 'Takes an answer back: every study that says the same is read again as though nobody had been asked',
    action: 'administer',
    params: answerId,
    async handle({
      context,
      principal: { tenant, id: retractedBy },
      params,
    }: ApiRequest<Static<typeof answerId>, unknown, unknown>) {
      if (!(await retractProcedureAnswer(context.database, { tenant, id: params.id, retractedBy })))
        throw new Problem('catalogue/not-found', { what: 'answer' });
    },
  },
];
