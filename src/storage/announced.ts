// What was said would come of a study (migrations/0021-orders.sql), as completeness takes it: kept whether anything of it is
// here or not, and told in the feed where something is, so that whoever waits for the whole looks again.

import { sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

interface Listed {
  seriesInstanceUid: string;
  sopInstanceUids: readonly string[];
}

/** ArrivalEvent of routing/completeness/study-arrival.ts, without instances. */
export type SaidOfStudy =
  | { kind: 'expected'; at: Date; instances: number; seriesInstanceUid?: string; final: boolean }
  | {
      kind: 'step';
      at: Date;
      stepUid: string;
      status: 'IN PROGRESS' | 'COMPLETED' | 'DISCONTINUED';
      performed: readonly Listed[];
    }
  | { kind: 'available'; at: Date; instances: readonly Listed[] };

interface Row {
  kind: SaidOfStudy['kind'];
  key: string;
  // biome-ignore lint/suspicious/noExplicitAny: by kind, as orders/announcements.ts wrote it.
  detail: any;
  at: Date;
}

/** In the order in which it was said. */
export async function announcedOf(database: Database, tenant: number, studyUid: string): Promise<SaidOfStudy[]> {
  const rows = await database.query<Row & Record<string, unknown>>(
    'select kind, key, detail, at from announcement where tenant = $1 and study_uid = $2 order by at',
    [tenant, studyUid],
  );
  return rows.map(({ kind, key, detail, at }): SaidOfStudy => {
    if (kind === 'step') return { kind, at, stepUid: key, ...detail };
    if (kind === 'expected') return { kind, at, ...detail, ...(key !== '' && { seriesInstanceUid: key }) };
    return { kind, at, ...detail };
  });
}

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

/** How many instances a study will have, or a series of it. `final`: it will not grow. */
export function announceExpected(
  database: Database,
  tenant: number,
  said: { studyInstanceUid: string; seriesInstanceUid?: string; instances: number; final: boolean },
): Promise<void> {
  const { studyInstanceUid: studyUid, seriesInstanceUid: key = '', instances, final } = said;
  return database.kysely
    .transaction()
    .execute((transaction) =>
      announce(transaction, { tenant, studyUid, kind: 'expected', key, detail: { instances, final } }),
    );
}
