// Versions of signed reports on their way to the destinations that the contract names, until the ledger of deliveries has proof
// that each has arrived and the log of the case says so.

import type { Database } from '../../storage/database.ts';

export const limits = {
  /** Looked at together. */
  rows: 500,
} as const;

export interface NewDelivery {
  case: string;
  /** As the log of the case counts; absent of what was withdrawn. */
  version?: number;
  tenant: number;
  report: string;
  reportVersion: number;
  textHash: string;
  destinations: readonly string[];
}

export interface OpenDelivery {
  case: string;
  version: number | null;
  destination: string;
  tenant: number;
  report: string;
  reportVersion: number;
  textHash: string;
  state: 'filing' | 'sending' | 'delivered' | 'failed' | 'superseded';
  isTold: boolean;
  reason: string | null;
}

/** Where the contract names no destination, a report is delivered when it is among the client's reports. */
export const HOME = 'home';

/** Earlier versions that have not gone yet need not: this one says it all. */
export async function planDeliveries(database: Database, planned: NewDelivery): Promise<void> {
  const { case: id, version, tenant, report, reportVersion, textHash, destinations } = planned;
  await database.query(
    `with superseded as (
       update reading_delivery set state = 'superseded', is_told = true, settled_at = now()
       where case_id = $1 and report_version < $5 and state = 'filing')
     insert into reading_delivery (case_id, version, tenant, report, report_version, text_hash, destination)
     select $1, $2, $3, $4, $5, $6, name from unnest($7::text[]) as name on conflict do nothing`,
    [id, version ?? null, tenant, report, reportVersion, textHash, destinations.length === 0 ? [HOME] : destinations],
  );
}

/** What is not at its end, or not told. */
export function openDeliveries(database: Database): Promise<OpenDelivery[]> {
  return database.query<OpenDelivery & Record<string, unknown>>(
    `select case_id as case, version, destination, tenant, report, report_version as "reportVersion", text_hash as "textHash",
       state, is_told as "isTold", reason
     from reading_delivery where state in ('filing', 'sending', 'failed') or not is_told
     order by (state = 'failed'), at, case_id limit $1`,
    [limits.rows],
  );
}

export async function settleDelivery(
  database: Database,
  { case: id, destination, reportVersion }: Pick<OpenDelivery, 'case' | 'destination' | 'reportVersion'>,
  { state, isTold, reason }: { state: OpenDelivery['state']; isTold: boolean; reason?: string | undefined },
): Promise<void> {
  await database.query(
    `update reading_delivery set state = $4, is_told = $5, reason = $6,
       settled_at = case when $4 in ('delivered', 'superseded') then now() end
     where case_id = $1 and destination = $2 and report_version = $3`,
    [id, destination, reportVersion, state, isTold, reason ?? null],
  );
}

/** Destinations that this version of the report has yet to reach. */
export async function outstanding(database: Database, caseId: string, version: number): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::integer as count from reading_delivery where case_id = $1 and version = $2
     and state not in ('delivered', 'superseded')`,
    [caseId, version],
  );
  return row!.count;
}

/** Rows of the instances that are this version of a report in its study. */
export async function documentsOf(
  database: Database,
  { tenant, report, reportVersion }: Pick<OpenDelivery, 'tenant' | 'report' | 'reportVersion'>,
): Promise<{ id: string; study: string; series: string }[]> {
  return database.query(
    `select i.id, i.study, r.series_uid as series from report_document d
     join instance i on i.tenant = d.tenant and i.sop_uid = d.sop_uid join series r on r.id = i.series
     where d.tenant = $1 and d.report = $2 and d.version = $3 and i.served and i.hidden_at is null order by i.id`,
    [tenant, report, reportVersion],
  );
}

/** What became of instances on their way to a destination; of one that was sent in several forms, the best. */
export async function ledgerOf(
  database: Database,
  destination: number,
  instances: readonly string[],
): Promise<{ instance: string; isThere: boolean; isFailed: boolean; problem: string | null }[]> {
  return database.query(
    `select d.instance, bool_or(d.state in ('accepted', 'verified', 'committed')) as "isThere",
       bool_and(d.state = 'failed') as "isFailed", max(d.problem) as problem
     from delivery d join consignment c on c.id = d.consignment
     where c.destination = $1 and d.instance = any($2::bigint[]) group by d.instance`,
    [destination, instances],
  );
}
