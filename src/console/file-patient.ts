// What a file is and whom it is of, as it says itself: read from its beginning, in the browser. Loaded when files are dropped.

import { DicomReader } from '../dicom/reader.ts';
import { isForeign } from '../translate/instances-of-file.ts';
import { personNameOf } from '../viewer/dicom-json.ts';

export interface FilePatient {
  name: string;
  id: string;
  issuer: string;
  birthDate: string;
}

const limits = {
  /** The patient stands near the beginning of an object. */
  headBytes: 64 << 10,
};

/** Whether it is a picture, a video, a slide or a document, which become instances on the node and say nothing of a patient. */
export async function isOtherFormat(file: File): Promise<boolean> {
  return isForeign(new Uint8Array(await file.slice(0, limits.headBytes).arrayBuffer()), file.name);
}

/** Undefined where the file is no DICOM. */
export async function patientOfFile(file: File): Promise<FilePatient | undefined> {
  const head = new Uint8Array(await file.slice(0, limits.headBytes).arrayBuffer());
  const reader = new DicomReader();
  try {
    reader.push(head);
  } catch {
    return undefined;
  }
  const { dataset } = reader.partial;
  if (!dataset.has('SOPInstanceUID')) return undefined;
  const [Alphabetic = '', Ideographic = '', Phonetic = ''] = (dataset.text('PatientName') ?? '').split('=');
  return {
    name: personNameOf({ '00100010': { vr: 'PN', Value: [{ Alphabetic, Ideographic, Phonetic }] } }, '00100010'),
    id: dataset.text('PatientID') ?? '',
    issuer: dataset.text('IssuerOfPatientID') ?? '',
    birthDate: dataset.text('PatientBirthDate') ?? '',
  };
}
