// /events: the change feed of the catalogue, in the order in which changes became visible. No event comes twice to who
// hands back the cursor, and none is passed over.

import { type Static, Type } from '@sinclair/typebox';
import { readEvents } from '../storage/events.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const Query = Type.Object(
  {
    after: Type.Optional(
      Type.String({ pattern: '^[0-9]{1,20}\\.[0-9]{1,19}$', description: '`cursor` of the last event read' }),
    ),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  },
  { additionalProperties: false },
);

const Event = Type.Object({
  cursor: Type.String(),
  kind: Type.String({
    description: 'instances-kept, instance-conflict, study-patient-differs, hidden, resource-changed, …',
  }),
  studyId: Type.Optional(Type.String()),
  instanceIds: Type.Array(Type.String()),
  detail: Type.Unknown(),
  at: Type.String({ format: 'date-time' }),
});

export const eventsRoute: ApiRoute = {
  method: 'GET',
  path: '/events',
  summary: 'What happened in the catalogue, oldest first',
  action: 'administer',
  query: Query,
  answer: Type.Array(Event),
  async handle({ context, principal, query }: ApiRequest<unknown, Static<typeof Query>, unknown>) {
    const events = await readEvents(context.database, { ...query, tenant: principal.tenant });
    return events.map(({ cursor, kind, studyId, instanceIds, detail, at }) => ({
      cursor,
      kind,
      studyId,
      instanceIds,
      detail,
      at,
    }));
  },
};
