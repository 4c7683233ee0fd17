// Withdrawing a study, series or instance, and showing it again. Nothing is removed here: what is hidden vanishes from
// search and retrieval (410), keeps its reason, and what is sent again below it stays hidden with it.

import { sql } from 'kysely';
import { Problem } from '../base/problem.ts';
import type { Database } from './database.ts';
import { EVENT_CHANNEL } from './events.ts';
import { BLIND_READING } from './withheld.ts';

/** What a path of DICOMweb names: PS3.18 10.1. */
export interface Scope {
  studyInstanceUid: string;
  seriesInstanceUid?: string;
  sopInstanceUid?: string;
}

/** Resolves to the number of instances that are hidden now and were not before. Rejects with catalogue/not-found. */
export function hide(database: Database, tenant: number, scope: Scope, reason: string): Promise<number> {
  return change(database, tenant, scope, { hidden: true, reason });
}

/** Undoes `hide` of the same scope. What was hidden at another level stays hidden, and so does what has no bytes any more. */
export function unhide(database: Database, tenant: number, scope: Scope): Promise<number> {
  return change(database, tenant, scope, { hidden: false, reason: null });
}

type Level = 'study' | 'series' | 'instance';

async function change(
  database: Database,
  tenant: number,
  scope: Scope,
  { hidden, reason }: { hidden: boolean; reason: string | null },
): Promise<number> {
  const level: Level = scope.sopInstanceUid ? 'instance' : scope.seriesInstanceUid ? 'series' : 'study';
  const named = sql`s.tenant = ${tenant} and s.study_uid = ${scope.studyInstanceUid}
    and (${scope.seriesInstanceUid ?? null}::text is null or r.series_uid = ${scope.seriesInstanceUid ?? null})
    and (${scope.sopInstanceUid ?? null}::text is null or i.sop_uid = ${scope.sopInstanceUid ?? null})`;
  const changed = await database.kysely.transaction().execute(async (transaction) => {
    await sql`select lock_counts(array(
      select i.id from study s join series r on r.study = s.id join instance i on i.series = r.id where ${named}))`.execute(
      transaction,
    );
    const { rows: found } = await sql<{
      study: string;
      series: string;
      instance: string;
      visible: boolean;
      purged: boolean;
    }>`
      select s.id as study, r.id as series, i.id as instance,
        i.served and s.hidden_at is null and r.hidden_at is null and i.hidden_at is null as visible,
        i.purged_at is not null as purged
      from study s join series r on r.study = s.id join instance i on i.series = r.id
      where ${named}
      order by s.id, r.id, i.id`.execute(transaction);
    if (found.length === 0) throw new Problem('catalogue/not-found', { what: level });
    // Nothing can be shown of what lost all its bytes to the retention policy.
    const ids = [...new Set(found.filter(({ purged }) => hidden || !purged).map((row) => row[level]))];
    await sql`
      update ${sql.table(level)} set hidden_at = ${hidden ? sql`now()` : null}, hidden_reason = ${reason}
      where id = any(${ids}) and (hidden_at is null) = ${hidden}
        and hidden_reason is distinct from ${BLIND_READING}`.execute(transaction);
    const before = found.filter(({ visible }) => visible).length;
    let after = 0;
    for (const study of new Set(found.map((row) => row.study))) {
      const below = found.filter((row) => row.study === study);
      const series = [...new Set(below.map((row) => row.series))];
      await sql`select recount_study(${study}, ${series})`.execute(transaction);
      const instances = below.map((row) => row.instance);
      const { rows } = await sql<{ visible: number }>`
        select count(*)::integer as visible
        from instance i join series r on r.id = i.series join study s on s.id = r.study
        where i.id = any(${instances}) and i.served
          and s.hidden_at is null and r.hidden_at is null and i.hidden_at is null`.execute(transaction);
      after += rows[0]!.visible;
      await transaction
        .insertInto('event')
        .values({
          tenant,
          kind: hidden ? 'hidden' : 'unhidden',
          study,
          instances,
          detail: JSON.stringify({ level, reason }),
        })
        .execute();
    }
    await sql`select pg_notify(${EVENT_CHANNEL}, '')`.execute(transaction);
    return Math.abs(after - before);
  });
  database.notices.tell(EVENT_CHANNEL);
  return changed;
}
