// What is told of workitems: PS3.4 CC.2.4 and Table CC.2.4-1. Kept with the change that it tells of: a notice goes out with
// its commit, to every node, each of which tells the subscribers that it holds.

import { sql, type Transaction } from 'kysely';
import type { DataSet } from '../dicom/dataset.ts';
import { DataSet as NewDataSet } from '../dicom/dataset.ts';
import { fromJson, jsonText } from '../dicom/json.ts';
import type { Database } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';
import { isWanted, keysOf } from './workitem-attributes.ts';

/** Channel of notices.ts. */
const WORKITEM_CHANNEL = 'workitem';

/** Event Type ID. */
export const eventTypes = { stateReport: 1, cancelRequested: 2, progressReport: 3, assigned: 5 } as const;

/** Well-known instances: who subscribes to them subscribes to all, or to those that match. CC.2.3.1. */
export const GLOBAL_SUBSCRIPTION = '1.2.840.10008.5.1.4.34.5';
export const FILTERED_SUBSCRIPTION = '1.2.840.10008.5.1.4.34.5.1';

export const limits = {
  /** PostgreSQL carries 8,000 bytes in a notice. */
  noticeBytes: 7_000,
} as const;

export interface WorkitemEvent {
  tenant: number;
  uid: string;
  eventTypeId: number;
  information: DataSet;
  /** AE titles. */
  subscribers: readonly string[];
  /** The node that tells the peers of it. */
  node: string;
}

/** State and readiness, with why it was cancelled where that is said. */
export function stateReport(told: DataSet): DataSet {
  const report = new NewDataSet()
    .set('InputReadinessState', told.text('InputReadinessState') ?? 'READY')
    .set('ProcedureStepState', told.text('ProcedureStepState') ?? 'SCHEDULED');
  const [progress] = told.items('ProcedureStepProgressInformationSequence');
  copy(progress, report, ['ReasonForCancellation', 'ProcedureStepDiscontinuationReasonCodeSequence']);
  return report;
}

/** Those of these attributes that `from` has. */
export function copy(from: DataSet | undefined, to: DataSet, keywords: readonly string[]): DataSet {
  const json = from === undefined ? {} : JSON.parse(jsonText(from));
  const source = fromJson(json);
  for (const keyword of keywords) {
    const element = source.get(keyword);
    if (element === undefined) continue;
    if (element.vr === 'SQ') to.set(keyword, source.items(keyword));
    else to.set(keyword, source.texts(keyword));
  }
  return to;
}

/** Who is told of a workitem: those who subscribed to it, and to all, or to such, unless they let that rest. */
export async function subscribersOf(
  transaction: Transaction<Tables>,
  tenant: number,
  uid: string,
  told: DataSet,
): Promise<string[]> {
  const { rows } = await sql<{ subscriber: string; filter: string | null }>`
    select subscriber, filter from workitem_subscription
    where tenant = ${tenant} and workitem in (${uid}, ${GLOBAL_SUBSCRIPTION}, ${FILTERED_SUBSCRIPTION})
      and suspended_at is null`.execute(transaction);
  const wanting = rows.filter(({ filter }) => filter === null || isWanted(told, keysOf(fromJson(JSON.parse(filter)))));
  return [...new Set(wanting.map(({ subscriber }) => subscriber))];
}

/** Told once the transaction is committed; nothing is where nobody is to be told. */
export async function tell(transaction: Transaction<Tables>, event: WorkitemEvent): Promise<void> {
  if (event.subscribers.length === 0) return;
  const text = JSON.stringify({ ...event, information: jsonText(event.information) });
  // Whoever was not told everything asks: the event says that there is something.
  const short = JSON.stringify({ ...event, information: '{}' });
  await sql`select pg_notify(${WORKITEM_CHANNEL}, ${text.length > limits.noticeBytes ? short : text})`.execute(
    transaction,
  );
}

/** Resolves once `heard` will be called for every event, of this node and others; to a function that ends that. */
export function onWorkitemEvent(database: Database, heard: (event: WorkitemEvent) => void): Promise<() => void> {
  return database.notices.on(WORKITEM_CHANNEL, (payload) => {
    // After a break, an empty notice: what was missed is not told again.
    if (payload === '') return;
    const { information, ...event } = JSON.parse(payload);
    heard({ ...event, information: fromJson(JSON.parse(information)) });
  });
}
