// The retention policy: when the bytes of what was withdrawn may go. Rows stay, and say that the bytes are gone.

import type { Database } from './database.ts';
import type { ObjectStore } from './object-store.ts';

export const limits = { pageInstances: 500 } as const;

export interface RetentionPolicy {
  /** Days that bytes stay after they were hidden; `'ever'`, the default, keeps them. */
  hiddenDays: number | 'ever';
}

/** Removes the bytes of instances that have been hidden, at any level, for longer than the policy says. Resolves to their number. */
export async function purge(
  database: Database,
  store: ObjectStore,
  policy: RetentionPolicy = { hiddenDays: 'ever' },
): Promise<number> {
  if (policy.hiddenDays === 'ever') return 0;
  let purged = 0;
  for (;;) {
    // The row says so first: bytes without a row would be an unknown file, a row without bytes a missing one.
    const page = await database.query<{ object: string }>(
      `with due as (
         select i.id, i.object, i.study, i.tenant
         from instance i join series r on r.id = i.series join study s on s.id = i.study
         where i.purged_at is null
           and coalesce(least(i.hidden_at, r.hidden_at, s.hidden_at), 'infinity') < now() - make_interval(days => $1)
         order by i.id limit $2 for update of i
       ), marked as (
         update instance i set purged_at = now(), hidden_at = coalesce(i.hidden_at, now()) from due where i.id = due.id
       ), told as (
         insert into event (tenant, kind, study, instances)
         select tenant, 'purged', study, array_agg(id order by id) from due group by tenant, study
       )
       select object from due`,
      [policy.hiddenDays, limits.pageInstances],
    );
    for (const { object } of page) await store.remove(object);
    purged += page.length;
    if (page.length < limits.pageInstances) return purged;
  }
}
