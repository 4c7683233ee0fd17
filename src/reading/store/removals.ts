// What is to go of what left, and the proof that it went.

import type { Database } from '../../storage/database.ts';
import type { Absence } from '../../storage/room-erase.ts';
import { domainName, type VaultDomain } from './vault.ts';

export type RemovalReason = 'recalled' | 'expired';

interface NamedCopy {
  /** SOP Instance UID of the copy, or a document's name. */
  name: string;
  /** Hexadecimal. */
  sha256: string;
}

export interface RemovalProof {
  case: string;
  reason: RemovalReason;
  at: string;
  copies: NamedCopy[];
  documents: NamedCopy[];
  /** Copies that another case of the same reader still needs. */
  heldByOthers: NamedCopy[];
  removedAt: string;
  /** What was found when it was looked for afterwards. */
  found: Absence;
}

interface ReleasedRow extends NamedCopy {
  kind: 'instance' | 'document';
  studyUid: string;
  patient: string;
  /** Nobody else needs it. */
  isFree: boolean;
}

export interface Released {
  room: number;
  recipient: string;
  rows: ReleasedRow[];
  /** SOP Instance UIDs of copies that may be erased. */
  free: string[];
  /** Under which they left. */
  patients: string[];
}

/** What is named of a case; all of it where nothing is. */
export interface OfCase {
  case: string;
  /** SOP Instance UIDs of copies, or names of documents. */
  names?: readonly string[];
}

/** What there is of it, and what of that nobody else needs. The ledger has it until it is gone (see `markRemoved`). */
export async function copiesToRemove(database: Database, { case: id, names }: OfCase): Promise<Released> {
  const rows = await database.query<ReleasedRow & { room: number; recipient: string } & Record<string, unknown>>(
    `select name, kind, room, recipient, study_uid as "studyUid", patient, encode(sha256, 'hex') as sha256, not exists (
       select from reading_egress e where e.room = gone.room and e.name = gone.name and e.removed_at is null
         and e.case_id <> $1) as "isFree"
     from reading_egress gone where case_id = $1 and removed_at is null and ($2::text[] is null or name = any($2))
     order by name`,
    [id, names ?? null],
  );
  return {
    room: rows[0]?.room ?? 0,
    recipient: rows[0]?.recipient ?? '',
    rows,
    free: rows.filter(({ kind, isFree }) => kind === 'instance' && isFree).map(({ name }) => name),
    patients: [...new Set(rows.map(({ patient }) => patient))],
  };
}

/** They are gone: said last, so that whoever was cut off begins again. */
export async function markRemoved(database: Database, { case: id, names }: OfCase): Promise<void> {
  await database.query(
    `update reading_egress set removed_at = now(), content = null
     where case_id = $1 and removed_at is null and ($2::text[] is null or name = any($2))`,
    [id, names ?? null],
  );
}

/** Their time is over: what a recall does not come to, housekeeping does. */
export async function expireNow(database: Database, caseId: string): Promise<void> {
  await database.query(
    'update reading_egress set expires_at = least(expires_at, now()) where case_id = $1 and removed_at is null',
    [caseId],
  );
}

export async function writeProof(
  database: Database,
  {
    tenant,
    case: id,
    recipient,
    reason,
    by,
  }: { tenant: number; case: string; recipient: string; reason: RemovalReason; by: string },
  document: Omit<RemovalProof, 'case' | 'at' | 'reason'>,
): Promise<RemovalProof> {
  const [row] = await database.query<{ at: Date }>(
    `insert into reading_removal_proof (case_id, tenant, recipient, reason, asked_by, document)
     values ($1, $2, $3, $4, $5, $6) returning at`,
    [id, tenant, recipient, reason, by, JSON.stringify(document)],
  );
  return { case: id, reason, at: row!.at.toISOString(), ...document };
}

/** Of a client, the newest first; of one case where it is named. */
export async function proofsOf(database: Database, tenant: number, caseId?: string): Promise<RemovalProof[]> {
  const rows = await database.query<{
    case: string;
    reason: RemovalReason;
    at: Date;
    document: Omit<RemovalProof, 'case' | 'at' | 'reason'>;
  }>(
    `select case_id as case, reason, at, document from reading_removal_proof
     where tenant = $1 and ($2::text is null or case_id = $2) order by id desc limit 1000`,
    [tenant, caseId ?? null],
  );
  return rows.map(({ document, at, ...row }) => ({ ...row, at: at.toISOString(), ...document }));
}

/** Under which domain and pseudonym the patient of a case is known: of which client, and under which name in the ledger. */
export async function placeInVault(
  database: Database,
  caseId: string,
): Promise<{ domain: VaultDomain; patient: string } | undefined> {
  const [row] = await database.query<{ tenant: number; client: string; recipient: string; patient: string }>(
    `select e.tenant, t.name as client, e.recipient, e.patient from reading_egress e join tenant t on t.id = e.tenant
     where e.case_id = $1 limit 1`,
    [caseId],
  );
  if (row === undefined) return undefined;
  const { tenant, client, recipient, patient } = row;
  return { domain: { tenant, name: domainName(client, recipient) }, patient };
}

/** Cases of which a copy is there longer than it may be, and that nobody is still reading again. */
export function expiredCases(database: Database, now: Date): Promise<{ case: string; tenant: number }[]> {
  return database.query<{ case: string; tenant: number }>(
    `select distinct e.case_id as case, e.tenant from reading_egress e where e.removed_at is null and e.expires_at <= $1
       and not exists (select from reading_case again where again.part_of = e.case_id
         and again.state not in ('final', 'delivered', 'answered', 'closed', 'cancelled', 'rejected', 'in-error')) order by 1`,
    [now],
  );
}
