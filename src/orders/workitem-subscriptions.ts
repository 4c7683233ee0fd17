// Who wants to know what becomes of workitems: PS3.4 CC.2.3, PS3.18 11.10 to 11.12.

import { sql } from 'kysely';
import { Problem } from '../base/problem.ts';
import type { DataSet } from '../dicom/dataset.ts';
import { jsonText } from '../dicom/json.ts';
import type { Database } from '../storage/database.ts';
import { eventTypes, FILTERED_SUBSCRIPTION, GLOBAL_SUBSCRIPTION, stateReport, tell } from './workitem-events.ts';
import type { Workitems } from './workitems.ts';

export interface Subscriber {
  tenant: number;
  /** AE title. */
  subscriber: string;
}

/** Whether it names all workitems, or those that match, and none. */
const isWellKnown = (uid: string): boolean => uid === GLOBAL_SUBSCRIPTION || uid === FILTERED_SUBSCRIPTION;

/**
 * `filter`: the keys of a filtered subscription. Who subscribes to one workitem is told how it stands (CC.2.3.3). Throws
 * workitem/unknown.
 */
export async function subscribe(
  { database, workitems, node }: { database: Database; workitems: Workitems; node: string },
  { tenant, subscriber }: Subscriber,
  uid: string,
  { deletionLock, filter }: { deletionLock: boolean; filter?: DataSet },
): Promise<void> {
  const told = isWellKnown(uid) ? undefined : await workitems.read(tenant, uid);
  const keys = uid === FILTERED_SUBSCRIPTION && filter ? jsonText(filter) : null;
  await database.kysely.transaction().execute(async (transaction) => {
    await sql`
      insert into workitem_subscription (tenant, subscriber, workitem, deletion_lock, filter)
      values (${tenant}, ${subscriber}, ${uid}, ${deletionLock}, ${keys})
      on conflict (tenant, subscriber, workitem) do update
        set deletion_lock = excluded.deletion_lock, filter = excluded.filter, suspended_at = null`.execute(transaction);
    if (told === undefined) return;
    const information = stateReport(told);
    const eventTypeId = eventTypes.stateReport;
    await tell(transaction, { tenant, uid, eventTypeId, information, subscribers: [subscriber], node });
  });
}

/** Of all workitems: of each of them too (CC.2.3.3). */
export async function unsubscribe(database: Database, { tenant, subscriber }: Subscriber, uid: string): Promise<void> {
  await database.query(
    `delete from workitem_subscription where tenant = $1 and subscriber = $2 and (workitem = $3 or $4)`,
    [tenant, subscriber, uid, uid === GLOBAL_SUBSCRIPTION],
  );
}

/** What is created from now on is not told. Throws workitem/not-well-known where one workitem is named. */
export async function suspend(database: Database, { tenant, subscriber }: Subscriber, uid: string): Promise<void> {
  if (!isWellKnown(uid)) throw new Problem('workitem/not-well-known');
  await database.query(
    `update workitem_subscription set suspended_at = now() where tenant = $1 and subscriber = $2 and workitem = $3`,
    [tenant, subscriber, uid],
  );
}
