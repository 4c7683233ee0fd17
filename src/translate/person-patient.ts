// A person as a Patient: what is known of one, with the identifiers of all registrations (IHE PDQm, PIXm). A person that was
// merged into another says so and no more.

import type { ContactPoint, Identifier, Patient } from '@medplum/fhirtypes';
import { humanNamesOf } from './fhir-name.ts';
import type { FhirSystems } from './fhir-systems.ts';

/** The golden record that identity keeps of a person. Dates as YYYYMMDD, YYYYMM or YYYY; names in components. */
export interface PersonRecord {
  id: string;
  /** Counts what changed of the person. */
  version: string;
  /** ISO 8601 with a zone. */
  changedAt: string;
  registrations: readonly { issuer: string; id: string }[];
  name?: string;
  otherNames?: readonly string[];
  birthName?: string;
  birthDate?: string;
  sex?: string;
  address?: string;
  phone?: string;
}

export function patientOfPerson(person: PersonRecord, systems: FhirSystems): Patient & { id: string } {
  const { name = '', birthName = '', otherNames = [], address, phone, birthDate, sex } = person;
  const names = [
    ...humanNamesOf(name, 'official'),
    ...otherNames.flatMap((other) => humanNamesOf(other, 'old')),
    ...humanNamesOf(birthName, 'maiden'),
  ];
  const date = dateOf(birthDate);
  const gender = genders[sex ?? ''];
  const telecom: ContactPoint[] = phone === undefined ? [] : [{ system: 'phone', value: phone }];
  return {
    ...head(person),
    active: true,
    ...ifAny('identifier', identifiersOf(person, systems)),
    ...ifAny('name', names),
    ...ifAny('telecom', telecom),
    ...(gender === undefined ? {} : { gender }),
    ...(date === undefined ? {} : { birthDate: date }),
    ...ifAny('address', address === undefined ? [] : [{ text: address }]),
  };
}

/** What is left of a person that was merged into `survivorId`. */
export function patientOfMergedPerson(
  person: Pick<PersonRecord, 'id' | 'version' | 'changedAt'>,
  survivorId: string,
): Patient & { id: string } {
  return {
    ...head(person),
    active: false,
    link: [{ other: { reference: `Patient/${survivorId}` }, type: 'replaced-by' }],
  };
}

const head = ({ id, version, changedAt }: Pick<PersonRecord, 'id' | 'version' | 'changedAt'>) => ({
  resourceType: 'Patient' as const,
  id,
  meta: { versionId: version, lastUpdated: changedAt },
});

/** An array of FHIR is not empty. */
const ifAny = <N extends string, T>(name: N, values: readonly T[]): { [name in N]?: T[] } =>
  (values.length > 0 ? { [name]: [...values] } : {}) as { [name in N]?: T[] };

/** The identifiers of all registrations, each once. */
export function identifiersOf(
  { registrations }: Pick<PersonRecord, 'registrations'>,
  systems: FhirSystems,
): Identifier[] {
  const identifiers = new Map<string, Identifier>();
  for (const { issuer, id } of registrations) {
    const system = systems.systemOf(issuer);
    identifiers.set(`${system ?? ''}|${id}`, system === undefined ? { value: id } : { system, value: id });
  }
  return [...identifiers.values()];
}

const genders: Readonly<Record<string, Patient['gender']>> = { M: 'male', F: 'female', O: 'other' };

/** Undefined where it is no date, which many a DICOM birth date is. */
function dateOf(text: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})(\d\d)?(\d\d)?$/.exec(text ?? '') ?? [];
  if (year === undefined || year === '0000') return undefined;
  const written = [year, month, day].filter((part) => part !== undefined).join('-');
  const isThere =
    Number.isFinite(Date.parse(written)) && new Date(Date.parse(written)).toISOString().startsWith(written);
  return isThere ? written : undefined;
}
