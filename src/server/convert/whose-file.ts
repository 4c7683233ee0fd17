// Whose a file is, from what somebody says of it: an accession number, of a study that is here or of an order, or a study names
// the patient and the study it belongs to; a number of the patient brings what is known of that registration. Nothing is guessed: what names nobody, or
// two people, is refused.

import { Problem } from '../../base/problem.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { fromJson } from '../../dicom/json.ts';
import { isValidUid } from '../../dicom/uid.ts';
import { knownRegistration } from '../../ingest/identify/known-person.ts';
import { type InstanceContext, isSex, patientIn, studyIn } from '../../translate/context.ts';
import type { Order } from '../../translate/order.ts';
import { worklistItem } from '../../translate/worklist-item.ts';
import type { Core } from '../core.ts';

/** What is said of a file by who brings it. */
export interface Claim {
  patientId?: string;
  issuerOfPatientId?: string;
  patientName?: string;
  /** `YYYYMMDD`. */
  birthDate?: string;
  sex?: 'F' | 'M' | 'O';
  accessionNumber?: string;
  /** (0038,0010): of the encounter. */
  admissionId?: string;
  /** The study it belongs to; need not be here where the patient is said. */
  studyInstanceUid?: string;
  /** A study of its patient, to which it need not belong. */
  patientOf?: string;
  studyDate?: string;
  studyDescription?: string;
}

export interface Belonging {
  patient: InstanceContext['patient'] & { id: string };
  study: Partial<InstanceContext['study']>;
}

type Around = Pick<Core, 'database' | 'identity'>;

/**
 * Rejects with dicom/missing-attribute where nobody is named, with catalogue/not-found for a study that is not here, and with
 * request/malformed where what is said names several patients.
 */
export async function whoseFile(around: Around, tenant: number, claim: Claim): Promise<Belonging> {
  for (const uid of [claim.studyInstanceUid, claim.patientOf]) {
    if (uid !== undefined && !isValidUid(uid)) throw new Problem('request/malformed', { reason: 'a study has a UID' });
  }
  const ofStudy = await studyNamed(around, tenant, claim);
  const ofPatient = await oneStudy(around, tenant, 'study_uid', claim.patientOf);
  if (claim.patientOf !== undefined && ofPatient === undefined) throw notHere();
  const patientId = ofPatient?.text('PatientID') ?? claim.patientId;
  if (ofStudy !== undefined) return ofCatalogue(ofStudy, true, { ...claim, patientId });
  if (ofPatient !== undefined) return ofCatalogue(ofPatient, false, claim);
  if (claim.patientId === undefined) {
    if (claim.accessionNumber !== undefined || claim.studyInstanceUid !== undefined) throw notHere();
    throw new Problem('dicom/missing-attribute', { attribute: 'PatientID' });
  }
  return ofRegistration(around, tenant, { ...claim, patientId: claim.patientId });
}

/** Whether studies or orders of one patient have this accession number. */
export async function isAccessionNumber(around: Around, tenant: number, accessionNumber: string): Promise<boolean> {
  return (await studyNamed(around, tenant, { accessionNumber }).catch(() => undefined)) !== undefined;
}

/** One that is here, else the one that is ordered. */
async function studyNamed(around: Around, tenant: number, claim: Claim): Promise<DataSet | undefined> {
  const { studyInstanceUid, accessionNumber } = claim;
  if (studyInstanceUid !== undefined) {
    const here = await oneStudy(around, tenant, 'study_uid', studyInstanceUid);
    return here ?? orderedStudy(around, tenant, 'study_uid', studyInstanceUid);
  }
  const here = await oneStudy(around, tenant, 'accession_number', accessionNumber);
  return here ?? orderedStudy(around, tenant, 'accession_number', accessionNumber);
}

