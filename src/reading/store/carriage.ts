// What is carried to an exchange elsewhere (migrations/0043-reading-carriage.sql): what is due, what was acknowledged, and what
// fails. A row is written after the exchange has said that it has it, so that it says never more than what is there.

import type { Database } from '../../storage/database.ts';

export interface DueCarriage {
  case: string;
  /** Of the client. */
  tenant: number;
  priority: 'routine' | 'urgent' | 'asap' | 'stat';
  /** What would be asked for: differs from what was, or copies are missing there. */
  wanted: string;
  failures: number;
  failingSince: Date | null;
}

const OVER = `('cancelled', 'rejected', 'in-error', 'closed')`;

/** Of one room, the most urgent first: whose copies are whole here, and not all of them, or not as they are now, there. */
export async function carriageDue(database: Database, room: number): Promise<DueCarriage[]> {
  return database.query<DueCarriage & Record<string, unknown>>(
    `select o.case_id as case, o.tenant, o.document->>'priority' as priority, wanted.text as wanted,
       coalesce(g.failures, 0) as failures, g.failing_since as "failingSince"
     from reading_outbound o join reading_case c on c.id = o.case_id
     left join reading_carriage g on g.case_id = o.case_id
     cross join lateral (
       select concat((select encode(e.sha256, 'hex') from reading_egress e
         where e.case_id = o.case_id and e.name = 'context' and e.removed_at is null), ' ', o.document->>'priority') as text
     ) as wanted
     where o.room = $1 and o.state = 'whole' and c.state not in ${OVER}
       and coalesce(g.retry_at, '-infinity') <= now() and (g.refused is null or c.state = 'receiving')
       and (g.asked is distinct from wanted.text or exists (${MISSING}))
     order by array_position(array['stat', 'asap', 'urgent', 'routine'], o.document->>'priority'), o.case_id`,
    [room],
  );
}

const MISSING = `select from reading_egress e where e.case_id = o.case_id and e.kind = 'instance' and e.removed_at is null
  and not exists (select from reading_carried d where d.case_id = e.case_id and d.name = e.name)`;

export interface UncarriedCopy extends Record<string, unknown> {
  name: string;
  studyUid: string;
}

/** SOP Instance UIDs of copies that lie in the room and that the exchange has not acknowledged. */
export async function uncarried(database: Database, caseId: string): Promise<UncarriedCopy[]> {
  return database.query<UncarriedCopy>(
    `select e.name, e.study_uid as "studyUid" from reading_egress e
     where e.case_id = $1 and e.kind = 'instance' and e.removed_at is null
       and not exists (select from reading_carried d where d.case_id = e.case_id and d.name = e.name)
     order by e.name`,
    [caseId],
  );
}

export interface CarriedObject {
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
  sopClassUid: string;
}

