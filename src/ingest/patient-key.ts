// Who the source says this is, as one text: two data sets of one study with different keys are two patients until somebody
// decides otherwise. Patient ID and issuer (PS3.3 C.7.1.1); where there is no Patient ID, the demographics.

import type { DataSet } from '../dicom/dataset.ts';
import { matchablePersonName } from '../dicom/person-name.ts';
import { column } from './describe.ts';

const HALF = 256;

export function patientKey(dataset: DataSet): string {
  const id = dataset.text('PatientID');
  const issuer = dataset.text('IssuerOfPatientID') ?? '';
  if (id !== undefined) return column(`id:${id.slice(0, HALF)}|${issuer.slice(0, HALF - 4)}`)!;
  const name = matchablePersonName(dataset.text('PatientName') ?? '');
  const names = [name.alphabetic, name.ideographic, name.phonetic].map((group) => group ?? '').join('=');
  const birth = dataset.text('PatientBirthDate') ?? '';
  return column(`demographics:${birth}|${dataset.text('PatientSex') ?? ''}|${names}`)!;
}
