// What somebody said would come of a study (migrations/0022-orders.sql): kept whether anything of it is here or not, and told
// in the feed where something is, so that whoever waits for the whole looks again.

import { sql, type Transaction } from 'kysely';
import type { Listed } from '../routing/completeness/study-arrival.ts';
import type { Tables } from '../storage/tables.ts';

export type Announced =
  | { kind: 'step'; key: string; detail: { status: string; performed: readonly Listed[] } }
  | { kind: 'available'; key: string; detail: { instances: readonly Listed[] } }
  | { kind: 'expected'; key: string; detail: { instances: number; final: boolean } };

/** The latest word of the same kind and key holds. */
export async function announce(
  transaction: Transaction<Tables>,
  { tenant, studyUid, kind, key, detail }: Announced & { tenant: number; studyUid: string },
): Promise<void> {
  await sql`
    insert into announcement (tenant, study_uid, kind, key, detail)
    values (${tenant}, ${studyUid}, ${kind}, ${key}, ${JSON.stringify(detail)}::jsonb)
    on conflict (tenant, study_uid, kind, key) do update set detail = excluded.detail, at = now()`.execute(transaction);
  await sql`
    insert into event (tenant, kind, study, detail)
    select tenant, 'study-announced', id, ${JSON.stringify({ by: kind })}::json from study
    where tenant = ${tenant} and study_uid = ${studyUid}`.execute(transaction);
}
