// IHE Invoke Image Display (RAD TF-2 4.106): the studies that another system asks to be shown, newest first.

import { studiesOfPatient } from '../../auth/patient-context.ts';
import type { Principal } from '../../auth/principal.ts';
import type { ViewerChoice } from '../../base/ehr.ts';
import { Problem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';

const limits = {
  studies: 100,
};

type Query = Record<string, string | undefined>;

export interface InvokedStudy {
  studyUid: string;
  /** As Study Date has it. */
  studyDate: string | null;
  studyDescription: string | null;
  modalities: string[];
  instances: number;
}

/** In the catalogue, where the id is one of ours with one of these issuers or none; else undefined. */
export type StudiesOfPerson = (id: string, issuers: readonly string[]) => Promise<readonly string[] | undefined>;

/**
 * By `studyUID` (one or several, separated by commas) or `accessionNumber` where requestType is STUDY, by `patientID` where
 * it is PATIENT; `mostRecentResults`, `lowerDateTime`, `upperDateTime` and `modalitiesInStudy` narrow what is found. A
 * `patientID` that comes with a study must be that study's, and no source may give the study to anybody else. In a session
 * for one patient nothing else is found, and without a requestType all of that patient. Throws request/malformed.
 */
export async function invokedStudies(
  database: Database,
  { tenant, patient }: Principal,
  query: Query,
  ofPerson: StudiesOfPerson,
): Promise<InvokedStudy[]> {
  const { requestType, patientID, studyUID, accessionNumber, mostRecentResults, modalitiesInStudy } = query;
  const isStudy = requestType === 'STUDY';
  const uids = list(studyUID);
  const accessions = list(accessionNumber);
  if (!isStudy && requestType !== 'PATIENT' && !(requestType === undefined && patient !== undefined)) {
    malformed('requestType is STUDY or PATIENT');
  }
  if (isStudy && uids.length + accessions.length === 0) malformed('STUDY needs studyUID or accessionNumber');
  if (requestType === 'PATIENT' && !patientID) malformed('PATIENT needs patientID');
  const most = mostRecentResults === undefined ? limits.studies : Number(mostRecentResults);
  if (!Number.isInteger(most) || most < 1) malformed('mostRecentResults is a number from 1');
  const [asked, , , authority] = patientID?.split('^') ?? [];
  const issuers = issuersOf(authority);
  const studyIds = asked ? await ofPerson(asked, issuers ?? []) : undefined;
  const id = studyIds === undefined ? asked : undefined;
  const rows = await database.query<InvokedStudy & { issuer: string | null }>(
    `select study_uid as "studyUid", study_date as "studyDate", study_description as "studyDescription", modalities,
       instance_count as instances, issuer_of_patient_id as issuer
     from study s
     where tenant = $1 and hidden_at is null and instance_count > 0
       and ($2::text[] is null or study_uid = any($2)) and ($3::text[] is null or accession_number = any($3))
       and ($4::text is null or patient_id = $4 and not exists (
         select from study o where o.tenant = s.tenant and o.study_uid = s.study_uid and o.hidden_at is null
           and (o.patient_id is distinct from s.patient_id
             or o.issuer_of_patient_id is distinct from s.issuer_of_patient_id)))
       and ($5::text[] is null or issuer_of_patient_id = any($5))
       and ($6::text[] is null or modalities && $6)
       and ($7::text is null or study_date || ${timeOr('235959')} >= $7)
       and ($8::text is null or study_date || ${timeOr('000000')} <= $8)
       and ($9::text[] is null or study_uid = any($9)) and ($11::bigint[] is null or id = any($11))
     order by study_date desc nulls last, study_time desc nulls last, id desc limit $10`,
    [
      tenant,
      isStudy && uids.length > 0 ? uids : null,
      isStudy && accessions.length > 0 ? accessions : null,
      id || null,
      studyIds === undefined ? issuers : null,
      modalitiesInStudy ? list(modalitiesInStudy) : null,
      momentOf('lowerDateTime', query, '0101000000'),
      momentOf('upperDateTime', query, '1231235959'),
      patient === undefined ? null : await studiesOfPatient(database, tenant, patient),
      Math.min(most, limits.studies),
      studyIds ?? null,
    ],
  );
  if (id && new Set(rows.map(({ issuer }) => issuer)).size > 1) {
    malformed('patientID is that of several patients; its assigning authority tells which');
  }
  // The same study of two sources that disagree about its patient is two rows.
  return [...new Map(rows.map(({ issuer: _, ...row }) => [row.studyUid, row])).values()];
}

/**
 * What the studies are shown with: `viewerType` names one of ours; whoever wants `diagnosticQuality` sees stored pixels, not
 * pictures made of them. Types of other displays are passed over.
 */
export function invokedViewer({ viewerType, diagnosticQuality }: Query): ViewerChoice {
  if (viewerType === 'look' || viewerType === 'ohif') return viewerType;
  return diagnosticQuality === 'true' ? 'ohif' : 'look';
}

const list = (text: string | undefined): string[] => (text ?? '').split(',').filter((each) => each !== '');

/** `NAMESPACE&OID&ISO` as HL7 writes it (HD): either may be what a study names its issuer. */
function issuersOf(authority: string | undefined): string[] | null {
  const names = (authority ?? '')
    .split('&')
    .slice(0, 2)
    .filter((each) => each !== '');
  return names.length > 0 ? names : null;
}

/** The study's time as HHMMSS; what it does not say is as late, or as early, as can be. */
const timeOr = (rest: string): string => {
  const time = `left(coalesce(study_time, ''), 6)`;
  return `${time} || substr('${rest}', length(${time}) + 1)`;
};

/** A date and time of ISO 8601 as YYYYMMDDHHMMSS, what it leaves out from `rest`. Studies say no zone, so none is compared. */
function momentOf(name: string, query: Query, rest: string): string | null {
  const text = query[name];
  if (!text) return null;
  const parts =
    /^(\d{4})(?:-?(\d\d)(?:-?(\d\d)(?:T(\d\d)(?::?(\d\d)(?::?(\d\d)(?:\.\d+)?)?)?)?)?)?(?:Z|[-+ ]\d\d:?\d\d)?$/;
  const found = parts.exec(text) ?? malformed(`${name} is no date and time of ISO 8601`);
  const digits = found.slice(1).join('');
  return digits + rest.slice(digits.length - 4);
}

function malformed(reason: string): never {
  throw new Problem('request/malformed', { reason });
}
