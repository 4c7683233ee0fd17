// Transactions of storage commitment: remembered before their request is answered, with their result until the requestor
// has taken it, and by their UID for a while after. PS3.4 J.3.

import type { Database } from './database.ts';

export const limits = {
  /** How long a Transaction UID that is over is remembered, so that it is not answered a second time. */
  rememberedDays: 90,
  /** Results read at once. */
  waiting: 1_000,
} as const;

const DAY_MS = 86_400_000;

export interface Transaction {
  tenant: number;
  /** AE title. */
  requestor: string;
  transactionUid: string;
}

export interface TransactionResult extends Transaction {
  references: { sopClassUid: string; sopInstanceUid: string }[];
  /** For each reference, in order: undefined = committed, else a failure reason of PS3.3 C.14.1.1. */
  failures: (number | undefined)[];
}

/** Resolves, once that is durable, to whether the transaction is new; where it is not, nothing is changed. */
export async function rememberTransaction(
  database: Database,
  node: string,
  result: TransactionResult,
): Promise<boolean> {
  const { tenant, requestor, transactionUid, references, failures } = result;
  const rows = await database.query(
    `insert into commitment (tenant, requestor, transaction_uid, node, sop_classes, sop_uids, failures)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning node`,
    [
      tenant,
      requestor,
      transactionUid,
      node,
      references.map(({ sopClassUid }) => sopClassUid),
      references.map(({ sopInstanceUid }) => sopInstanceUid),
      failures.map((reason) => reason ?? null),
    ],
  );
  return rows.length > 0;
}

/** The requestor has its result, or will not get it. */
export async function endTransaction(
  database: Database,
  { tenant, requestor, transactionUid }: Transaction,
  outcome: 'reported' | 'given up',
): Promise<void> {
  await database.query(
    `update commitment set state = $4, sop_classes = null, sop_uids = null, failures = null
     where tenant = $1 and requestor = $2 and transaction_uid = $3`,
    [tenant, requestor, transactionUid, outcome],
  );
}

/** What `node` has not reported yet, oldest first. */
export async function waitingResults(database: Database, node: string): Promise<TransactionResult[]> {
  const rows = await database.query<{
    tenant: number;
    requestor: string;
    transaction_uid: string;
    sop_classes: string[];
    sop_uids: string[];
    failures: (number | null)[];
  }>(
    `select tenant, requestor, transaction_uid, sop_classes, sop_uids, failures from commitment
     where node = $1 and state = 'waiting' order by requested_at limit $2`,
    [node, limits.waiting],
  );
  return rows.map((row) => ({
    tenant: row.tenant,
    requestor: row.requestor,
    transactionUid: row.transaction_uid,
    references: row.sop_uids.map((sopInstanceUid, i) => ({ sopClassUid: row.sop_classes[i]!, sopInstanceUid })),
    failures: row.failures.map((reason) => reason ?? undefined),
  }));
}

/** Forgets, at `now` (milliseconds since 1970), what is over since long. */
export async function forgetCommitments(database: Database, now: number): Promise<void> {
  const before = new Date(now - limits.rememberedDays * DAY_MS);
  await database.query("delete from commitment where state <> 'waiting' and requested_at < $1", [before]);
}
