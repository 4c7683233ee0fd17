// What performed steps say, on its way to other systems (migrations/0021-orders.sql): kept with the step, taken in order by
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
  /** Longer than an association and its answer may take: then somebody else may send it. */
  leaseSeconds: 300,
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
  /** This one included. */
  attempts: number;
}

/** The oldest of each destination: the others wait behind it, so that no N-SET comes before its N-CREATE. */
const FIRST = `select distinct on (tenant, destination) id, retry_at from step_message where problem is null
  order by tenant, destination, id`;

/**
 * Has `send` do the oldest of one destination that is due, while nobody else does, and settles it. Resolves to whether there
 * was any. No transaction is open while it sends, which would hold back the feed for everybody.
 */
export async function sendNext(database: Database, send: (message: StepMessage) => Promise<Outcome>): Promise<boolean> {
  const row = await take(database);
  if (row === undefined) return false;
  const { id, tenant, destination, operation } = row;
  const attributes = fromJson(JSON.parse(row.attributes));
  await settle(
    database,
    row,
    await send({ id, tenant, destination, operation, sopInstanceUid: row.sop_uid, attributes }),
  );
  return true;
}

/** Whoever takes a message has it for the time of the lease: whoever asks at the same moment waits, and finds it taken. */
async function take(database: Database): Promise<Row | undefined> {
  const [row] = await database.query<Row>(
    `update step_message set attempts = attempts + 1, retry_at = clock_timestamp() + make_interval(secs => $1)
     where id = (select id from (${FIRST}) first where retry_at <= now() order by retry_at, id limit 1)
       and retry_at <= now() and problem is null
     returning id, tenant, destination, sop_uid, operation, attributes, attempts`,
    [limits.leaseSeconds],
  );
  return row;
}

/** What somebody else took since, because the lease was over, is theirs; but what was taken was taken. */
async function settle(database: Database, { id, attempts }: Row, outcome: Outcome): Promise<void> {
  if (outcome === 'taken') {
    await database.query('delete from step_message where id = $1', [id]);
    return;
  }
  const isOver = outcome === 'never' || attempts >= limits.attempts;
  const pauseMs = Math.min(limits.firstPauseMs * 2 ** (attempts - 1), limits.longestPauseMs);
  await database.query(
    `update step_message set retry_at = now() + make_interval(secs => $3), problem = $4 where id = $1 and attempts = $2`,
    [id, attempts, pauseMs / 1000, isOver ? 'delivery/refused' : null],
  );
}

/** In milliseconds from now: when the next is due; undefined where none waits. */
export async function nextDueMs(database: Database): Promise<number | undefined> {
  const [row] = await database.query<{ due: string | null }>(
    `select extract(epoch from min(retry_at) - now()) * 1000 as due from (${FIRST}) first`,
  );
  return row?.due === null || row === undefined ? undefined : Math.max(0, Number(row.due));
}
