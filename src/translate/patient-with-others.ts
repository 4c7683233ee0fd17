// A Patient as it was written, with what other sources say of the same person: their identifiers, and whatever they said of
// names, dates and addresses after it was written.

import type { Identifier, Patient } from '@medplum/fhirtypes';
import type { IdentifierSystems } from './identifier-systems.ts';
import { type PersonRecord, patientOfPerson } from './patient-of-person.ts';

type WrittenPatient = Patient & { id: string };

/** Of each element of a Patient, what it is made of in a person's record. */
const elements = {
  name: ['name', 'birthName'],
  birthDate: ['birthDate'],
  gender: ['sex'],
  telecom: ['phone'],
  address: ['address'],
} as const;

/** The version is another one where others have something to add. `own`: the system of identifiers that nobody gave out. */
export function patientWithOthers(
  written: WrittenPatient,
  person: PersonRecord,
  systems: IdentifierSystems,
  own: string,
): WrittenPatient {
  const golden = patientOfPerson(person, systems);
  const isKnown = (one: Identifier): boolean =>
    (written.identifier ?? []).some(({ system, value }) => system === one.system && value === one.value);
  const added = (golden.identifier ?? []).filter((each) => each.system !== own && !isKnown(each));
  const later = Object.entries(elements).filter(([, fields]) =>
    fields.some((field) => (person.fields[field]?.timestamp ?? '') > written.meta!.lastUpdated!),
  );
  if (added.length === 0 && later.length === 0) return written;
  const said = Object.fromEntries(later.map(([name]) => [name, golden[name as keyof typeof elements]]));
  const { versionId, lastUpdated } = written.meta!;
  return {
    ...written,
    ...(added.length > 0 && { identifier: [...(written.identifier ?? []), ...added] }),
    ...said,
    meta: {
      ...written.meta,
      versionId: `${versionId}-${person.version}`,
      lastUpdated: [person.changedAt, lastUpdated!].toSorted().at(-1)!,
    },
  };
}
