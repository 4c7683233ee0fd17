// What comes back under an id of ours: results that a workstation made of images it was served with reconciled demographics.
// They belong with the images, under the patient whose those were when they were received, and are no other patient's.

import type { DataSet } from '../dicom/dataset.ts';
import { isPersonId } from '../identity/persons.ts';
import type { StudyRow } from '../storage/keep-rows.ts';
import type { Identity } from './describe.ts';
import type { Spine } from './ingest.ts';

export type ReceivedPatient = Pick<StudyRow, 'patient_key' | 'patient_id' | 'issuer_of_patient_id'>;

/**
 * Few workstations write an issuer: an id of ours is enough. undefined for every object of a source's patient, and where the study is not here
 * or is several patients': then it is kept as it says itself.
 */
export async function receivedPatient(
  { database, identityDomain }: Pick<Spine, 'database' | 'identityDomain'>,
  dataset: DataSet,
  tenant: number,
  { studyUid }: Pick<Identity, 'studyUid'>,
): Promise<ReceivedPatient | undefined> {
  const issuer = dataset.text('IssuerOfPatientID') ?? identityDomain;
  const isOurs = issuer === identityDomain && isPersonId(dataset.text('PatientID') ?? '');
  if (identityDomain === undefined || !isOurs) return undefined;
  const [patient, ...others] = await database.query<ReceivedPatient>(
    'select patient_key, patient_id, issuer_of_patient_id from study where tenant = $1 and study_uid = $2',
    [tenant, studyUid],
  );
  return others.length === 0 ? patient : undefined;
}