/** The exchange has it. */
export async function markCarried(database: Database, caseId: string, object: CarriedObject): Promise<void> {
  await database.query('insert into reading_carriage (case_id) values ($1) on conflict do nothing', [caseId]);
  await database.query(
    `insert into reading_carried (case_id, name, study_uid, series_uid, sop_class) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [caseId, object.sopInstanceUid, object.studyInstanceUid, object.seriesInstanceUid, object.sopClassUid],
  );
}

export interface GoneCopies extends Record<string, unknown> {
  case: string;
  /** Under which they left. */
  patient: string;
  /** Since when all of them are. */
  goneAt: Date;
  objects: CarriedObject[];
}

/** Copies that are gone from the room and that the exchange was not told so of, by case and study. */
export async function goneCopies(database: Database, room: number): Promise<GoneCopies[]> {
  return database.query<GoneCopies>(
    `select d.case_id as case, e.patient, max(e.removed_at) as "goneAt", json_agg(json_build_object('studyInstanceUid', d.study_uid,
       'seriesInstanceUid', d.series_uid, 'sopInstanceUid', d.name, 'sopClassUid', d.sop_class) order by d.name) as objects
     from reading_carried d join reading_egress e on e.case_id = d.case_id and e.name = d.name
     where e.room = $1 and e.removed_at is not null
       -- Another case still has it there.
       and not exists (select from reading_egress o where o.room = e.room and o.name = e.name and o.removed_at is null)
     group by d.case_id, e.patient, d.study_uid`,
    [room],
  );
}

/** The exchange was told. What is copied anew is carried anew. */
export async function markRejected(database: Database, caseId: string, names: readonly string[]): Promise<void> {
  await database.query('delete from reading_carried where case_id = $1 and name = any($2)', [caseId, names]);
}

/** What of these the exchange has from us, or is here from it. */
export async function knownHere(database: Database, room: number, names: readonly string[]): Promise<Set<string>> {
  const rows = await database.query<{ name: string }>(
    `select sop_uid as name from instance where tenant = $1 and sop_uid = any($2)
     union select name from reading_carried where name = any($2)`,
    [room, names],
  );
  return new Set(rows.map(({ name }) => name));
}

/** Everything is there, and was asked for. */
export async function markAsked(database: Database, caseId: string, wanted: string): Promise<void> {
  await database.query(
    `insert into reading_carriage as g (case_id, asked, asked_at) values ($1, $2, now())
     on conflict (case_id) do update set asked = excluded.asked, asked_at = coalesce(g.asked_at, excluded.asked_at),
       failures = 0, failing_since = null, refused = null, retry_at = '-infinity'`,
    [caseId, wanted],
  );
}

/** The exchange cannot be reached, or will not have it now. Resolves to since when that is so. */
export async function carriageFailed(database: Database, caseId: string, inMs: number): Promise<Date> {
  const [row] = await database.query<{ since: Date }>(
    `insert into reading_carriage as g (case_id, failures, failing_since, retry_at)
       values ($1, 1, now(), now() + make_interval(secs => $2))
     on conflict (case_id) do update set failures = g.failures + 1, failing_since = coalesce(g.failing_since, now()),
       retry_at = excluded.retry_at
     returning failing_since as since`,
    [caseId, inMs / 1000],
  );
  return row!.since;
}

/** The exchange will not have it, however often it is asked. */
export async function carriageRefused(database: Database, caseId: string, code: string): Promise<void> {
  await database.query(
    `insert into reading_carriage as g (case_id, refused, failing_since) values ($1, $2, now())
     on conflict (case_id) do update set refused = excluded.refused, failing_since = coalesce(g.failing_since, now())`,
    [caseId, code],
  );
}

export interface AwayCase extends Record<string, unknown> {
  case: string;
  /** As the room, and the exchange, know it. */
  studyUid: string;
}

/**
 * Cases that were asked for and of which something may still come home, and whose turn it is: the sooner the later they were
 * asked for, from `leastS` to `mostS` seconds between two looks at one.
 */
export async function awaited(
  database: Database,
  room: number,
  { leastS, mostS, atOnce }: { leastS: number; mostS: number; atOnce: number },
): Promise<AwayCase[]> {
  return database.query<AwayCase>(
    `update reading_carriage g set looked_at = now() from (
       select c.id, c.room_study_uid from reading_carriage w join reading_case c on c.id = w.case_id
       where c.room = $1 and w.asked_at is not null and c.room_study_uid is not null and c.state not in ${OVER}
         and w.looked_at + least(greatest((now() - w.asked_at) / 60, make_interval(secs => $2)), make_interval(secs => $3)) <= now()
       order by w.looked_at limit $4) as c
     where g.case_id = c.id returning c.id as case, c.room_study_uid as "studyUid"`,
    [room, leastS, mostS, atOnce],
  );
}

/** Whether a case was given to an exchange elsewhere: whoever reads it there has claimed it there. */
export async function wasCarried(database: Database, cases: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await database.query<{ id: string }>(
    'select case_id as id from reading_carriage where asked_at is not null and case_id = any($1)',
    [cases],
  );
  return new Set(rows.map(({ id }) => id));
}
