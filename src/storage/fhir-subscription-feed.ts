// How events of the feed become events of subscriptions: counted and written for each, in the transaction that goes on in
// the feed. Studies wait until they come to rest, since each of their images is an event.

import { sql, type Transaction } from 'kysely';
import type { Interaction } from '../fhir/subscriptions/topics.ts';
import type { Database } from './database.ts';
import type { CatalogueEvent } from './events.ts';
import { SUBSCRIPTION_CHANNEL } from './fhir-subscriptions.ts';
import type { Tables } from './tables.ts';

export const limits = {
  /** A study without anything new for so long is told, in seconds. */
  restSeconds: 3,
  /** One that does not come to rest is told so often, in seconds. */
  longestSeconds: 60,
  /** Studies told in one transaction. */
  studies: 50,
} as const;

/** One event, and who is told of it. */
export interface Happening {
  tenant: number;
  /** Of the transaction that it is of: xid8. */
  xid: string;
  at: Date;
  focus: string;
  interaction: Interaction;
  version?: number;
  context?: readonly string[];
  subscriptions: readonly string[];
}

/** Each is the next event of those that are told; of whoever subscribed later it is none. Resolves to whether any was told. */
export async function record(transaction: Transaction<Tables>, happenings: readonly Happening[]): Promise<boolean> {
  let isAny = false;
  for (const { tenant, xid, at, focus, interaction, version, context, subscriptions } of happenings) {
    if (subscriptions.length === 0) continue;
    const { numAffectedRows } = await sql`
      with told as (
        update fhir_subscription_progress p set events = p.events + 1 from fhir_subscription s
        where s.tenant = p.tenant and s.id = p.id and p.tenant = ${tenant} and p.id = any(${[...subscriptions]}::text[])
          and not pg_visible_in_snapshot(${xid}::xid8, s.since)
        returning p.id, p.events)
      insert into fhir_subscription_event (tenant, subscription, number, at, focus, interaction, version, context)
      select ${tenant}, id, events, ${at}, ${focus}, ${interaction}, ${version ?? null}::int, ${[...(context ?? [])]}::text[]
      from told`.execute(transaction);
    isAny ||= (numAffectedRows ?? 0n) > 0n;
  }
  if (isAny) await sql`select pg_notify(${SUBSCRIPTION_CHANNEL}, '')`.execute(transaction);
  return isAny;
}

/** Something came of these studies: they are told when they are at rest. */
export async function noteStudies(transaction: Transaction<Tables>, events: readonly CatalogueEvent[]): Promise<void> {
  const of = events.filter(({ studyId }) => studyId !== undefined);
  if (of.length === 0) return;
  const rows = [...Map.groupBy(of, ({ studyId }) => studyId!)].map(([study, all]) => {
    const [first, last] = [all[0]!, all.at(-1)!];
    return { study, xid: xidOf(last), at: first.at };
  });
  // A study is made in the transaction of its first event.
  await sql`
    insert into fhir_changed_study (tenant, study, study_uid, first_at, last_at, xid, was_told)
    select s.tenant, s.id, s.study_uid, now(), now(), given.xid::xid8, s.created_at < given.at
    from unnest(${rows.map(({ study }) => study)}::bigint[], ${rows.map(({ xid }) => xid)}::text[],
      ${rows.map(({ at }) => at)}::timestamptz[]) as given(study, xid, at)
    join study s on s.id = given.study
    on conflict (tenant, study) do update set last_at = now(), xid = excluded.xid, is_waiting = true,
      first_at = case when fhir_changed_study.is_waiting then fhir_changed_study.first_at else now() end`.execute(
    transaction,
  );
}

export const xidOf = ({ cursor }: Pick<CatalogueEvent, 'cursor'>): string => cursor.split('.')[0]!;

export interface ChangedStudy {
  tenant: number;
  study: string;
  studyUid: string;
  lastAt: string;
  xid: string;
  wasTold: boolean;
}

export const studiesAtRest = (
  database: Database,
  { restSeconds, longestSeconds }: { restSeconds: number; longestSeconds: number },
): Promise<ChangedStudy[]> =>
  database.query(
    `select tenant, study, study_uid as "studyUid", last_at::text as "lastAt", xid::text, was_told as "wasTold"
     from fhir_changed_study where is_waiting
       and (last_at <= now() - make_interval(secs => $1) or first_at <= now() - make_interval(secs => $2))
     order by last_at limit $3`,
    [restSeconds, longestSeconds, limits.studies],
  );

/** False where more came of it meanwhile, or another node told it: then it is not told by us. */
export async function settleStudy(
  transaction: Transaction<Tables>,
  { tenant, study, lastAt }: ChangedStudy,
): Promise<boolean> {
  const { rows } = await sql`
    update fhir_changed_study set is_waiting = false, was_told = true
    where tenant = ${tenant} and study = ${study} and is_waiting and last_at = ${lastAt}::timestamptz
    returning 1 as one`.execute(transaction);
  return rows.length > 0;
}
