// /deliveries/deadlines: what will not arrive, or did not arrive, by when its rule wants it.

import { type Static, Type } from '@sinclair/typebox';
import { Problem } from '../base/problem.ts';
import { acknowledgeAlarm, deadlineAlarms } from '../storage/deadlines.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const Query = Type.Object({
  open: Type.Boolean({ default: true, description: 'only what has not arrived and nobody has acknowledged' }),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
});

const text = Type.String();
const integer = Type.Integer();
const Alarm = Type.Object({
  id: text,
  state: Type.String({
    description: 'at-risk: the moment of `warn` has passed; missed: the deadline; met: all of it has arrived since',
  }),
  deadline: Type.String({ format: 'date-time' }),
  rules: Type.Array(text),
  destination: Type.Union([text, Type.Null()], { description: 'null of priors, which should be here' }),
  studyInstanceUid: Type.Union([text, Type.Null()], { description: 'null of priors that an order wants' }),
  outstanding: Type.Union([integer, Type.Null()], { description: 'objects that did not arrive' }),
  raisedAt: text,
  missedAt: Type.Union([text, Type.Null()]),
  acknowledgedBy: Type.Union([text, Type.Null()]),
});

export const deadlineRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/deliveries/deadlines',
    summary: 'Deadlines that are at risk or missed, the earliest first',
    action: 'administer',
    query: Query,
    answer: Type.Array(Alarm),
    handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof Query>, unknown>) =>
      deadlineAlarms(context.database, principal.tenant, { isOpen: query.open, limit: query.limit }),
  },
  {
    method: 'POST',
    path: '/deliveries/deadlines/{id}/acknowledge',
    summary: 'Somebody has seen it: it is shown no longer, unless what is at risk is missed',
    action: 'administer',
    params: Type.Object({ id: Type.String({ pattern: '^[0-9]{1,18}$' }) }),
    answer: Type.Object({ acknowledged: Type.Boolean() }),
    async handle({ context, principal, params }: ApiRequest<{ id: string }, unknown, unknown>) {
      if (!(await acknowledgeAlarm(context.database, principal.tenant, params.id, principal.id)))
        throw new Problem('catalogue/not-found', { what: 'deadline' });
      return { acknowledged: true };
    },
  },
];
