// Priors that rules want here (migrations/0016-lines.sql): what was planned, which archives were asked, and which studies are
// pulled. A study is pulled once for a tenant, whoever wants it; what manifests list of it is pulled by itself (see
// received-manifests.ts).

import { sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { WatchedDeadline } from './deadlines.ts';
import type { Tables } from './tables.ts';

export const limits = {
  /** Whoever asks or pulls says within this time that it still does, or somebody else may. */
  holdSeconds: 120,
} as const;

/** Channel of notices.ts: something may be asked or pulled. */
export const PREFETCH_CHANNEL = 'prefetch';

export interface NewPrefetch {
  tenant: number;
  /** `study` and its row, or `order` and its number: a rule is asked of it once. */
  subject: string;
  study?: string;
  identifiers?: readonly { issuer: string; id: string }[];
  rule: string;
  ruleSet: number;
  facts: unknown;
  archives: readonly string[];
  priority: number;
  deadline?: WatchedDeadline;
}

export interface Prefetch {
  id: string;
  tenant: number;
  study: string | null;
  identifiers: { issuer: string; id: string }[];
  rule: string;
  ruleSet: number;
  facts: unknown;
  archives: string[];
  attempts: number;
  plannedAt: Date;
}

/** A deadline that moved since is taken over. */
export async function planPrefetch(transaction: Transaction<Tables>, planned: NewPrefetch): Promise<void> {
  const { tenant, subject, study, identifiers = [], rule, ruleSet, facts, archives, priority, deadline } = planned;
  await sql`
    with wanted as (
      insert into prefetch (tenant, subject, study, identifiers, rule, rule_set, facts, archives, priority, deadline,
        warn_at, watch_at)
      values (${tenant}, ${subject}, ${study ?? null}, ${JSON.stringify(identifiers)}::jsonb, ${rule}, ${ruleSet},
        ${JSON.stringify(facts)}::jsonb, ${[...archives]}::text[], ${priority}, ${deadline?.at ?? null},
        ${deadline?.warnAt ?? null}, ${deadline?.warnAt ?? null})
      on conflict (tenant, subject, rule) do update set deadline = excluded.deadline, warn_at = excluded.warn_at,
        watch_at = excluded.watch_at
        where prefetch.deadline is distinct from excluded.deadline
      returning id, deadline
    ), pulls as (
      update pull p set deadline = least(p.deadline, wanted.deadline) from wanted, prefetch_prior w
      where w.prefetch = wanted.id and p.tenant = ${tenant} and p.study_uid = w.study_uid and p.state = 'queued')
    select pg_notify(${PREFETCH_CHANNEL}, '') from wanted`.execute(transaction);
}

/** Whether a study came because a rule wanted it: it wants no priors of its own. */
export async function isPulled(transaction: Transaction<Tables>, tenant: number, studyUid: string): Promise<boolean> {
  const { rows } = await sql`select from pull where tenant = ${tenant} and study_uid = ${studyUid}`.execute(
    transaction,
  );
  return rows.length > 0;
}

/** The most urgent whose archives are to be asked, held by `holder` from now on. */
export async function takePrefetch(database: Database, holder: string): Promise<Prefetch | undefined> {
  const [taken] = await database.query<Prefetch & Record<string, unknown>>(
    `update prefetch set holder = $1, held_until = now() + make_interval(secs => $2), attempts = attempts + 1
     where id = (select id from prefetch where state = 'queued' and retry_at <= now() and held_until <= now()
                 order by priority, deadline, id limit 1 for update skip locked)
     returning id, tenant, study, identifiers, rule, rule_set as "ruleSet", facts, archives, attempts, planned_at as "plannedAt"`,
    [holder, limits.holdSeconds],
  );
  return taken;
}

export interface FoundPrior {
  studyUid: string;
  archive: string;
  instances?: number;
}

/** Shown or hidden: what was rejected here is not pulled again and again. */
const COUNT_HERE = (tenant: string, studyUid: string) => `select count(*)::integer from study s
  join series r on r.study = s.id join instance i on i.series = r.id
  where s.tenant = ${tenant} and s.study_uid = ${studyUid} and i.served`;

/** What was found is pulled; `again`: when to ask once more, with why; `failed`: nobody asks any more. */
export async function settlePrefetch(
  database: Database,
  { id, tenant }: Pick<Prefetch, 'id' | 'tenant'>,
  holder: string,
  { priors, problem, again, failed }: { priors: readonly FoundPrior[]; problem?: string; again?: Date; failed?: true },
): Promise<void> {
  await database.query(
    `with asked as (
       update prefetch set holder = null, held_until = '-infinity', problem = $6, retry_at = coalesce($7, retry_at),
         state = case when $8 then 'failed' when $7::timestamptz is null then 'asked' else 'queued' end
       where id = $1 and holder = $9 returning priority, deadline
     ), found as (
       select * from unnest($3::text[], $4::text[], $5::integer[]) as f (study_uid, archive, instances)
     ), wanted as (
       insert into prefetch_prior select $1, study_uid from found on conflict do nothing
     ), here as (
       select found.study_uid, (${COUNT_HERE('$2', 'found.study_uid')}) as instances from found
     )
     insert into pull as p (tenant, study_uid, archive, instances, priority, deadline, state, settled_at)
     select $2, f.study_uid, f.archive, f.instances, asked.priority, asked.deadline, found_as.state,
       case when found_as.state = 'here' then now() end
     from asked, found f left join here on here.study_uid = f.study_uid
       cross join lateral (select case when here.instances >= coalesce(f.instances, 1) then 'here' else 'queued' end as state) found_as
     on conflict (tenant, study_uid, part) do update set priority = least(p.priority, excluded.priority),
       deadline = least(p.deadline, excluded.deadline), instances = excluded.instances,
       -- An archive that has more by now is asked for it; what failed is tried again because somebody else wants it.
       archive = case when p.state = 'queued' then p.archive else excluded.archive end,
       state = case when p.state = 'queued' then p.state else excluded.state end,
       attempts = case when p.state = 'queued' then p.attempts else 0 end`,
    [
      id,
      tenant,
      priors.map(({ studyUid }) => studyUid),
      priors.map(({ archive }) => archive),
      priors.map(({ instances }) => instances ?? null),
      problem ?? null,
      again ?? null,
      failed === true,
      holder,
    ],
  );
}

export interface Pull {
  tenant: number;
  studyUid: string;
  archive: string;
  instances: number | null;
  attempts: number;
  /** '' where it is the whole study. */
  part: string;
  /** Of a part: what it consists of. */
  listed: readonly { seriesInstanceUid: string; instances: string[] }[] | null;
}

/** The most urgent study that is to be pulled, held by `holder` from now on. */
export async function takePull(database: Database, holder: string): Promise<Pull | undefined> {
  const [taken] = await database.query<Pull & Record<string, unknown>>(
    `update pull set holder = $1, held_until = now() + make_interval(secs => $2), attempts = attempts + 1
     where (tenant, study_uid, part) = (
       select tenant, study_uid, part from pull where state = 'queued' and retry_at <= now() and held_until <= now()
       order by priority, deadline, queued_at limit 1 for update skip locked)
     returning tenant, study_uid as "studyUid", archive, instances, attempts, part, listed`,
    [holder, limits.holdSeconds],
  );
  return taken;
}

/** It is still being pulled. */
export async function holdPull(database: Database, { tenant, studyUid, part }: Pull, holder: string): Promise<void> {
  await database.query(
    `update pull set held_until = now() + make_interval(secs => $4)
     where tenant = $1 and study_uid = $2 and holder = $3 and part = $5`,
    [tenant, studyUid, holder, limits.holdSeconds, part],
  );
}

/** `retryAt`: it is queued again; a `problem` without it: nobody tries any more; neither: it is here. */
export async function settlePull(
  database: Database,
  { tenant, studyUid, part }: Pull,
  holder: string,
  { problem, retryAt }: { problem?: string; retryAt?: Date },
): Promise<void> {
  await database.query(
    `update pull set holder = null, held_until = '-infinity', problem = $4, retry_at = coalesce($5, retry_at),
       state = case when $5::timestamptz is not null then 'queued' when $4::text is null then 'here' else 'failed' end,
       settled_at = case when $5::timestamptz is null then now() end
     where tenant = $1 and study_uid = $2 and holder = $3 and part = $6`,
    [tenant, studyUid, holder, problem ?? null, retryAt ?? null, part],
  );
}

/** Instances of a study that are here; of those that a part lists where it is one. */
export async function instancesHere(database: Database, { tenant, studyUid, listed }: Pull): Promise<number> {
  const named = listed?.flatMap(({ instances }) => instances) ?? null;
  const [row] = await database.query<{ count: number }>(
    `select (${COUNT_HERE('$1', '$2')} and ($3::text[] is null or i.sop_uid = any($3))) as count`,
    [tenant, studyUid, named],
  );
  return row!.count;
}

/** What this holder had when its process ended. */
export async function releasePulls(database: Database, holder: string): Promise<void> {
  await database.query(
    `with asked as (update prefetch set holder = null, held_until = '-infinity' where holder = $1)
     update pull set holder = null, held_until = '-infinity' where holder = $1`,
    [holder],
  );
}
