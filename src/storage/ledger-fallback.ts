// What a destination has not taken in time goes to its fallback, and the ledger says so on both sides; and how much waits
// where, for rules that send to the idlest.

import { sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import { DELIVERY_CHANNEL } from './ledger.ts';
import type { Tables } from './tables.ts';

export const limits = {
  /** Objects that are counted of one destination: beyond that it is busy, however much waits. */
  backlog: 10_000,
} as const;

/** Looks at the first consignment that is due; resolves to whether there was one. What is being sent is left until it is not. */
export async function passOn(database: Database): Promise<boolean> {
  const rows = await database.query(
    `with due as (
       select * from consignment where fallback_at <= now() and held_until <= now()
       order by fallback_at limit 1 for update skip locked
     ), late as (
       select d.instance from due join delivery d on d.consignment = due.id
       where d.state in ('queued', 'failed') and greatest(d.queued_at, due.ready_at) + due.fallback_after <= now()
     ), heir as (
       insert into consignment (tenant, study, destination, form, rule_set, rules, series, priority, deadline, warn_at,
         watch_at, generation)
       select tenant, study, fallback, form, rule_set, rules, series, priority, deadline, warn_at, warn_at, generation from due
       where exists (select from late)
       on conflict (study, destination, form_key, generation) do update set is_open = true, round = consignment.round + 1
       returning id
     ), inherited as (
       insert into delivery (consignment, instance) select heir.id, late.instance from heir, late on conflict do nothing
     ), passed as (
       update delivery d set state = 'passed-on', settled_at = now() from due, late
       where d.consignment = due.id and d.instance = late.instance
     ), told as (
       update consignment c set fallback_at = (
         select min(greatest(d.queued_at, due.ready_at)) + due.fallback_after from delivery d
         where d.consignment = due.id and d.state in ('queued', 'failed')
           and not exists (select from late where late.instance = d.instance))
       from due where c.id = due.id)
     select pg_notify($1, '') from due`,
    [DELIVERY_CHANNEL],
  );
  return rows.length > 0;
}

/**
 * How many objects wait for each destination, by name. Where something of the study went already, less than none: a study is
 * not divided.
 */
export async function backlogs(
  transaction: Transaction<Tables>,
  tenant: number,
  study: string,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ name: string; backlog: number }>`
    select t.name, case when exists (select from consignment c where c.study = ${study} and c.destination = t.id) then -1
      else (select count(*) from (
        select from consignment c join delivery d on d.consignment = c.id
        where c.destination = t.id and c.is_open and d.state = 'queued' limit ${limits.backlog}) as waiting)::integer end as backlog
    from destination t where t.tenant = ${tenant}`.execute(transaction);
  return new Map(rows.map(({ name, backlog }) => [name, backlog]));
}
