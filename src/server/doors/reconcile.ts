// IHE IRWF.b: what comes from elsewhere is kept under the identity that the patient has here, and under a local accession
// number or none. PS3.4 B.4.1.3 lets an SCP do so, with what it was in the Original Attributes Sequence.

import { Problem } from '../../base/problem.ts';
import { type CoercedValues, type CoercionNote, coerce } from '../../dicom/coercion.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { fromJson } from '../../dicom/json.ts';
import type { Reconciliation } from '../../dicomweb/handlers.ts';
import type { Database } from '../../storage/database.ts';

/** Of type 2 (PS3.3 C.7.1.1): empty where they are not known here. */
const demographics = ['PatientName', 'PatientID', 'PatientBirthDate', 'PatientSex'] as const;

/** What else names the patient or the order elsewhere: gone, or a number of theirs would be taken for one of ours. */
const elsewhere = [
  'IssuerOfPatientIDQualifiersSequence',
  'OtherPatientIDs',
  'OtherPatientIDsSequence',
  'IssuerOfAccessionNumberSequence',
] as const;

/**
 * Rejects with catalogue/not-found where there is no study to take the identity from, and with request/malformed where its
 * sources disagree whose it is.
 */
export async function reconciler(
  database: Database,
  tenant: number,
  { patientOf, accessionNumber }: Reconciliation,
  modifyingSystem: string,
): Promise<(dataset: DataSet) => void> {
  const rows = await database.query<{ attributes: string }>(
    `select distinct on (patient_key) attributes from study
     where tenant = $1 and study_uid = $2 and hidden_at is null order by patient_key, id`,
    [tenant, patientOf],
  );
  const [local, ...others] = rows.map(({ attributes }) => fromJson(JSON.parse(attributes)));
  if (local === undefined) throw new Problem('catalogue/not-found', { what: 'study of the local patient' });
  if (others.length > 0 || local.text('PatientID') === undefined) {
    throw new Problem('request/malformed', { reason: 'patientof is a study of one patient with an ID' });
  }
  const values: CoercedValues = {
    ...Object.fromEntries(demographics.map((keyword) => [keyword, local.text(keyword) ?? ''])),
    IssuerOfPatientID: local.text('IssuerOfPatientID'),
    ...Object.fromEntries(elsewhere.map((keyword) => [keyword, undefined])),
    AccessionNumber: accessionNumber ?? '',
  };
  return (dataset) => {
    const note: CoercionNote = { modifyingSystem, at: new Date() };
    coerce(dataset, values, note);
  };
}
