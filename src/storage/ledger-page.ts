// Reading the ledger of deliveries, and putting what failed in the queue again.

import type { Database } from './database.ts';
import { DELIVERY_CHANNEL } from './ledger.ts';

export const limits = {
  /** Rows that are told of one study. */
  ofStudy: 500,
} as const;

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
  /** Study, Series and SOP Instance UID under which the receiver knows it, where they are others. */
  sentAs: string[] | null;
  /** The correction by which it holds no longer, or of which it is. */
  correction: string | null;
  state: string;
  attempts: number;
  status: number | null;
  problem: string | null;
  reason: string | null;
  proof: string | null;
  rules: string[];
  ruleSet: number;
  priority: number;
  deadline: Date | null;
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
       i.sop_uid as "sopInstanceUid", d.sent_as as "sentAs", d.state,
       (select min(n.id) from correction n where n.consignment = c.id or n.successor = c.id) as correction, d.attempts, d.status,
       d.problem, d.reason, d.proof, c.rules, c.rule_set as "ruleSet",
       c.priority, c.deadline, d.queued_at as "queuedAt", d.settled_at as "settledAt"
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
       update delivery d set state = 'queued', attempts = 0, settled_at = null, proof = null, queued_at = now() from chosen
       where d.consignment = chosen.consignment and d.instance = chosen.instance returning d.consignment),
     opened as (
       update consignment set is_open = true, round = round + 1, retry_at = '-infinity'
       where id in (select consignment from again) returning 1)
     select (select count(*) from again)::integer as count, (select count(*) from opened) as opened, pg_notify('${DELIVERY_CHANNEL}', '')`,
    values,
  );
  return row!.count;
}

export interface StudyDeliveries {
  destination: string;
  rules: string[];
  ruleSet: number;
  /** As it came where empty, else the steps as JSON. */
  form: string;
  state: string;
  instances: number;
  problem: string | null;
  status: number | null;
  reason: string | null;
  /** Of what waits: not before. */
  readyAt: Date;
  deadline: Date | null;
  settledAt: Date | null;
}

/** What the ledger has of a study, by its row: alike objects of one destination and form are one row with their number. */
export function deliveriesOfStudy(database: Database, study: string): Promise<StudyDeliveries[]> {
  return database.query<StudyDeliveries & Record<string, unknown>>(
    `select t.name as destination, c.rules, c.rule_set as "ruleSet", c.form, d.state, count(*)::integer as instances,
       d.problem, d.status, d.reason, c.ready_at as "readyAt", c.deadline, max(d.settled_at) as "settledAt"
     from consignment c join delivery d on d.consignment = c.id join destination t on t.id = c.destination
     where c.study = $1 group by c.id, t.name, d.state, d.problem, d.status, d.reason
     order by t.name, c.id, count(*) desc limit $2`,
    [study, limits.ofStudy],
  );
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
