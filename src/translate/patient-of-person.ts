// A person as a Patient: what is known of one, with the identifiers of all registrations (IHE PDQm, PIXm). A person that was
// merged into another says so and no more.

import type { ContactPoint, Identifier, Patient } from '@medplum/fhirtypes';
import { humanNamesOf } from './fhir-name.ts';
import type { IdentifierSystems } from './identifier-systems.ts';

/** A value that survived, and what others said. */
interface Field {
  value: string;
  /** When it was last said; ISO 8601. */
  timestamp?: string;
  others?: readonly { value: string }[];
}

/** A person's golden record, as identity makes it of everything that was said. Dates as YYYYMMDD, YYYYMM or YYYY; names in components. */
export interface PersonRecord {
  id: string;
  /** Counts what changed of the person. */
  version: string;
  /** ISO 8601 with a zone. */
  changedAt: string;
  identifiers: readonly { issuer: string; id: string }[];
  fields: { [name in 'name' | 'birthName' | 'birthDate' | 'sex' | 'address' | 'phone']?: Field };
}

export function patientOfPerson(person: PersonRecord, systems: IdentifierSystems): Patient & { id: string } {
  const { name, birthName, address, phone, birthDate, sex } = person.fields;
  const names = [
    ...humanNamesOf(name?.value ?? '', 'official'),
    ...(name?.others ?? []).flatMap((other) => humanNamesOf(other.value, 'old')),
    ...humanNamesOf(birthName?.value ?? '', 'maiden'),
  ];
  const date = dateOf(birthDate?.value);
  const gender = genders[sex?.value ?? ''];
  const telecom: ContactPoint[] = valuesOf(phone).map((value) => ({ system: 'phone', value }));
  return {
    ...head(person),
    active: true,
    ...ifAny('identifier', identifiersOf(person, systems)),
    ...ifAny('name', names),
    ...ifAny('telecom', telecom),
    ...(gender === undefined ? {} : { gender }),
    ...(date === undefined ? {} : { birthDate: date }),
    ...ifAny(
      'address',
      valuesOf(address).map((text) => ({ text })),
    ),
  };
}

const valuesOf = (field: Field | undefined): string[] =>
  field === undefined ? [] : [field.value, ...(field.others ?? []).map(({ value }) => value)];

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

/** The identifiers of all registrations, each once. One whose authority nobody knows has no system. */
export function identifiersOf(
  { identifiers }: Pick<PersonRecord, 'identifiers'>,
  systems: IdentifierSystems,
): Identifier[] {
  const known = new Map<string, Identifier>();
  for (const { issuer, id } of identifiers) {
    const identifier = issuer === '' ? { value: id } : { system: systems.systemOf(issuer), value: id };
    known.set(`${identifier.system ?? ''}|${id}`, identifier);
  }
  return [...known.values()];
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
