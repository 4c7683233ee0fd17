// Rejection notes of corrections on their way to receivers, and what is told of corrections until somebody acknowledged them.

import type { Database } from './database.ts';
import { DELIVERY_CHANNEL, limits as ledger } from './ledger.ts';

export const limits = {
  /** Corrections that are told of one study. */
  ofStudy: 100,
} as const;

export interface WaitingNote {
  id: string;
  attempts: number;
  noteUid: string;
  code: string;
  createdAt: Date;
  /** Under whom the copies went, and under whom they should have gone. */
  wasPatients: string[];
  patient: string;
  /** DICOM JSON model of the patient and study level, as received. */
  attributes: string;
}

/** By the UIDs under which the receiver knows it. */
export interface RejectedCopy {
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
  sopClassUid: string;
}

/** The first that may be sent to `destination` now, held by `holder` from now on. */
export async function takeNote(
  database: Database,
  destination: number,
  holder: string,
): Promise<WaitingNote | undefined> {
  const [taken] = await database.query<WaitingNote & Record<string, unknown>>(
    `update correction c set holder = $2, held_until = now() + make_interval(secs => $3) from study s
     where c.id = (select id from correction
       where destination = $1 and state = 'queued' and retry_at <= now() and held_until <= now()
       order by id limit 1 for update skip locked) and s.id = c.study
     returning c.id, c.attempts, c.note_uid as "noteUid", c.code, c.created_at as "createdAt",
       c.was_patients as "wasPatients", c.patient, s.attributes`,
    [destination, holder, ledger.holdSeconds],
  );
  return taken;
}

export function rejectedCopies(database: Database, correction: string): Promise<RejectedCopy[]> {
  return database.query<RejectedCopy & Record<string, unknown>>(
    `select coalesce(d.sent_as[1], s.study_uid) as "studyInstanceUid", coalesce(d.sent_as[2], r.series_uid) as "seriesInstanceUid",
       coalesce(d.sent_as[3], i.sop_uid) as "sopInstanceUid", i.sop_class as "sopClassUid"
     from correction c join delivery d on d.consignment = c.consignment and d.state = 'corrected'
     join instance i on i.id = d.instance join series r on r.id = i.series join study s on s.id = r.study
     where c.id = $1 order by r.id, i.id`,
    [correction],
  );
}

export interface NoteOutcome {
  state: 'queued' | 'sent' | 'failed';
  status?: number;
  problem?: string;
  /** When it is queued: when it may be sent again. */
  retryAt?: Date;
}

/** What takes the place of the copies is sent once the receiver has the note. */
export async function settleNote(
  database: Database,
  id: string,
  holder: string,
  { state, status, problem, retryAt }: NoteOutcome,
): Promise<void> {
  await database.query(
    `with settled as (
       update correction set state = $3, status = $4, problem = $5, attempts = attempts + 1, retry_at = coalesce($6, retry_at),
         holder = null, held_until = '-infinity', settled_at = case when $3 <> 'queued' then now() end
       where id = $1 and holder = $2 returning successor)
     update consignment set barred = null from settled where $3 = 'sent' and consignment.id = settled.successor`,
    [id, holder, state, status ?? null, problem ?? null, retryAt ?? null],
  );
}

/** Sends notes again that failed; resolves to how many. */
export async function replayNotes(
  database: Database,
  tenant: number,
  { destination, studyInstanceUid }: { destination?: string; studyInstanceUid?: string },
): Promise<number> {
  const rows = await database.query(
    `update correction c set state = 'queued', attempts = 0, settled_at = null, retry_at = '-infinity'
     from destination t, study s where c.tenant = $1 and c.state = 'failed' and t.id = c.destination and s.id = c.study
       and ($2::text is null or t.name = $2) and ($3::text is null or s.study_uid = $3) returning c.id`,
    [tenant, destination ?? null, studyInstanceUid ?? null],
  );
  return rows.length;
}

export interface CorrectionRow {
  id: string;
  destination: string;
  studyInstanceUid: string;
  /** `corrected`: the receiver took the note and everything that takes the place of what it has. */
  state: string;
  noteSopInstanceUid: string | null;
  code: string | null;
  instances: number;
  /** Of those that take the place: not taken yet. */
  outstanding: number;
  attempts: number;
  status: number | null;
  problem: string | null;
  acknowledgedBy: string | null;
  createdAt: Date;
  settledAt: Date | null;
}

export interface CorrectionQuery {
  studyInstanceUid?: string;
  destination?: string;
  /** Those that neither their receiver nor a person has acknowledged. */
  isOpen: boolean;
  limit: number;
}

const CORRECTIONS = `select * from (
  select c.id, t.name as destination, s.study_uid as "studyInstanceUid", c.tenant,
    case when c.state = 'sent' and o.outstanding = 0 then 'corrected' else c.state end as state,
    nullif(c.note_uid, '') as "noteSopInstanceUid", nullif(c.code, '') as code, o.instances, o.outstanding, c.attempts, c.status,
    c.problem, c.acknowledged_by as "acknowledgedBy", c.created_at as "createdAt", c.settled_at as "settledAt", c.study
  from correction c join destination t on t.id = c.destination join study s on s.id = c.study
  cross join lateral (
    select count(*)::integer as instances, count(*) filter (where d.state in ('queued', 'failed'))::integer as outstanding
    from delivery d where d.consignment = coalesce(c.successor, c.consignment)) o) as told`;

/** Newest first. */
export function correctionRows(database: Database, tenant: number, query: CorrectionQuery): Promise<CorrectionRow[]> {
  const { studyInstanceUid, destination, isOpen, limit } = query;
  return database.query<CorrectionRow & Record<string, unknown>>(
    `${CORRECTIONS} where tenant = $1 and ($2::text is null or "studyInstanceUid" = $2)
       and ($3::text is null or destination = $3) and (not $4 or state not in ('corrected', 'acknowledged'))
     order by id desc limit $5`,
    [tenant, studyInstanceUid ?? null, destination ?? null, isOpen, limit],
  );
}

/** Of a study, by its row; also those that are over. */
export function correctionsOfStudy(database: Database, study: string): Promise<CorrectionRow[]> {
  return database.query<CorrectionRow & Record<string, unknown>>(
    `${CORRECTIONS} where study = $1 order by id desc limit $2`,
    [study, limits.ofStudy],
  );
}

/**
 * Somebody has seen to it: it is shown no longer, and where the receiver did not take the note, what takes the place of its
 * copies is sent without. Resolves to whether there is such a correction.
 */
export async function acknowledgeCorrection(
  database: Database,
  tenant: number,
  id: string,
  by: string,
): Promise<boolean> {
  const rows = await database.query(
    `with seen as (
       update correction set state = 'acknowledged', acknowledged_by = $3, settled_at = now(), holder = null
       where tenant = $1 and id = $2 returning id, successor),
     freed as (update consignment set barred = null from seen where consignment.id = seen.successor and barred = 'note')
     select id, pg_notify('${DELIVERY_CHANNEL}', '') from seen`,
    [tenant, id, by],
  );
  return rows.length > 0;
}
