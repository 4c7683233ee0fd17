// Who a source says the patient of a study is: the patient module of its first instance (PS3.3 C.7.1.1, C.2.2, C.2.3) as a
// sighting.

import type { DataSet } from '../dicom/dataset.ts';
import type { Sighting } from '../identity/sighting.ts';

export interface StudyPatient {
  /** Ours, unique. */
  id: string;
  /** Attributes of the patient level. */
  dataset: DataSet;
  /** AE title, or whatever names the sender. */
  source: string;
  /** When it was kept, ISO 8601. */
  timestamp: string;
}

/** Optional members are there where the data set has a value. */
export function sightingOfStudy({ id, dataset, source, timestamp }: StudyPatient): Sighting {
  const others = dataset.items('OtherPatientIDsSequence').filter((item) => item.text('PatientID') !== undefined);
  const national = [dataset, ...others].find(isNational);
  return {
    id,
    site: source,
    issuer: issuerOf(dataset),
    patientId: patientIdOf(dataset),
    otherPatientIds: others
      .filter((item) => !isNational(item))
      .map((item) => ({ issuer: issuerOf(item), id: patientIdOf(item) })),
    name: dataset.text('PatientName') ?? '',
    otherNames: dataset.texts('OtherPatientNames').filter((name) => name !== ''),
    ...optional({
      birthName: dataset.text('PatientBirthName'),
      birthDate: dataset.text('PatientBirthDate'),
      sex: dataset.text('PatientSex'),
      address: dataset.text('PatientAddress'),
      phone: dataset.text('PatientTelephoneNumbers'),
      nationalId: national?.text('PatientID'),
    }),
    timestamp,
    medium: 'dicom',
  };
}

/** `namespace&universal id&type`, as far as it is said. */
function issuerOf(item: DataSet): string {
  const [qualifiers] = item.items('IssuerOfPatientIDQualifiersSequence');
  const namespace = item.text('IssuerOfPatientID') ?? '';
  const universalId = qualifiers?.text('UniversalEntityID');
  if (universalId === undefined) return namespace;
  return `${namespace}&${universalId}&${qualifiers?.text('UniversalEntityIDType') ?? ''}`;
}

const patientIdOf = (item: DataSet): string => item.text('PatientID')?.trim() ?? '';

/** PS3.3 10.14: Identifier Type Code is of HL7 table 0203. */
function isNational(item: DataSet): boolean {
  const [qualifiers] = item.items('IssuerOfPatientIDQualifiersSequence');
  return NATIONAL.has(qualifiers?.text('IdentifierTypeCode') ?? '');
}

/** National unique individual identifier, social security, national health number. */
const NATIONAL = new Set(['NI', 'SS', 'NH']);

function optional<Members extends Record<string, string | undefined>>(members: Members) {
  const there = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [Name in keyof Members]?: string };
}
