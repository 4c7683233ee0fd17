// Storage commitment of what was delivered (migrations/0016-lines.sql): requests of which nothing was heard yet, and what the
// ledger makes of a result, to whichever node it comes. PS3.4 J.3.

import type { Database } from './database.ts';
import { DELIVERY_CHANNEL } from './ledger.ts';

/** Remembered before it is sent: the result may be faster than the answer to the request. */
export async function rememberRequest(
  database: Database,
  transactionUid: string,
  consignment: string,
  instances: readonly string[],
): Promise<void> {
  await database.query('insert into commitment_request (transaction_uid, consignment, instances) values ($1, $2, $3)', [
    transactionUid,
    consignment,
    instances,
  ]);
}

/** It was not taken. */
export async function forgetRequest(database: Database, transactionUid: string): Promise<void> {
  await database.query('delete from commitment_request where transaction_uid = $1', [transactionUid]);
}

export interface CommitmentSaid {
  transactionUid: string;
  /** SOP Instance UIDs. */
  committed: readonly string[];
  failed: readonly { sopInstanceUid: string; reason: number }[];
}

/**
 * What is committed is proven; what is not is sent again after a pause, and after `attempts` tries left to a person. Resolves
 * to whether anybody had asked: a result that comes twice, or to somebody else's request, changes nothing.
 */
export async function settleCommitment(
  database: Database,
  tenant: number,
  { transactionUid, committed, failed }: CommitmentSaid,
  attempts: number,
): Promise<boolean> {
  const [row] = await database.query<{ asked: boolean }>(
    `with request as (
       delete from commitment_request r using consignment c
       where r.transaction_uid = $1 and c.id = r.consignment and c.tenant = $2 returning r.*
     ), meant as (
       select d.consignment, d.instance, coalesce(d.sent_as[3], i.sop_uid) as sop_uid from request join delivery d on d.consignment = request.consignment
         and d.instance = any(request.instances) join instance i on i.id = d.instance
     ), kept as (
       update delivery d set state = 'committed', proof = 'transaction ' || $1, problem = null from meant
       where d.consignment = meant.consignment and d.instance = meant.instance and meant.sop_uid = any($3::text[])
         and d.state in ('accepted', 'verified') returning d.instance
     ), again as (
       update delivery d set state = case when d.attempts >= $6 then 'failed' else 'queued' end,
         problem = 'delivery/not-committed', status = said.reason, settled_at = case when d.attempts >= $6 then now() end
       from meant join unnest($4::text[], $5::integer[]) as said (sop_uid, reason) on said.sop_uid = meant.sop_uid
       where d.consignment = meant.consignment and d.instance = meant.instance and d.state = 'accepted'
       returning d.instance, d.state, d.attempts
     ), sent_again as (select * from again where state = 'queued'
     ), opened as (
       update consignment c set
         is_open = c.is_open or exists (select from sent_again),
         round = c.round + (select count(*) from sent_again)::integer,
         retry_at = case when exists (select from sent_again)
           then now() + make_interval(secs => (select least(2 ^ max(attempts), 600) from sent_again)) else c.retry_at end,
         verify_tries = case when exists (select from sent_again) then 0 else c.verify_tries end,
         verify_at = case when exists (
           select from delivery d where d.consignment = c.id and d.state = 'accepted'
             and d.instance not in (select instance from kept union all select instance from again)) then c.verify_at end
       from request where c.id = request.consignment returning 1)
     select exists (select from request) as asked, pg_notify($7, ''), (select count(*) from opened)`,
    [
      transactionUid,
      tenant,
      committed,
      failed.map(({ sopInstanceUid }) => sopInstanceUid),
      failed.map(({ reason }) => reason),
      attempts,
      DELIVERY_CHANNEL,
    ],
  );
  return row!.asked;
}
