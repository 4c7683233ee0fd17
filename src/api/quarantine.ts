// /quarantine: what arrived and could not be kept as an instance. The list holds reasons; the bytes may hold a patient and
// need the right to administer.

import { type Static, Type } from '@sinclair/typebox';
import { Problem } from '../base/problem.ts';
import { page } from './page.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const Entry = Type.Object({
  id: Type.String(),
  door: Type.String(),
  source: Type.String(),
  problem: Type.String({ description: 'code of the problem' }),
  reason: Type.String(),
  sizeBytes: Type.Number(),
  at: Type.String({ format: 'date-time' }),
});

const id = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,18}$' }) });

export const quarantineRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/quarantine',
    summary: 'What could not be kept, newest first',
    action: 'administer',
    query: page,
    answer: Type.Array(Entry),
    handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof page>, unknown>) =>
      context.database.query(
        `select id, door, source, problem, reason, size_bytes::float8 as "sizeBytes", at from quarantine
         where tenant = $1 and ($2::bigint is null or id < $2) order by id desc limit $3`,
        [principal.tenant, query.before, query.limit],
      ),
  },
  {
    method: 'GET',
    path: '/quarantine/{id}',
    summary: 'The bytes as they arrived',
    action: 'administer',
    params: id,
    answer: Type.String(),
    mediaType: 'application/octet-stream',
    async handle({ context, principal, params }: ApiRequest<Static<typeof id>, unknown, unknown>) {
      const [row] = await context.database.query<{ object: string | null }>(
        'select object from quarantine where tenant = $1 and id = $2',
        [principal.tenant, params.id],
      );
      if (!row?.object) throw new Problem('catalogue/not-found', { what: 'quarantined object' });
      return context.openQuarantined(row.object);
    },
  },
];
