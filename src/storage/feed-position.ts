// How far a reader of the change feed has come. What it writes and its new position are one transaction, so a crash loses
// and doubles nothing; it is opened when everything is thought out, because the feed ends below the oldest that runs.

import { sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** The readers, each with a table of one row. */
export type FeedReader =
  | 'routing_cursor'
  | 'fact_cursor'
  | 'document_cursor'
  | 'manifest_cursor'
  | 'subscription_cursor'
  | 'subscription_identity_cursor'
  | 'report_cursor'
  | 'reading_after_cursor'
  | 'reading_intake_cursor'
  | 'reading_return_cursor'
  | 'reading_homecoming_cursor'
  | 'reading_projection_cursor';

/** The cursor of the last event that was dealt with; undefined where none was. */
export async function feedPosition(database: Database, reader: FeedReader): Promise<string | undefined> {
  const [row] = await database.query<{ cursor: string | null }>(`select cursor from ${reader}`);
  return row!.cursor ?? undefined;
}

/**
 * Does `write` and goes from one position to the next. False, and nothing is written, where another node has gone there
 * meanwhile.
 */
export function advance(
  database: Database,
  reader: FeedReader,
  { from, to }: { from: string | undefined; to: string },
  write: (transaction: Transaction<Tables>) => Promise<void>,
): Promise<boolean> {
  return database.kysely.transaction().execute(async (transaction) => {
    const { rows } = await sql`update ${sql.table(reader)} set cursor = ${to}
      where cursor is not distinct from ${from ?? null}::text returning 1 as one`.execute(transaction);
    if (rows.length === 0) return false;
    await write(transaction);
    return true;
  });
}
