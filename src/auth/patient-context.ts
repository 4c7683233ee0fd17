// One patient and no other: which studies a session opens that an EHR launched. A study that any source gives to somebody
// else is not this patient's, because what lies under one Study Instance UID is shown together.

import type { Database } from '../storage/database.ts';
import { limits } from './limits.ts';

/** Patient ID with its issuer (PS3.3 C.7.1.1). */
export interface PatientIdentifier {
  id: string;
  /** Issuer of Patient ID; empty where a study names none. */
  issuer: string;
}

/** What the EHR asks for of the patient, by either name; all studies where it names none. */
export interface AskedStudies {
  studyUids: readonly string[];
  accessionNumbers: readonly string[];
}

/** Whether `patients` are known, and each is called by one of `names`. */
export function isSamePatient(
  names: readonly PatientIdentifier[],
  patients: readonly PatientIdentifier[] | undefined,
): boolean {
  const isNamed = ({ id, issuer }: PatientIdentifier) => names.some((name) => name.id === id && name.issuer === issuer);
  return patients !== undefined && patients.length > 0 && patients.every(isNamed);
}

/** Whom the sources of a study say it is of; empty where there is no such study. */
export function patientsOfStudy(database: Database, tenant: number, studyUid: string): Promise<PatientIdentifier[]> {
  return database.query<PatientIdentifier>(
    `select distinct coalesce(patient_id, '') as id, coalesce(issuer_of_patient_id, '') as issuer from study
     where tenant = $1 and study_uid = $2 and hidden_at is null`,
    [tenant, studyUid],
  );
}

/** Study Instance UIDs, newest first, of the studies that are this patient's alone. */
export async function studiesOfPatient(
  database: Database,
  tenant: number,
  names: readonly PatientIdentifier[],
  { studyUids, accessionNumbers }: AskedStudies = { studyUids: [], accessionNumbers: [] },
): Promise<string[]> {
  const rows = await database.query<{ study_uid: string }>(
    `with name as (select * from unnest($2::text[], $3::text[]) as name (id, issuer))
     select study_uid from study s
     where tenant = $1 and hidden_at is null and instance_count > 0 and patient_id = any($2)
       and (patient_id, coalesce(issuer_of_patient_id, '')) in (select id, issuer from name)
       and not exists (
         select from study o where o.tenant = s.tenant and o.study_uid = s.study_uid and o.hidden_at is null
           and (coalesce(o.patient_id, ''), coalesce(o.issuer_of_patient_id, '')) not in (select id, issuer from name))
       and ((cardinality($4::text[]) = 0 and cardinality($5::text[]) = 0)
         or study_uid = any($4) or accession_number = any($5))
     order by study_date desc nulls last, study_time desc nulls last, id desc limit $6`,
    [
      tenant,
      names.map(({ id }) => id),
      names.map(({ issuer }) => issuer),
      studyUids,
      accessionNumbers,
      limits.studiesOfPatient,
    ],
  );
  return [...new Set(rows.map((row) => row.study_uid))];
}
