// What performed steps say, on its way to other systems (migrations/0022-orders.sql): kept with the step, taken in order by
// one sender at a time, gone when it was taken. How it is sent is in server/orders/.

import { sql, type Transaction } from 'kysely';
import type { DataSet } from '../dicom/dataset.ts';
import { fromJson, jsonText } from '../dicom/json.ts';
import type { Database } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';

export const limits = {
  /** Then nobody tries any more, and it stays to be seen. */
  attempts: 500,
  /** Pause after a failure, doubled up to the longest. */
  firstPauseMs: 1_000,
  longestPauseMs: 600_000,
} as const;

/** Channel of notices.ts: something is to be sent. */
export const STEP_CHANNEL = 'step';

export interface StepMessage {
  id: string;
  tenant: number;
  destination: string;
  sopInstanceUid: string;
  operation: 'N-CREATE' | 'N-SET';
  attributes: DataSet;
}

/** What became of an attempt. `later`: the peer cannot take it now; `never`: it will not have it. */
export type Outcome = 'taken' | 'later' | 'never';

export async function enqueue(
  transaction: Transaction<Tables>,
  {
    destinations,
    tenant,
    sopInstanceUid,
    operation,
    attributes,
  }: Omit<StepMessage, 'id' | 'destination'> & { destinations: readonly string[] },
): Promise<void> {
  if (destinations.length === 0) return;
  await sql`
    insert into step_message (tenant, destination, sop_uid, operation, attributes)
    select ${tenant}, d, ${sopInstanceUid}, ${operation}, ${jsonText(attributes)}
    from unnest(${[...destinations]}::text[]) as d`.execute(transaction);
  await sql`select pg_notify(${STEP_CHANNEL}, '')`.execute(transaction);
}

interface Row {
  id: string;
  tenant: number;
  destination: string;
  sop_uid: string;
  operation: 'N-CREATE' | 'N-SET';
  attributes: string;
  attempts: number;
}

/**
 * Has `send` do the oldest of one destination that is due, while nobody else does, and settles it. Resolves to whether there
 * was any. The others of its destination wait behind it, so that no N-SET comes before its N-CREATE.
 */
export function sendNext(database: Database, send: (message: StepMessage) => Promise<Outcome>): Promise<boolean> {
  return database.kysely.transaction().execute(async (transaction) => {
    const { rows } = await sql<Row>`
      select m.id, m.tenant, m.destination, m.sop_uid, m.operation, m.attributes, m.attempts
      from (select distinct on (tenant, destination) id, retry_at from step_message where problem is null
            order by tenant, destination, id) first
        join step_message m on m.id = first.id
      where m.retry_at <= now() order by m.retry_at, m.id limit 1
      for update of m skip locked`.execute(transaction);
    const [row] = rows;
    if (row === undefined) return false;
    const { id, tenant, destination, operation } = row;
    const attributes = fromJson(JSON.parse(row.attributes));
    const outcome = await send({ id, tenant, destination, operation, sopInstanceUid: row.sop_uid, attributes });
    await settle(transaction, row, outcome);
    return true;
  });
}

async function settle(transaction: Transaction<Tables>, { id, attempts }: Row, outcome: Outcome): Promise<void> {
  if (outcome === 'taken') {
    await sql`delete from step_message where id = ${id}`.execute(transaction);
    return;
  }
  const isOver = outcome === 'never' || attempts + 1 >= limits.attempts;
  const pauseMs = Math.min(limits.firstPauseMs * 2 ** attempts, limits.longestPauseMs);
  await sql`
    update step_message set attempts = attempts + 1, retry_at = now() + make_interval(secs => ${pauseMs / 1000}),
      problem = ${isOver ? 'delivery/refused' : null} where id = ${id}`.execute(transaction);
}

/** In milliseconds from now: when the next is due; undefined where none waits. */
export async function nextDueMs(database: Database): Promise<number | undefined> {
  const [row] = await database.query<{ due: string | null }>(
    `select extract(epoch from min(retry_at) - now()) * 1000 as due from step_message where problem is null`,
  );
  return row?.due === null || row === undefined ? undefined : Math.max(0, Number(row.due));
}
