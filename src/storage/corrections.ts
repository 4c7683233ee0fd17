// Copies that were delivered under a patient who turned out to be another (migrations/0017-campaign.sql): which they are,
// and the consignment that takes the place of one that was wrong. Their notes are in correction-notes.ts.

import { sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import { DELIVERY_CHANNEL } from './ledger.ts';
import type { Tables } from './tables.ts';

/** What was sent of a study to a destination in one form. */
export interface SentConsignment {
  id: string;
  tenant: number;
  study: string;
  destination: number;
  form: string;
  /** Under whom its objects went. */
  patients: string[];
}

const SENT = `select id, tenant, study, destination, form, patients from consignment
  where successor is null and patients <> '{}' and`;

/** Consignments of these studies, and those whose objects went under one of `patients`, whatever study they are of. */
export function sentConsignments(
  database: Database,
  tenant: number,
  studies: readonly string[],
  patients: readonly string[],
): Promise<SentConsignment[]> {
  return database.query<SentConsignment & Record<string, unknown>>(
    `${SENT} study = any($2::bigint[]) and tenant = $1 union
     ${SENT} patients <> '{""}' and patients && $3::text[] and tenant = $1`,
    [tenant, studies, patients],
  );
}

/** How far the identity log was read. */
export async function correctionPosition(database: Database): Promise<string> {
  const [row] = await database.query<{ position: string }>('select position from correction_cursor');
  return row!.position;
}

/**
 * Where nothing was sent to anybody yet, what is logged until now says nothing of copies; and only there, whatever a node has
 * heard of destinations. Resolves to whether it is so.
 */
export async function passOver(database: Database): Promise<boolean> {
  const [row] = await database.query<{ sent: boolean }>(
    `with sent as (select exists (select from consignment) as sent), passed as (
       update correction_cursor set position = last.position from sent, (
         select xid::text || '.' || id as position from identity_event where xid < pg_snapshot_xmin(pg_current_snapshot())
         order by identity_event.xid desc, id desc limit 1) last
       where correction_cursor.position <> last.position and not sent.sent)
     select sent from sent`,
  );
  return !row!.sent;
}

/**
 * Nothing more of these is sent until it is known whose they are; and the log was read up to `to`. Nothing is done where another
 * node was faster to read on from `from`.
 */
export async function doubt(
  database: Database,
  consignments: readonly string[],
  { from, to }: { from: string; to: string },
): Promise<void> {
  await database.query(
    `with reached as (update correction_cursor set position = $3 where position = $2 returning 1)
     update consignment set barred = 'doubted' from reached where id = any($1::bigint[]) and successor is null`,
    [consignments, from, to],
  );
}

export interface Judgement {
  /** Under whom its objects should be; undefined: they are as they should be. */
  patient?: string;
  /** Of the rejection note that its receiver is sent; absent: its receiver is sent nothing. */
  note?: { uid: string; code: string };
}

/** The first that is doubted and that no line holds. */
export async function nextDoubted(database: Database): Promise<SentConsignment | undefined> {
  const [row] = await database.query<SentConsignment & Record<string, unknown>>(
    `select id, tenant, study, destination, form, patients from consignment
     where barred = 'doubted' and held_until <= now() order by id limit 1`,
  );
  return row;
}

/** Where it is as it was when it was judged; else it is judged again. */
export async function settleDoubted(
  database: Database,
  consignment: SentConsignment,
  { patient, note }: Judgement,
): Promise<void> {
  await database.kysely.transaction().execute(async (transaction) => {
    const { rows } = await sql`select from consignment where id = ${consignment.id} and barred = 'doubted'
      and held_until <= now() and patients = ${consignment.patients}::text[] for update`.execute(transaction);
    if (rows.length === 0) return;
    if (patient !== undefined) await correct(transaction, consignment, patient, note);
    await sql`update consignment set barred = null where id = ${consignment.id}`.execute(transaction);
    await sql`select pg_notify(${DELIVERY_CHANNEL}, '')`.execute(transaction);
  });
}

async function correct(
  transaction: Transaction<Tables>,
  { id, patients }: SentConsignment,
  patient: string,
  note: Judgement['note'],
): Promise<void> {
  const { rows: sent } = await sql`select from delivery
    where consignment = ${id} and state in ('queued', 'accepted', 'verified', 'committed') limit 1`.execute(
    transaction,
  );
  if (sent.length === 0) {
    // Nobody took any of it.
    await sql`update consignment set patients = '{}' where id = ${id}`.execute(transaction);
    return;
  }
  if (note === undefined) {
    await sql`insert into correction (tenant, study, destination, consignment, was_patients, patient, note_uid, code, state)
      select tenant, study, destination, id, ${patients}::text[], ${patient}, '', '', 'told' from consignment
      where id = ${id}`.execute(transaction);
    // Told once; when it changes again it is told again.
    await sql`update consignment set patients = array[${patient}::text] where id = ${id}`.execute(transaction);
    return;
  }
  const { rows } = await sql<{ successor: string }>`
    insert into consignment (tenant, study, destination, form, rule_set, rules, series, priority, deadline, warn_at, watch_at,
      ready_at, fallback, fallback_after, bandwidth, generation, barred)
    select tenant, study, destination, form, rule_set, rules, series, priority, deadline, warn_at, watch_at, ready_at, fallback,
      fallback_after, bandwidth, generation + 1, 'note' from consignment where id = ${id} returning id as successor`.execute(
    transaction,
  );
  const { successor } = rows[0]!;
  // What waited may have been on the wire when a node was killed: the receiver is told of it, too.
  await sql`
    with moved as (
      update delivery set state = 'corrected', settled_at = now()
      where consignment = ${id} and state in ('queued', 'accepted', 'verified', 'committed') returning instance)
    insert into delivery (consignment, instance) select ${successor}::bigint, instance from moved`.execute(transaction);
  await sql`insert into consignment_wait
    select ${successor}::bigint, series_uid, until from consignment_wait where consignment = ${id}`.execute(
    transaction,
  );
  await sql`update consignment set successor = ${successor}, is_open = false, verify_at = null, fallback_at = null
    where id = ${id}`.execute(transaction);
  await sql`
    insert into correction (tenant, study, destination, consignment, successor, was_patients, patient, note_uid, code)
    select tenant, study, destination, id, ${successor}::bigint, ${patients}::text[], ${patient}, ${note.uid}, ${note.code}
    from consignment where id = ${id}`.execute(transaction);
}

/** Under whom objects of a consignment go from now on, before the first of them does. */
export async function noteSentUnder(database: Database, consignment: string, patient: string): Promise<void> {
  await database.query(
    `update consignment set patients = array_append(patients, $2) where id = $1 and not $2 = any(patients)`,
    [consignment, patient],
  );
}
