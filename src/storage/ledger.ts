// The ledger of deliveries (migrations/0012-delivery.sql): one row for each object and destination. What of one study goes to
// one destination in one form is a consignment, and one line at a time sends of it, so its order is kept.

import { sql, type Transaction } from 'kysely';
import type { KeptInstance } from './catalogue.ts';
import type { Database } from './database.ts';
import type { WatchedDeadline } from './deadlines.ts';
import type { Tables } from './tables.ts';

export const limits = {
  /** Objects that a line takes at once: what is more urgent waits for no more than these. */
  objects: 32,
  /** Objects that one message tells of. */
  told: 100_000,
  /** A line that sends settles what it took within this time, or another line may send it again. */
  holdSeconds: 300,
} as const;

/** Channel of notices.ts: something may be sent. */
export const DELIVERY_CHANNEL = 'delivery';

export interface NewConsignment {
  tenant: number;
  study: string;
  destination: number;
  form: string;
  ruleSet: number;
  rules: readonly string[];
  /** Series Instance UIDs. */
  series: readonly string[];
  priority: number;
  deadline?: WatchedDeadline;
  readyAt: Date;
  /** Who gets what `destination` has not taken so long after it was ready. */
  fallback?: { destination: number; afterMs: number };
  /** Windows of the week and their zone, as JSON. */
  bandwidth?: string;
  /** By Series Instance UID, where each series is sent when it is complete: when those that are not will be. */
  waits?: ReadonlyMap<string, Date>;
}

export interface Consignment {
  id: string;
  tenant: number;
  study: string;
  form: string;
  /** How often its copies were corrected before it. */
  generation: number;
  /** Under whom objects of it went. */
  patients: string[];
  priority: number;
  round: number;
  /** How much of the line it may take when, as delivery/pace.ts has it; null: the whole line. */
  bandwidth: unknown;
}

/** One object that waits for its delivery. */
export interface Waiting extends KeptInstance {
  attempts: number;
}

export interface Settled {
  instance: string;
  state: 'queued' | 'accepted' | 'verified' | 'failed' | 'withdrawn';
  /** What the receiver answered. */
  status?: number;
  /** What it gave to show that it has the object. */
  proof?: string;
  /** A code of base/problem.ts. */
  problem?: string;
  /** For people; never a value of the object. */
  reason?: string;
  /** The UIDs under which it was sent, where they are others. */
  sentAs?: Pick<KeptInstance, 'studyInstanceUid' | 'seriesInstanceUid' | 'sopInstanceUid'>;
}

/**
 * Adds to a consignment, or opens it: `instances`, and where a series was not part of it before, all that is kept of that
 * series. What was added before is not added again. Resolves to how many objects were queued.
 */
export async function consign(
  transaction: Transaction<Tables>,
  consignment: NewConsignment,
  instances: readonly string[],
): Promise<number> {
  const { tenant, study, destination, form, ruleSet, rules, series, priority, deadline, readyAt, waits } = consignment;
  const { fallback, bandwidth } = consignment;
  const fallbackAfter = fallback && fallback.afterMs / 1000;
  const waiting = [...(waits?.keys() ?? [])];
  const until = [...(waits?.values() ?? [])].map((moment) => moment.toISOString());
  const { rows } = await sql<{ count: number }>`
    with before as (
      select series, generation from consignment
      where study = ${study} and destination = ${destination} and form_key = md5(${form}) and successor is null
    ), held as (
      insert into consignment (tenant, study, destination, form, rule_set, rules, series, priority, deadline, warn_at,
        watch_at, ready_at, fallback, fallback_after, fallback_at, bandwidth, generation)
      values (${tenant}, ${study}, ${destination}, ${form}, ${ruleSet}, ${[...rules]}::text[], ${[...series]}::text[],
        ${priority}, ${deadline?.at ?? null}, ${deadline?.warnAt ?? null}, ${deadline?.warnAt ?? null}, ${readyAt},
        ${fallback?.destination ?? null},
        make_interval(secs => ${fallbackAfter ?? null}::float8),
        ${readyAt}::timestamptz + make_interval(secs => ${fallbackAfter ?? null}::float8), ${bandwidth ?? null}::jsonb,
        coalesce((select generation from before), 0))
      on conflict (study, destination, form_key, generation) do update set is_open = true, round = consignment.round + 1,
        rule_set = excluded.rule_set, rules = excluded.rules, series = excluded.series, priority = excluded.priority,
        deadline = excluded.deadline, warn_at = excluded.warn_at, watch_at = excluded.watch_at,
        is_due = consignment.is_due and excluded.warn_at <= now(), fallback = excluded.fallback, fallback_after = excluded.fallback_after,
        fallback_at = case
          when excluded.fallback is not null then least(consignment.fallback_at, excluded.fallback_at) end,
        bandwidth = excluded.bandwidth,
        ready_at = case
          -- Of a series that is complete something may wait already.
          when ${waits !== undefined} and consignment.is_open then least(consignment.ready_at, excluded.ready_at)
          else excluded.ready_at end
      returning id
    ), no_longer as (
      delete from consignment_wait w using held where w.consignment = held.id and w.series_uid <> all(${waiting}::text[])
    ), waits as (
      insert into consignment_wait
      select held.id, w.* from held, unnest(${waiting}::text[], ${until}::timestamptz[]) as w
      on conflict (consignment, series_uid) do update set until = excluded.until
    ), added as (
      insert into delivery (consignment, instance)
      select held.id, i.id from held, series r join instance i on i.series = r.id
      where r.study = ${study} and r.series_uid = any(${[...series]}::text[]) and r.hidden_at is null
        and i.served and i.hidden_at is null
        and (i.id = any(${[...instances]}::bigint[]) or not exists (select from before where r.series_uid = any(before.series)))
      on conflict do nothing returning 1
    )
    select count(*)::integer as count from added`.execute(transaction);
  return rows[0]!.count;
}

