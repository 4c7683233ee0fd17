// The rejection note of a correction, as its receiver knows patient, study and objects. Made anew it is the same object.

import { createHash } from 'node:crypto';
import type { DataSet } from '../dicom/dataset.ts';
import { fromJson } from '../dicom/json-reader.ts';
import { newUid } from '../dicom/uid.ts';
import type { RejectionCode } from '../routing/rejection.ts';
import { rejectionDocument } from '../routing/rejection-document.ts';
import type { RejectedCopy, WaitingNote } from '../storage/correction-notes.ts';
import { asReceived, patientOf } from './sent-patient.ts';

const MANUFACTURER = 'Fascia';

export function correctionNote(note: WaitingNote, copies: readonly RejectedCopy[]): DataSet {
  const patientAndStudy = fromJson(JSON.parse(note.attributes));
  // Of several under whom copies went, one who is wrong. The objects are named by their UIDs, whoever the patient is.
  const { id, issuer } = patientOf(note.wasPatients.find((each) => each !== note.patient) ?? asReceived);
  if (id !== undefined) patientAndStudy.set('PatientID', id);
  if (issuer !== undefined) patientAndStudy.set('IssuerOfPatientID', issuer);
  return rejectionDocument({
    sopInstanceUid: note.noteUid,
    seriesInstanceUid: uidOf(`${note.noteUid} series`),
    code: note.code as RejectionCode,
    at: note.createdAt,
    manufacturer: MANUFACTURER,
    patientAndStudy,
    references: copies,
  });
}

/** SOP Instance UID of the note by which copies of a consignment are rejected. */
export const noteUidOf = (tenant: number, consignment: string, patient: string): string =>
  uidOf(JSON.stringify(['correction', tenant, consignment, patient]));

const uidOf = (text: string): string => newUid(createHash('sha256').update(text).digest().subarray(0, 16));
