// Which case something that a reader stored is of, and the way home of it: the study in the room names it, or its patient does
// where only one case of theirs is there; somebody of the provider has claimed it, or signs it with this, or it was given to an
// exchange elsewhere, where claims are made. What the provider has stored in the case so far is its own.

import { createHash } from 'node:crypto';
import { asProblem } from '../../base/problem.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { fromJson } from '../../dicom/json.ts';
import { newUid } from '../../dicom/uid.ts';
import type { ReturnCode, WayHome } from '../../reading/privacy/way-home.ts';
import { wasCarried } from '../../reading/store/carriage.ts';
import { readingsOfSameStudy, type StoredCase, storedCase } from '../../reading/store/case-row.ts';
import type { Database } from '../../storage/database.ts';
import type { Core } from '../core.ts';
import { isFurther } from './further-reading.ts';

export interface ReturningCase {
  stored: StoredCase;
  /** Somebody has taken up a further reading of it since: only a person can say that it is not of that. */
  isReadAgain?: boolean;
  way: WayHome;
  /** Patient and study attributes as the client has them. */
  study: DataSet;
  /** Its row there. */
  studyId: string;
}

/** A copy that lay in a room: for which case, and since when. */
interface AwayRow extends Record<string, unknown> {
  id: string;
  /** YYYYMMDD, in UTC. */
  leftOn: string;
}

/**
 * The code of a finding where it is of no case of whose the way home is known. `isSigned`: who signs takes the case by it, where
 * nobody has claimed it here.
 */
export async function returningCase(
  core: Core,
  room: number,
  studyUid: string,
  isSigned = false,
): Promise<ReturningCase | ReturnCode> {
  const { database } = core;
  const rows = await database.query<AwayRow>(
    `select case_id as id, to_char(min(left_at) at time zone 'UTC', 'YYYYMMDD') as "leftOn" from reading_egress
     where room = $1 and study_uid = $2 and kind = 'instance' group by case_id`,
    [room, studyUid],
  );
  const away = await Promise.all(rows.map(async (row) => ({ ...row, stored: await storedCase(database, row.id) })));
  const carried = await wasCarried(
    database,
    rows.map(({ id }) => id),
  );
  const claimed = away
    .filter(
      ({ id, stored }) =>
        claimOf(stored) !== undefined ||
        (stored !== undefined && carried.has(id)) ||
        (isSigned && stored?.reading.clocks.ready !== undefined),
    )
    .sort((a, b) => (claimOf(b.stored) ?? 0) - (claimOf(a.stored) ?? 0));
  if (claimed.length === 0) return away.length === 0 ? 'not-of-case' : 'not-read-here';
  for (const { leftOn, stored } of claimed) {
    const found = await wayOf(core, stored!, room, leftOn);
    // Copies of priors lie in the room for the case, and nobody reports on them in it.
    if (typeof found === 'string') return found;
    if (found.way.map.studyUid.pseudonym === studyUid) {
      return { ...found, isReadAgain: await isReadAgain(database, stored!.reading.id) };
    }
  }
  return 'not-of-case';
}

const claimOf = (stored: StoredCase | undefined): number | undefined => stored?.reading.clocks.claim;

/** The study of the one case of a patient in a room that is not called off; undefined where there are more, or none. */
export async function onlyStudyOf({ database }: Core, room: number, patientId: string): Promise<string | undefined> {
  const rows = await database.query<{ study: string }>(
    `select distinct c.room_study_uid as study from reading_case c
     join study s on s.tenant = c.room and s.study_uid = c.room_study_uid
     where c.room = $1 and s.patient_id = $2 and $2 <> '' and c.state not in ('cancelled', 'rejected', 'in-error') limit 2`,
    [room, patientId],
  );
  return rows.length === 1 ? rows[0]!.study : undefined;
}

/** Of a report that was signed here: its case is known. */
export async function caseOfSigned(core: Core, stored: StoredCase): Promise<ReturningCase | ReturnCode> {
  const [row] = await core.database.query<{ leftOn: string | null }>(
    `select to_char(min(left_at) at time zone 'UTC', 'YYYYMMDD') as "leftOn" from reading_egress where case_id = $1`,
    [stored.reading.id],
  );
  if (stored.room === undefined || !row?.leftOn) return 'not-of-case';
  return wayOf(core, stored, stored.room, row.leftOn);
}

/** A further reading is taken up when what is read first is signed: what comes from then on may be of either. */
async function isReadAgain(database: Database, caseId: string): Promise<boolean> {
  const readings = await readingsOfSameStudy(database, caseId);
  return readings.some((each) => isFurther(each) && each.reading.clocks.claim !== undefined);
}

async function wayOf(
  { database, vault }: Core,
  stored: StoredCase,
  room: number,
  leftOn: string,
): Promise<ReturningCase | ReturnCode> {
  const { id } = stored.reading;
  const map = await vault.mapOf(id).catch((thrown) => {
    if (/^reading\/(?:erased|not-in-vault)$/.test(asProblem(thrown).code)) return undefined;
    throw thrown;
  });
  if (map === undefined) return 'no-way-back';
  const study = await studyAtHome(database, stored.client, map.studyUid.original, map.patient.original.id);
  if (study === undefined) return 'not-of-case';
  const own = await ownUids(database, room, map.studyUid.pseudonym);
  return {
    stored,
    ...study,
    way: {
      map,
      leftOn,
      studyDays: await studyDays(database, room, map.patient.pseudonym.id ?? ''),
      isOwn: (uid) => own.has(uid),
      minted: (uid) =>
        newUid(
          createHash('sha256')
            .update(JSON.stringify(['home', id, uid]))
            .digest(),
          8,
        ),
    },
  };
}

async function studyAtHome(
  database: Database,
  tenant: number,
  studyUid: string,
  patientId: string | undefined,
): Promise<Pick<ReturningCase, 'study' | 'studyId'> | undefined> {
  const [row] = await database.query<{ id: string; attributes: string }>(
    `select id, attributes from study where tenant = $1 and study_uid = $2 and hidden_at is null
     order by (patient_id is not distinct from $3) desc, id limit 1`,
    [tenant, studyUid, patientId ?? null],
  );
  return row && { study: fromJson(JSON.parse(row.attributes)), studyId: row.id };
}

/** SOP and Series Instance UIDs of what is no copy. */
async function ownUids(database: Database, room: number, studyUid: string): Promise<ReadonlySet<string>> {
  const rows = await database.query<{ sop: string; series: string }>(
    `select i.sop_uid as sop, r.series_uid as series from study s join series r on r.study = s.id join instance i on i.series = r.id
     where s.tenant = $1 and s.study_uid = $2
       and not exists (select from reading_egress e where e.room = $1 and e.name = i.sop_uid)`,
    [room, studyUid],
  );
  return new Set(rows.flatMap(({ sop, series }) => [sop, series]));
}

/** Of all of this patient's studies in the room, as the reader sees them: YYYY-MM-DD. */
async function studyDays(database: Database, room: number, patientId: string): Promise<ReadonlySet<string>> {
  const rows = await database.query<{ date: string }>(
    'select distinct study_date as date from study where tenant = $1 and patient_id = $2 and study_date is not null',
    [room, patientId],
  );
  return new Set(rows.map(({ date }) => date.replace(/^(\d{4})\.?(\d{2})\.?(\d{2})$/, '$1-$2-$3')));
}