/** What is about to miss its deadline goes beside STAT. */
const URGENCY = '(case when is_due then 0::smallint else priority end)';

/** The most urgent that may be sent to `destination` now, held by `holder` from now on; undefined where there is none. */
export async function takeConsignment(
  database: Database,
  destination: number,
  holder: string,
): Promise<Consignment | undefined> {
  const [taken] = await database.query<Consignment & Record<string, unknown>>(
    `update consignment set holder = $2, held_until = now() + make_interval(secs => $3)
     where id = (
       select id from consignment
       where destination = $1 and is_open and barred is null and ready_at <= now() and retry_at <= now()
         and held_until <= now()
       order by ${URGENCY}, deadline, id limit 1 for update skip locked)
     returning id, tenant, study, form, generation, patients, priority, round, bandwidth`,
    [destination, holder, limits.holdSeconds],
  );
  return taken;
}

/** When the next of a destination may be sent or verified; undefined where nothing waits but for a line that has it. */
export async function nextDue(database: Database, destination: number): Promise<Date | undefined> {
  const [row] = await database.query<{ at: Date | null }>(
    `select least(
       (select min(greatest(ready_at, retry_at)) from consignment
        where destination = $1 and is_open and barred is null and held_until <= now()),
       (select min(verify_at) from consignment where destination = $1 and held_until <= now()),
       (select min(retry_at) from correction where destination = $1 and state = 'queued' and held_until <= now())) as at`,
    [destination],
  );
  return row?.at ?? undefined;
}

/** A rejection note goes, though it is hidden, to whoever has a copy of what it rejects. `i` is the note. */
const COPY_REJECTED_BY_IT = `select from delivery o join instance copy on copy.id = o.instance
  join rejection n on n.tenant = copy.tenant and n.sop_uid = copy.sop_uid and n.note = i.id
  where o.consignment = d.consignment and o.instance <> i.id and o.state in ('accepted', 'verified', 'committed')`;

/**
 * The next objects of a consignment, in the order in which they were kept; none of a series that is not complete. What is
 * served no longer is `isGone`.
 */
export async function waitingOf(
  database: Database,
  consignment: string,
  limit: number,
): Promise<(Waiting & { isGone: boolean })[]> {
  const rows = await database.query<Waiting & { isGone: boolean } & Record<string, unknown>>(
    `with over as (delete from consignment_wait where consignment = $1 and until <= now())
     select i.id, s.study_uid as "studyInstanceUid", r.series_uid as "seriesInstanceUid", i.sop_uid as "sopInstanceUid",
       i.sop_class as "sopClassUid", i.transfer_syntax as "transferSyntaxUid", i.object, i.size_bytes as "sizeBytes",
       i.dataset_offset as "datasetOffset", d.attempts,
       case when exists (select from rejection n where n.note = i.id and n.follows_copies) then not exists (${COPY_REJECTED_BY_IT})
         else not i.served or coalesce(i.hidden_at, r.hidden_at, s.hidden_at, i.purged_at) is not null end as "isGone"
     from delivery d join instance i on i.id = d.instance join series r on r.id = i.series join study s on s.id = r.study
     where d.consignment = $1 and d.state = 'queued' and not exists (
       select from consignment_wait w where w.consignment = $1 and w.series_uid = r.series_uid and w.until > now())
     order by d.instance limit $2`,
    [consignment, limit],
  );
  return rows.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes) }));
}

