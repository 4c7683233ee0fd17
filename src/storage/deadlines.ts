// Deadlines of what is to be delivered or to be here (migrations/0025-deadlines.sql): an alarm when one is at risk, which also
// puts the delivery beside STAT, and when it is missed. What has arrived in time raises none.

import type { Database } from './database.ts';
import { EVENT_CHANNEL } from './events.ts';

export const limits = {
  /** Deadlines that one transaction looks at. */
  atOnce: 200,
} as const;

export interface WatchedDeadline {
  at: Date;
  /** When it is at risk. */
  warnAt: Date;
}

/** Objects of `c` that its destination has not taken. */
const OUTSTANDING = `select count(*)::integer from delivery d where d.consignment = c.id and d.state in ('queued', 'failed')`;

/** Whether priors that `f` asks for are still to come. */
const AWAITED = `f.state <> 'asked' or exists (select from prefetch_prior w
  join pull p on p.tenant = f.tenant and p.study_uid = w.study_uid where w.prefetch = f.id and p.state <> 'here')`;

/** Both kinds alike: `due` has the rows, those of them that are not met are `late`. */
const raised = (table: 'consignment' | 'prefetch', isLate: string, detail: string, after: string): string => `
  with due as (
    select * from ${table} where watch_at <= now() order by watch_at limit $1 for update skip locked
  ), looked as (
    update ${table} t set watch_at = case when due.deadline > now() then due.deadline end${after}
    from due where t.id = due.id returning t.id
  ), late as (
    select due.*, case when due.deadline > now() then 'at-risk' else 'missed' end as alarm from due where ${isLate}
  ), alarms as (
    insert into deadline_alarm as a (tenant, ${table}, deadline, state, missed_at)
    select tenant, id, deadline, alarm, case when alarm = 'missed' then now() end from late
    on conflict (${table}, deadline) do update set state = excluded.state, missed_at = excluded.missed_at,
      acknowledged_by = null, acknowledged_at = null
      where a.state = 'at-risk' and excluded.state = 'missed'
    returning a.id, a.${table}, a.state
  ), told as (
    insert into event (tenant, kind, study, detail)
    select late.tenant, 'deadline-' || alarms.state, late.study, json_build_object('alarm', alarms.id::text, 'deadline',
      late.deadline, ${detail}) from alarms join late on late.id = alarms.${table} returning 1
  )
  select count(*)::integer as looked, (select count(*) from told)::integer as told,
    (select pg_notify($2, '') from told limit 1) from looked`;

const CONSIGNMENTS = raised(
  'consignment',
  `successor is null and exists (select from delivery d where d.consignment = due.id and d.state in ('queued', 'failed'))`,
  `'rules', late.rules, 'destination', (select name from destination where id = late.destination)`,
  ', is_due = true',
);
const PREFETCHES = raised(
  'prefetch',
  `exists (select from prefetch f where f.id = due.id and (${AWAITED}))`,
  `'rules', array[late.rule], 'archives', late.archives`,
  '',
);

/** Looks at deadlines of which it is time; resolves to whether there may be more. */
export async function raiseAlarms(database: Database): Promise<boolean> {
  let most = 0;
  for (const statement of [CONSIGNMENTS, PREFETCHES]) {
    const [row] = await database.query<{ looked: number }>(statement, [limits.atOnce, EVENT_CHANNEL]);
    most = Math.max(most, row!.looked);
  }
  return most === limits.atOnce;
}

export interface DeadlineAlarm {
  id: string;
  /** at-risk or missed; met: everything arrived since, of a missed one too late. */
  state: 'at-risk' | 'missed' | 'met';
  deadline: Date;
  rules: string[];
  /** Where it should be; null of priors, which should be here. */
  destination: string | null;
  /** Null of priors that an order wants. */
  studyInstanceUid: string | null;
  /** Objects that did not arrive yet; null of priors. */
  outstanding: number | null;
  raisedAt: Date;
  missedAt: Date | null;
  acknowledgedBy: string | null;
}

export interface AlarmQuery {
  /** Those that are neither met nor acknowledged. */
  isOpen: boolean;
  limit: number;
}

/** The earliest deadline first; of those that moved, nothing is told any more. */
export function deadlineAlarms(database: Database, tenant: number, query: AlarmQuery): Promise<DeadlineAlarm[]> {
  return database.query<DeadlineAlarm & Record<string, unknown>>(
    `select * from (
       select a.id, case when (${OUTSTANDING}) = 0 then 'met' else a.state end as state, a.deadline, c.rules,
         t.name as destination, s.study_uid as "studyInstanceUid", (${OUTSTANDING}) as outstanding,
         a.raised_at as "raisedAt", a.missed_at as "missedAt", a.acknowledged_by as "acknowledgedBy"
       from deadline_alarm a join consignment c on c.id = a.consignment and c.deadline = a.deadline join destination t on t.id = c.destination
         join study s on s.id = c.study
       where a.tenant = $1 and (not $2 or a.acknowledged_by is null)
       union all
       select a.id, case when ${AWAITED} then a.state else 'met' end, a.deadline, array[f.rule], null, s.study_uid, null,
         a.raised_at, a.missed_at, a.acknowledged_by
       from deadline_alarm a join prefetch f on f.id = a.prefetch and f.deadline = a.deadline left join study s on s.id = f.study
       where a.tenant = $1 and (not $2 or a.acknowledged_by is null)
     ) as told where not $2 or state <> 'met' order by deadline, id limit $3`,
    [tenant, query.isOpen, query.limit],
  );
}

/** Somebody has seen it: it is shown no longer, unless what is at risk is missed. Resolves to whether there is such an alarm. */
export async function acknowledgeAlarm(database: Database, tenant: number, id: string, by: string): Promise<boolean> {
  const rows = await database.query(
    `update deadline_alarm set acknowledged_by = $3, acknowledged_at = now() where tenant = $1 and id = $2 returning id`,
    [tenant, id, by],
  );
  return rows.length > 0;
}
