// Reading the ledger of deliveries, and putting what failed in the queue again.

import type { Database } from './database.ts';
import { DELIVERY_CHANNEL } from './ledger.ts';

export interface LedgerQuery {
  studyInstanceUid?: string;
  sopInstanceUid?: string;
  destination?: string;
  state?: string;
  limit: number;
  /** The id of the last row of the page before. */
  before?: string;
}

export interface LedgerRow {
  /** Consignment and instance. */
  id: string;
  destination: string;
  studyInstanceUid: string;
  sopInstanceUid: string;
  state: string;
  attempts: number;
  status: number | null;
  problem: string | null;
  reason: string | null;
  rules: string[];
  ruleSet: number;
  priority: number;
  queuedAt: Date;
  settledAt: Date | null;
}

/** Newest first. */
export function ledgerPage(database: Database, tenant: number, query: LedgerQuery): Promise<LedgerRow[]> {
  const { text, values } = conditionsOf(tenant, query);
  const [consignment, instance] = query.before?.split('.') ?? [];
  const after =
    consignment === undefined
      ? ''
      : `and (c.id, d.instance) < ($${values.push(consignment)}, $${values.push(instance)})`;
  return database.query<LedgerRow & Record<string, unknown>>(
    `select c.id || '.' || d.instance as id, t.name as destination, s.study_uid as "studyInstanceUid",
       i.sop_uid as "sopInstanceUid", d.state, d.attempts, d.status, d.problem, d.reason, c.rules, c.rule_set as "ruleSet",
       c.priority, d.queued_at as "queuedAt", d.settled_at as "settledAt"
     from ${JOINED} where ${text} ${after}
     order by c.id desc, d.instance desc limit $${values.push(query.limit)}`,
    values,
  );
}

/** Queues again what failed; resolves to how many. */
export async function replayFailed(
  database: Database,
  tenant: number,
  query: Omit<LedgerQuery, 'limit' | 'state' | 'before'>,
): Promise<number> {
  const { text, values } = conditionsOf(tenant, { ...query, state: 'failed' });
  const [row] = await database.query<{ count: number }>(
    `with chosen as (select d.consignment, d.instance from ${JOINED} where ${text}),
     again as (
       update delivery d set state = 'queued', attempts = 0, settled_at = null, queued_at = now() from chosen
       where d.consignment = chosen.consignment and d.instance = chosen.instance returning d.consignment),
     opened as (
       update consignment set is_open = true, round = round + 1, retry_at = '-infinity'
       where id in (select consignment from again) returning 1)
     select (select count(*) from again)::integer as count, (select count(*) from opened) as opened, pg_notify('${DELIVERY_CHANNEL}', '')`,
    values,
  );
  return row!.count;
}

const JOINED = `delivery d join consignment c on c.id = d.consignment join destination t on t.id = c.destination
  join instance i on i.id = d.instance join study s on s.id = c.study`;

function conditionsOf(tenant: number, query: Omit<LedgerQuery, 'limit'>): { text: string; values: unknown[] } {
  const values: unknown[] = [tenant];
  const conditions = ['c.tenant = $1'];
  const columns: [string, string | undefined][] = [
    ['s.study_uid', query.studyInstanceUid],
    ['i.sop_uid', query.sopInstanceUid],
    ['t.name', query.destination],
    ['d.state', query.state],
  ];
  for (const [column, value] of columns) {
    if (value !== undefined) conditions.push(`${column} = $${values.push(value)}`);
  }
  return { text: conditions.join(' and '), values };
}