/** What became of objects, durable when it resolves. */
export async function settle(database: Database, consignment: string, outcomes: readonly Settled[]): Promise<void> {
  if (outcomes.length === 0) return;
  await database.query(
    `update delivery d set state = t.state, status = t.status, problem = t.problem, reason = t.reason,
       proof = t.proof,
       attempts = d.attempts + (t.state <> 'withdrawn')::integer, settled_at = case when t.state <> 'queued' then now() end,
       sent_as = case when t.sop_uid is not null then array[t.study_uid, t.series_uid, t.sop_uid] end
     from unnest($2::bigint[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
       as t (instance, state, status, problem, reason, proof, study_uid, series_uid, sop_uid)
     where d.consignment = $1 and d.instance = t.instance and d.state = 'queued'`,
    [
      consignment,
      outcomes.map(({ instance }) => instance),
      outcomes.map(({ state }) => state),
      outcomes.map(({ status }) => status ?? null),
      outcomes.map(({ problem }) => problem ?? null),
      outcomes.map(({ reason }) => reason ?? null),
      outcomes.map(({ proof }) => proof ?? null),
      outcomes.map(({ sentAs }) => sentAs?.studyInstanceUid ?? null),
      outcomes.map(({ sentAs }) => sentAs?.seriesInstanceUid ?? null),
      outcomes.map(({ sentAs }) => sentAs?.sopInstanceUid ?? null),
    ],
  );
}

/**
 * Gives it back. `retryAt`: when it may be taken again; `isDone`: nothing of it could be sent when `round` was read;
 * `verifyAt`: when the receiver is asked for what it accepted.
 */
export async function putBack(
  database: Database,
  { id, round }: Consignment,
  holder: string,
  { isDone = false, retryAt, verifyAt }: { isDone?: boolean; retryAt?: Date; verifyAt?: Date } = {},
): Promise<void> {
  await database.query(
    `update consignment set holder = null, held_until = '-infinity', retry_at = coalesce($4, retry_at),
       is_open = not ($5 and round = $3) or waits.until is not null,
       ready_at = case when $5 and round = $3 then coalesce(waits.until, ready_at) else ready_at end, verify_at = coalesce($6, verify_at),
       verify_tries = case when $6::timestamptz is null then verify_tries else 0 end
     from (select min(until) as until from consignment_wait where consignment = $1) waits
     where id = $1 and holder = $2`,
    [id, holder, round, retryAt ?? null, isDone, verifyAt ?? null],
  );
}

/** It is still being sent. */
export async function holdOn(database: Database, { id }: Consignment, holder: string): Promise<void> {
  await database.query(
    `update consignment set held_until = now() + make_interval(secs => $3) where id = $1 and holder = $2`,
    [id, holder, limits.holdSeconds],
  );
}

/** What this holder had when its process ended, or lost sight of; at one destination, or at all. */
export async function releaseHeld(database: Database, holder: string, destination?: number): Promise<void> {
  await database.query(
    `with notes as (
       update correction set holder = null, held_until = '-infinity'
       where holder = $1 and state = 'queued' and ($2::integer is null or destination = $2))
     update consignment set holder = null, held_until = '-infinity'
     where holder = $1 and (is_open or verify_at is not null) and ($2::integer is null or destination = $2)`,
    [holder, destination ?? null],
  );
}

export interface DestinationCounts {
  destination: number;
  queued: number;
  failed: number;
}

/** How much waits for each destination and how much failed there. */
export function countDeliveries(database: Database, tenant: number): Promise<DestinationCounts[]> {
  return database.query<DestinationCounts & Record<string, unknown>>(
    `select c.destination, count(*) filter (where d.state = 'queued')::integer as queued,
       count(*) filter (where d.state = 'failed')::integer as failed
     from delivery d join consignment c on c.id = d.consignment
     where c.tenant = $1 and d.state in ('queued', 'failed') group by c.destination`,
    [tenant],
  );
}
