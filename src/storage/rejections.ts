// What rejection notes list (migrations/0012-delivery.sql): hidden whether it came before the note or comes after it, and the
// note sent to whoever was sent a copy. What comes with a batch is hidden by keep-batch.ts.

import { sql } from 'kysely';
import type { Database } from './database.ts';
import { EVENT_CHANNEL } from './events.ts';
import { DELIVERY_CHANNEL } from './ledger.ts';

export interface KeptNote {
  tenant: number;
  /** Row of the note. */
  instanceId: string;
  /** Of its title, in DCM. */
  code: string;
  reason: string;
  /** SOP Instance UIDs. */
  listed: readonly string[];
  followsCopies: boolean;
}

/** In the place of a note's row until it has one. */
const FORETOLD = 0;

/**
 * That this instance, which is about to be kept, is a note: it is hidden from its first moment, and no rule ever sees it
 * beside the images that it rejects. Of a note that is not kept after all its own UID stays listed, and nothing else.
 */
export async function foretellNote(
  database: Database,
  { tenant, sopInstanceUid, code, reason }: { tenant: number; sopInstanceUid: string; code: string; reason: string },
): Promise<void> {
  await database.query(
    `insert into rejection (tenant, sop_uid, note, code, reason, follows_copies) values ($1, $2, ${FORETOLD}, $3, $4, false)
     on conflict do nothing`,
    [tenant, sopInstanceUid, code, reason],
  );
}

/** Hides what the note lists, and the note; the same note again changes nothing. */
export async function rejectListed(database: Database, note: KeptNote): Promise<void> {
  const { tenant, instanceId, code, reason, listed, followsCopies } = note;
  // A transaction of its own, which ends before any study is touched: who waits here holds none, so nobody waits in a circle.
  await database.kysely.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtext('rejection'))`.execute(transaction);
    await sql`
      insert into rejection (tenant, sop_uid, note, code, reason, follows_copies)
      select ${tenant}::smallint, uid, ${instanceId}::bigint, ${code}, ${reason}, ${followsCopies} from (
        select unnest(${[...listed]}::text[]) union select sop_uid from instance where id = ${instanceId}) as t (uid)
      on conflict do nothing`.execute(transaction);
    await sql`
      delete from rejection r using instance i where i.id = ${instanceId} and r.tenant = i.tenant and r.sop_uid = i.sop_uid
        and r.note = ${FORETOLD}`.execute(transaction);
  });
  const rows = await database.query<{ id: string }>(
    `select i.id from instance i join rejection r on r.tenant = i.tenant and r.sop_uid = i.sop_uid
     where r.note = $1 and i.hidden_at is null`,
    [instanceId],
  );
  await hideListed(
    database,
    rows.map(({ id }) => id),
  );
  if (followsCopies) await followCopies(database, instanceId);
}

/** Hides those of `instances`, by row, that a note lists. */
export async function hideListed(database: Database, instances: readonly string[]): Promise<void> {
  if (instances.length === 0) return;
  await database.query('select hide_rejected($1::bigint[])', [instances]);
  await database.query('select pg_notify($1, $2)', [EVENT_CHANNEL, '']);
  database.notices.tell(EVENT_CHANNEL);
}

/** Whether a note lists this instance. */
export async function isListed(database: Database, instance: string): Promise<boolean> {
  const rows = await database.query(
    `select from rejection r join instance i on r.tenant = i.tenant and r.sop_uid = i.sop_uid where i.id = $1 limit 1`,
    [instance],
  );
  return rows.length > 0;
}

/** Of an instance that was stored once more: notes with these codes hold for it no longer. */
export async function showAgain(database: Database, instance: string, codes: readonly string[]): Promise<void> {
  await database.kysely.transaction().execute(async (transaction) => {
    await sql`select lock_counts(array[${instance}::bigint])`.execute(transaction);
    const { rows: studies } = await sql<{ study: string; series: string[] }>`
      with lifted as (
        delete from rejection r using instance i where i.id = ${instance} and r.tenant = i.tenant
          and r.sop_uid = i.sop_uid and r.code = any(${[...codes]}::text[]) and r.note <> i.id
        returning r.tenant, r.sop_uid, r.reason
      ), shown as (
        update instance i set hidden_at = null, hidden_reason = null from lifted
        where i.tenant = lifted.tenant and i.sop_uid = lifted.sop_uid and i.hidden_reason = lifted.reason
          and i.purged_at is null and not exists (
            select from rejection r where r.tenant = i.tenant and r.sop_uid = i.sop_uid
              and r.code <> all(${[...codes]}::text[]))
        returning i.id, i.study, i.series, i.tenant
      ), told as (
        insert into event (tenant, kind, study, instances, detail)
        select tenant, 'unhidden', study, array_agg(id), '{"level": "instance", "reason": "stored again"}'
        from shown group by tenant, study)
      select study, array_agg(distinct series) as series from shown group by study`.execute(transaction);
    for (const { study, series } of studies) await sql`select recount_study(${study}, ${series})`.execute(transaction);
    if (studies.length > 0) await sql`select pg_notify(${EVENT_CHANNEL}, '')`.execute(transaction);
  });
  database.notices.tell(EVENT_CHANNEL);
}

/** Adds the note to every consignment with which something of what it lists was sent, or is just being sent. */
async function followCopies(database: Database, note: string): Promise<void> {
  await database.query(
    `with followed as (
       insert into delivery (consignment, instance)
       select distinct d.consignment, $1::bigint from rejection r
       join instance i on i.tenant = r.tenant and i.sop_uid = r.sop_uid and i.id <> $1
       join delivery d on d.instance = i.id
       where r.note = $1 and d.state in ('queued', 'accepted', 'verified', 'committed')
       on conflict (consignment, instance) do update set state = 'queued', settled_at = null
         where delivery.state = 'withdrawn'
       returning consignment
     ), opened as (
       update consignment set is_open = true, round = round + 1 where id in (select consignment from followed) returning 1)
     select count(*), pg_notify($2, '') from opened`,
    [note, DELIVERY_CHANNEL],
  );
}
