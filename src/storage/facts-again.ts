// Studies whose facts are to be found again (migrations/0026-procedure-models.sql).

import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

export interface AskedAgain extends Record<string, unknown> {
  tenant: number;
  study: string;
  /** As it was when it was read: what is asked once more meanwhile stays. */
  askedAt: string;
}

/** The newest studies first. */
export function askedAgain(database: Database, limit: number): Promise<AskedAgain[]> {
  return database.query<AskedAgain>(
    `select tenant, study, asked_at::text as "askedAt" from facts_again order by study desc limit $1`,
    [limit],
  );
}

export async function foundAgain(transaction: Kysely<Tables>, asked: readonly AskedAgain[]): Promise<void> {
  await sql`
    delete from facts_again again using jsonb_array_elements(${JSON.stringify(asked)}::jsonb) as done
    where again.tenant = (done->>'tenant')::smallint and again.study = (done->>'study')::bigint
      and again.asked_at = (done->>'askedAt')::timestamptz`.execute(transaction);
}

/** Of a tenant, the newest `limit` studies of whose procedure nobody is sure. */
export async function askDoubtfulAgain(database: Database, tenant: number, limit: number): Promise<void> {
  await database.query(
    `insert into facts_again (tenant, study)
     select distinct tenant, study from fact
     where tenant = $1 and kind = 'procedure' and confidence < 0.95::real order by study desc limit $2
     on conflict (tenant, study) do update set asked_at = clock_timestamp()`,
    [tenant, limit],
  );
}

/** Of a tenant, the newest `limit` studies. */
export async function askNewestAgain(database: Database, tenant: number, limit: number): Promise<void> {
  await database.query(
    `insert into facts_again (tenant, study)
     select tenant, id from study where tenant = $1 and hidden_at is null order by id desc limit $2
     on conflict (tenant, study) do update set asked_at = clock_timestamp()`,
    [tenant, limit],
  );
}
