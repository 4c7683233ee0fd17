// Under whom objects leave: as they came, or as somebody else's. The label is what the ledger remembers of it, so that it
// can be told later whether a receiver has them under the right patient.

import type { CoercedValues } from '../dicom/coercion.ts';
import type { DataSet } from '../dicom/dataset.ts';

/** Patient ID; its issuer where that is another than the one with which the object came. */
export interface PatientNumber {
  issuer?: string;
  id?: string;
}

export function patientNumberIn(dataset: DataSet): PatientNumber {
  const [id, issuer] = [dataset.text('PatientID'), dataset.text('IssuerOfPatientID')];
  return { ...(id && { id }), ...(issuer && { issuer }) };
}

/** As it came. */
export const asReceived = '';

export const labelOf = ({ issuer = '', id }: PatientNumber): string => JSON.stringify([issuer, id]);

export function patientOf(label: string): PatientNumber {
  if (label === asReceived) return {};
  const [issuer, id] = JSON.parse(label) as [string, string];
  return { ...(issuer !== '' && { issuer }), id };
}

export interface SentPatient {
  label: string;
  /** What takes the place of what came; absent: nothing. */
  values?: CoercedValues;
}
