// /normalise/review: what normalisation found and is not sure enough of, for a person to look at.

import { type Static, Type } from '@sinclair/typebox';
import { doubtfulFacts } from '../storage/facts.ts';
import { page } from './page.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const Doubtful = Type.Object({
  id: Type.String({ description: 'of the study; `before` for the next page' }),
  studyInstanceUid: Type.String(),
  seriesInstanceUid: Type.Union([Type.String(), Type.Null()], { description: 'null: what was done in the study' }),
  description: Type.Union([Type.String(), Type.Null()], { description: 'as sent' }),
  confidence: Type.Number({ description: 'how often such a reading is right, 0 to 1' }),
  reason: Type.String(),
  facts: Type.Array(Type.Object({ attribute: Type.String(), value: Type.Unknown() })),
});

export const reviewRoute: ApiRoute = {
  method: 'GET',
  path: '/normalise/review',
  summary:
    'Procedures and series of which it is not sure what they show, of the newest studies; `limit` counts studies',
  action: 'administer',
  query: page,
  answer: Type.Array(Doubtful),
  handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof page>, unknown>) =>
    doubtfulFacts(context.database, { tenant: principal.tenant, limit: query.limit, before: query.before }),
};
