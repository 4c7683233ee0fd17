// /audit: who did what, newest first. Ids and raw queries; no names.

import { type Static, Type } from '@sinclair/typebox';
import { readAudit } from '../audit/read-audit.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const Time = Type.String({ format: 'date-time' });

const Query = Type.Object(
  {
    principal: Type.Optional(Type.String()),
    studyUid: Type.Optional(Type.String()),
    action: Type.Optional(Type.String()),
    since: Type.Optional(Time),
    until: Type.Optional(Time),
    afterAt: Type.Optional(
      Type.String({ format: 'date-time', description: '`at` of the last row of the page before' }),
    ),
    afterId: Type.Optional(Type.String({ pattern: '^[0-9]{1,18}$', description: '`id` of that row' })),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  },
  { additionalProperties: false },
);

const Row = Type.Object({
  id: Type.String(),
  at: Time,
  principal: Type.String(),
  door: Type.String(),
  action: Type.String(),
  outcome: Type.String({ description: '`success`, or the code of the problem' }),
  studyUid: Type.Optional(Type.String()),
  instanceCount: Type.Optional(Type.Integer()),
  query: Type.Optional(Type.String()),
  requestId: Type.Optional(Type.String()),
  remoteAddress: Type.Optional(Type.String()),
});

export const auditRoute: ApiRoute = {
  method: 'GET',
  path: '/audit',
  summary: 'Who did what, newest first',
  action: 'administer',
  query: Query,
  answer: Type.Array(Row),
  async handle({ context, principal, query }: ApiRequest<unknown, Static<typeof Query>, unknown>) {
    const { since, until, afterAt, afterId, ...rest } = query;
    const rows = await readAudit(context.database, principal.tenant, {
      ...rest,
      since: since === undefined ? undefined : new Date(since),
      until: until === undefined ? undefined : new Date(until),
      after: afterAt === undefined || afterId === undefined ? undefined : { at: new Date(afterAt), id: afterId },
    });
    return rows.map(({ tenant: _, ...row }) => row);
  },
};
