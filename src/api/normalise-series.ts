// /normalise/series-answers: what persons decided of MR and CT series, in the words of src/normalize/series.

import { type Static, Type } from '@sinclair/typebox';
import { Problem } from '../base/problem.ts';
import { keptSeriesAnswers, retractSeriesAnswer } from '../storage/series-answers.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const uid = Type.String({ pattern: '^[0-9.]{1,64}$' });
const choice = <T extends string>(...words: T[]) => Type.Union(words.map((word) => Type.Literal(word)));

const Mr = Type.Object(
  {
    studyInstanceUid: uid,
    seriesInstanceUid: uid,
    modality: Type.Literal('MR'),
    sequenceClass: Type.String({ pattern: '^[A-Za-z0-9*-]{1,16}$', description: 'T1, T2, FLAIR, DWI, ADC, …' }),
    plane: choice('axial', 'sagittal', 'coronal', 'oblique', '3d', 'unknown'),
    fatSuppressed: choice('y', 'n', 'unknown'),
  },
  { additionalProperties: false },
);

const Ct = Type.Object(
  {
    studyInstanceUid: uid,
    seriesInstanceUid: uid,
    modality: Type.Literal('CT'),
    phase: choice('non-contrast', 'arterial', 'portal-venous', 'delayed', 'CTA', 'perfusion', 'unknown'),
    reconstruction: choice('soft', 'bone', 'lung', 'mpr', 'mip', '3d', 'scout', 'dose-report', 'other'),
  },
  { additionalProperties: false },
);

const Answer = Type.Union([Mr, Ct]);

const Taken = Type.Object({
  id: Type.String({ description: 'of the answer, by which it is taken back' }),
  series: Type.Integer({ description: 'that say the same, this one among them' }),
});

const nullable = (format?: 'date-time') => Type.Union([Type.String(format ? { format } : {}), Type.Null()]);

const Kept = Type.Object({
  id: Type.String(),
  description: nullable(),
  decisions: Type.Unknown({ description: 'what was decided' }),
  author: Type.String(),
  answeredAt: Type.String({ format: 'date-time' }),
  retractedAt: nullable('date-time'),
  retractedBy: nullable(),
  series: Type.Integer({ description: 'that say the same' }),
});

const some = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  after: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0, description: 'so many of the newest left out' }),
});
const answerId = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{32}$' }) });

export const normaliseSeriesRoutes: ApiRoute[] = [
  {
    method: 'POST',
    path: '/normalise/series-answers',
    summary: 'What a series shows, decided by a person: it holds for every series that says the same',
    action: 'administer',
    body: Answer,
    answer: Taken,
    studyUid: (body) => (body as Static<typeof Answer>).studyInstanceUid,
    handle: ({ context, principal, body }: ApiRequest<unknown, unknown, Static<typeof Answer>>) => {
      const { studyInstanceUid, seriesInstanceUid, ...decided } = body;
      return context.decideSeries(principal, { studyInstanceUid, seriesInstanceUid }, decided);
    },
  },
  {
    method: 'GET',
    path: '/normalise/series-answers',
    summary: 'What persons decided of series, newest first, those that were taken back among them',
    action: 'administer',
    query: some,
    answer: Type.Array(Kept),
    handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof some>, unknown>) =>
      keptSeriesAnswers(context.database, { tenant: principal.tenant, ...query }),
  },
  {
    method: 'DELETE',
    path: '/normalise/series-answers/{id}',
    summary: 'Takes an answer back: every series that says the same is read again as though nobody had been asked',
    action: 'administer',
    params: answerId,
    async handle({
      context,
      principal: { tenant, id: retractedBy },
      params,
    }: ApiRequest<Static<typeof answerId>, unknown, unknown>) {
      if (!(await retractSeriesAnswer(context.database, { tenant, id: params.id, retractedBy })))
        throw new Problem('catalogue/not-found', { what: 'answer' });
    },
  },
];
