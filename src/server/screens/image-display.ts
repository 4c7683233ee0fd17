// IHE Invoke Image Display (RAD TF-2 4.106): the studies that another system asks to be shown, newest first.

import { Problem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';

const limits = {
  studies: 100,
};

export interface InvokedStudy {
  studyUid: string;
  /** As Study Date has it. */
  studyDate: string | null;
  studyDescription: string | null;
  modalities: string[];
  instances: number;
}

/**
 * By `studyUID` (one or several, separated by commas) or `accessionNumber` where requestType is STUDY, by `patientID` where
 * it is PATIENT; `mostRecentResults`, `lowerDateTime`, `upperDateTime` and `modalitiesInStudy` narrow what is found. A
 * `patientID` that comes with a study must be that study's. Throws request/malformed.
 */
export async function invokedStudies(
  database: Database,
  tenant: number,
  query: Record<string, string | undefined>,
): Promise<InvokedStudy[]> {
  const { requestType, patientID, studyUID, accessionNumber, mostRecentResults, modalitiesInStudy } = query;
  const uids = list(studyUID);
  const accessions = list(accessionNumber);
  if (requestType !== 'STUDY' && requestType !== 'PATIENT') malformed('requestType is STUDY or PATIENT');
  if (requestType === 'STUDY' && uids.length + accessions.length === 0)
    malformed('STUDY needs studyUID or accessionNumber');
  if (requestType === 'PATIENT' && !patientID) malformed('PATIENT needs patientID');
  const most = mostRecentResults === undefined ? limits.studies : Number(mostRecentResults);
  if (!Number.isInteger(most) || most < 1) malformed('mostRecentResults is a number from 1');
  const [id, issuer] = patientID?.split('^^^') ?? [];
  const rows = await database.query<InvokedStudy>(
    `select study_uid as "studyUid", study_date as "studyDate", study_description as "studyDescription", modalities,
       instance_count as instances
     from study
     where tenant = $1 and hidden_at is null and instance_count > 0
       and ($2::text[] is null or study_uid = any($2)) and ($3::text[] is null or accession_number = any($3))
       and ($4::text is null or patient_id = $4) and ($5::text is null or issuer_of_patient_id = $5)
       and ($6::text[] is null or modalities && $6)
       and ($7::text is null or study_date >= $7) and ($8::text is null or study_date <= $8)
     order by study_date desc nulls last, study_time desc nulls last, id desc limit $9`,
    [
      tenant,
      requestType === 'STUDY' && uids.length > 0 ? uids : null,
      requestType === 'STUDY' && accessions.length > 0 ? accessions : null,
      id || null,
      namespaceOf(issuer),
      modalitiesInStudy ? list(modalitiesInStudy) : null,
      dateOf(query.lowerDateTime),
      dateOf(query.upperDateTime),
      Math.min(most, limits.studies),
    ],
  );
  // The same study of two sources that disagree about its patient is two rows.
  return [...new Map(rows.map((row) => [row.studyUid, row])).values()];
}

const list = (text: string | undefined): string[] => (text ?? '').split(',').filter((each) => each !== '');

/** `ID^^^NAMESPACE&OID&ISO` as HL7 writes it. */
const namespaceOf = (authority: string | undefined): string | null => authority?.split('&')[0] || null;

/** A date and time of ISO 8601 as Study Date has it. */
const dateOf = (text: string | undefined): string | null => text?.replace(/[-:T].*?/g, '').slice(0, 8) || null;

function malformed(reason: string): never {
  throw new Problem('request/malformed', { reason });
}
