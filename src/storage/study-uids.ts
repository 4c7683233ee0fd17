// The Study Instance UIDs of rows of studies.

import type { Queries } from './transaction.ts';

/** By row, of those that are there. */
export async function studyUidsOf(
  queries: Queries,
  tenant: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await queries.query<{ id: string; uid: string }>(
    'select id, study_uid as uid from study where tenant = $1 and id = any($2::bigint[])',
    [tenant, ids],
  );
  return new Map(rows.map(({ id, uid }) => [id, uid]));
}