/** As the worklist has it; rejects with request/malformed where orders are of several patients, or of several studies. */
async function orderedStudy(
  { database }: Around,
  tenant: number,
  column: 'study_uid' | 'accession_number',
  value: string | undefined,
): Promise<DataSet | undefined> {
  if (value === undefined) return undefined;
  const rows = await database.query<{ document: Order & { studyInstanceUid: string } }>(
    `select document from (
       select distinct on (patient_id, issuer_of_patient_id, study_uid) id, document from imaging_order
       where tenant = $1 and ${column} = $2 and status <> 'CANCELED'
       order by patient_id, issuer_of_patient_id, study_uid, id desc
     ) latest order by id desc limit 2`,
    [tenant, value],
  );
  if (rows.length > 1)
    throw new Problem('request/malformed', { reason: 'several studies are ordered under this number' });
  const [order] = rows.map(({ document }) => document);
  if (order === undefined) return undefined;
  const item = worklistItem(order, { id: '' });
  const description = item.text('RequestedProcedureDescription');
  return description === undefined ? item : item.set('StudyDescription', description);
}

/** The latest; rejects with request/malformed where they are of several patients. */
async function oneStudy(
  { database }: Around,
  tenant: number,
  column: 'study_uid' | 'accession_number',
  value: string | undefined,
): Promise<DataSet | undefined> {
  if (value === undefined) return undefined;
  const rows = await database.query<{ attributes: string }>(
    `select attributes from (
       select distinct on (patient_key) id, attributes from study
       where tenant = $1 and ${column} = $2 and hidden_at is null order by patient_key, id desc
     ) latest order by id desc limit 2`,
    [tenant, value],
  );
  if (rows.length > 1) {
    throw new Problem('request/malformed', { reason: 'studies of several patients are here under this number' });
  }
  return rows[0] && fromJson(JSON.parse(rows[0].attributes));
}

/** `isItsStudy`: the file belongs to the study, and not only to its patient. */
function ofCatalogue(study: DataSet, isItsStudy: boolean, claim: Claim): Belonging {
  const id = study.text('PatientID');
  if (id === undefined) throw new Problem('request/malformed', { reason: 'the study has no Patient ID' });
  if (claim.patientId !== undefined && claim.patientId !== id) {
    throw new Problem('request/malformed', { reason: 'the study is one of another patient' });
  }
  const patient = { ...patientIn(study), id };
  if (!isItsStudy) return { patient, study: saidOfStudy(claim) };
  return {
    patient,
    study: {
      studyInstanceUid: study.text('StudyInstanceUID'),
      ...studyIn(study),
      admissionId: claim.admissionId ?? study.text('AdmissionID'),
    },
  };
}

/** What is not said of the patient is what the registration is known by. */
async function ofRegistration(
  { database, identity }: Around,
  tenant: number,
  claim: Claim & { patientId: string },
): Promise<Belonging> {
  const identifier = { issuer: claim.issuerOfPatientId ?? '', id: claim.patientId };
  const people = (await identity()).people.of(tenant);
  const { name, birthDate, sex } =
    (await knownRegistration({ database, tenant, people }, identifier))?.record.fields ?? {};
  const knownSex = claim.sex ?? sex?.value;
  const knownDate = claim.birthDate ?? birthDate?.value;
  return {
    patient: {
      id: claim.patientId,
      issuerOfId: claim.issuerOfPatientId,
      name: claim.patientName ?? name?.value,
      ...(/^\d{8}$/.test(knownDate ?? '') && { birthDate: knownDate }),
      ...(isSex(knownSex) && { sex: knownSex }),
    },
    study: saidOfStudy(claim),
  };
}

const saidOfStudy = (claim: Claim): Belonging['study'] => ({
  studyInstanceUid: claim.studyInstanceUid,
  accessionNumber: claim.accessionNumber,
  date: claim.studyDate,
  description: claim.studyDescription,
  admissionId: claim.admissionId,
});

const notHere = (): Problem => new Problem('catalogue/not-found', { what: 'study of the patient' });
