// The retention policy: when the bytes of what was withdrawn may go. Rows stay, and say that the bytes are gone. What went
// is an event and an audit row in the same commit; files are removed after it, or by the next run where that was cut off.

import { sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import { EVENT_CHANNEL } from './events.ts';
import type { ObjectStore } from './objects/object-store.ts';
import type { Tables } from './tables.ts';
import { NOT_WITHDRAWN } from './withheld.ts';

export const limits = { pageInstances: 500 } as const;

export interface RetentionPolicy {
  /** Days of 24 hours that bytes stay after they were hidden; `'ever'` keeps them. */
  hiddenDays: number | 'ever';
}

const DAY_MS = 86_400_000;

/**
 * Removes the bytes of instances that have been hidden, at any level, for longer than the policy says at `now`
 * (milliseconds since 1970). Resolves to their number; an aborted `signal` ends it between two pages.
 */
export async function purge(
  database: Database,
  store: Pick<ObjectStore, 'remove'>,
  { hiddenDays }: RetentionPolicy,
  now: number,
  signal?: AbortSignal,
): Promise<number> {
  await removeFiles(database, store);
  if (hiddenDays === 'ever') return 0;
  const hiddenBefore = new Date(now - hiddenDays * DAY_MS);
  let purged = 0;
  for (const study of await studiesDue(database, hiddenBefore)) {
    for (let page: number = limits.pageInstances; page === limits.pageInstances; purged += page) {
      if (signal?.aborted) return purged;
      page = await database.kysely
        .transaction()
        .execute((transaction) => purgePage(transaction, study, hiddenBefore, page));
      await removeFiles(database, store);
    }
  }
  return purged;
}

async function studiesDue(database: Database, hiddenBefore: Date): Promise<string[]> {
  const rows = await database.query<{ study: string }>(
    `select s.id as study from study s where s.hidden_at < $1 and exists (
       select from series r join instance i on i.series = r.id where r.study = s.id and i.purged_at is null)
     union
     select r.study from series r where r.hidden_at < $1 and exists (
       select from instance i where i.series = r.id and i.purged_at is null)
     union
     select i.study from instance i where i.hidden_at < $1 and i.purged_at is null and not ${NOT_WITHDRAWN}
     order by study`,
    [hiddenBefore],
  );
  return rows.map(({ study }) => study);
}

/** Instances that came into what was hidden already have been hidden since they came. */
async function purgePage(transaction: Transaction<Tables>, study: string, hiddenBefore: Date, page: number) {
  // Whoever shows it again holds the study too: the bytes are due after that, or they are not.
  await sql`select from study where id = ${study} for update`.execute(transaction);
  const { rows } = await sql`
    with due as (
      select i.id, i.object, s.tenant, s.id as study, s.study_uid,
        coalesce(i.hidden_reason, r.hidden_reason, s.hidden_reason) as reason
      from study s join series r on r.study = s.id join instance i on i.series = r.id
      where s.id = ${study} and i.purged_at is null
        and greatest(least(case when not ${sql.raw(NOT_WITHDRAWN)} then i.hidden_at end, r.hidden_at, s.hidden_at), i.created_at) < ${hiddenBefore}
        and coalesce(case when not ${sql.raw(NOT_WITHDRAWN)} then i.hidden_at end, r.hidden_at, s.hidden_at) is not null
      order by i.id limit ${page} for update of i
    ), marked as (
      update instance i set purged_at = now(), hidden_at = coalesce(i.hidden_at, now()), hidden_reason = due.reason
      from due where i.id = due.id
    ), doomed as (
      insert into removal (object) select object from due on conflict do nothing
    ), told as (
      insert into event (tenant, kind, study, instances)
      select tenant, 'purged', study, array_agg(id order by id) from due group by tenant, study
    ), recorded as (
      insert into audit (tenant, principal, door, action, outcome, study_uid, instance_count)
      select tenant, 'retention', 'node', 'purge', 'success', study_uid, count(*) from due group by tenant, study_uid
    )
    select id from due`.execute(transaction);
  await sql`select pg_notify(${EVENT_CHANNEL}, '')`.execute(transaction);
  return rows.length;
}

/** Files of what is doomed, and whatever a run before did not come to. */
export async function removeFiles(database: Database, store: Pick<ObjectStore, 'remove'>): Promise<void> {
  const objects = (await database.query<{ object: string }>('select object from removal')).map(({ object }) => object);
  if (objects.length === 0) return;
  for (const object of objects) await store.remove(object);
  await database.query('delete from removal where object = any($1)', [objects]);
}
