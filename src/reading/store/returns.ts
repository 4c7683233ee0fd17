// What came back from the rooms of readers, one row for each instance and each version of a report: at home, or why it waits.

import type { Database } from '../../storage/database.ts';
import type { ReturnFinding } from '../privacy/way-home.ts';

export const limits = {
  /** Of one answer. */
  rows: 500,
  /** Waiting ones of a case that are looked at again when something else of it comes. */
  again: 100,
} as const;

export interface ReturnKey {
  room: number;
  /** `signed`: here, in our own editor; then its name is its case. */
  kind: 'instance' | 'report' | 'signed';
  /** In the room. */
  name: string;
  version: number;
}

/** What a person said of one that waited. */
export interface ReturnDecision {
  by: string;
  reason: string;
  /** Words of dates that are right as they are. */
  dates?: readonly string[];
  /** Somebody has looked at its pixels. */
  pixels?: boolean;
}

/** What became of one. */
export interface Settlement {
  state: 'home' | 'quarantined' | 'discarded';
  /** Of the client; absent where it is of no case. */
  tenant?: number;
  case?: string;
  findings?: readonly ReturnFinding[];
  home?: string;
  /** Titles of what came with it and was made anew. */
  replaced?: readonly string[];
}

/** What was decided of one that is at home, or discarded, holds. */
export async function settleReturn(
  database: Database,
  { room, kind, name, version }: ReturnKey,
  { state, tenant, case: caseId, findings = [], home, replaced = [] }: Settlement,
  decision?: ReturnDecision,
): Promise<void> {
  const { by, ...said } = decision ?? {};
  await database.query(
    `insert into reading_return as r (room, kind, name, version, state, tenant, case_id, findings, home, replaced, decided_by, decision)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (room, kind, name, version) do update set state = excluded.state, tenant = coalesce(excluded.tenant, r.tenant),
       case_id = coalesce(excluded.case_id, r.case_id), findings = excluded.findings, home = excluded.home,
       replaced = excluded.replaced, decided_by = excluded.decided_by, decision = excluded.decision, settled_at = now()
     where r.state = 'quarantined'`,
    [
      ...[room, kind, name, version, state, tenant ?? null, caseId ?? null, JSON.stringify(findings), home ?? null],
      ...[replaced, by ?? null, decision === undefined ? null : JSON.stringify(said)],
    ],
  );
}

export interface ReturnRow extends ReturnKey {
  id: string;
  case: string | null;
  tenant: number | null;
  provider: string;
  state: Settlement['state'];
  findings: ReturnFinding[];
  home: string | null;
  replaced: string[];
  at: Date;
}

/** What it is called at home is nothing that the room knows. */
const shownTo = (tenant: string): string =>
  `r.id, r.room, r.kind, r.name, r.version, r.state, r.tenant, r.case_id as case, r.findings, r.replaced, r.at, o.provider,
   case when r.tenant = ${tenant} then r.home end as home`;
const FROM = 'reading_return r join reading_room o on o.tenant = r.room';

/** Of a client's cases, or of a room; the newest first. */
export function returnsOf(
  database: Database,
  tenant: number,
  { state, before, limit = limits.rows }: { state?: string; before?: string; limit?: number },
): Promise<ReturnRow[]> {
  return database.query<ReturnRow & Record<string, unknown>>(
    `select ${shownTo('$1')} from ${FROM}
     where (r.tenant = $1 or r.room = $1) and ($2::text is null or r.state = $2) and ($3::bigint is null or r.id < $3)
     order by r.id desc limit $4`,
    [tenant, state ?? null, before ?? null, Math.min(limit, limits.rows)],
  );
}

export async function returnRow(database: Database, tenant: number, id: string): Promise<ReturnRow | undefined> {
  const [row] = await database.query<ReturnRow & Record<string, unknown>>(
    `select ${shownTo('$1')} from ${FROM} where r.id = $2 and (r.tenant = $1 or r.room = $1)`,
    [tenant, id],
  );
  return row;
}

/** Whether it was dealt with: it is not brought home twice, and what waits is not judged by itself again. */
export async function isSettled(database: Database, { room, kind, name, version }: ReturnKey): Promise<boolean> {
  const rows = await database.query(
    'select 1 from reading_return where room = $1 and kind = $2 and name = $3 and version = $4',
    [room, kind, name, version],
  );
  return rows.length > 0;
}

/** Those of a case that may have waited for what has come since: they name a UID that nobody knew, or a text that was not there. */
export function waitingOfCase(database: Database, caseId: string): Promise<ReturnKey[]> {
  return database.query<ReturnKey & Record<string, unknown>>(
    `select room, kind, name, version from reading_return
     where case_id = $1 and state = 'quarantined'
       and not exists (select from jsonb_array_elements(findings) f where f->>'code' not in ('foreign-uid', 'pseudonym-left'))
     order by id limit $2`,
    [caseId, limits.again],
  );
}
