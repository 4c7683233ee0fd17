// Who could meet a search for patients: named outright, or told by the index's own words, dates and sexes. Whoever is not
// among them does not meet it; whoever is may still not.

import type { Criterion, CriterionValue, PatientParameter } from '../../fhir/patient-query.ts';
import type { PersonId } from '../../identity/persons.ts';
import type { TenantPeople } from '../../ingest/identify/tenant-people.ts';
import type { IdentifierSystems } from '../../translate/identifier-systems.ts';
import type { PersonQuery } from '../doors/fhir-handlers.ts';

/** Persons whom a value of a criterion means besides. */
export type AlsoNamed = (value: CriterionValue) => readonly PersonId[];

export function candidatesOf(
  people: TenantPeople,
  { criteria, among = [] }: Pick<PersonQuery, 'criteria' | 'among'>,
  systems: IdentifierSystems,
  named: AlsoNamed = () => [],
): PersonId[] {
  const around = { people, systems, named };
  const narrowed = criteria.flatMap((criterion) => narrowing[criterion.parameter]?.(around, criterion) ?? []);
  const sets = [...narrowed, ...among.map((ids) => new Set(ids))];
  const [first, ...others] = sets.sort((a, b) => a.size - b.size);
  if (first === undefined) return people.allPersons();
  return [...first].filter((id) => others.every((set) => set.has(id)));
}

interface Around {
  people: TenantPeople;
  systems: IdentifierSystems;
  named: AlsoNamed;
}

type Narrowing = (around: Around, criterion: Criterion) => Set<PersonId> | undefined;

/** A criterion that excludes (`:not`, `:missing`) narrows nothing. */
const positive =
  (find: Narrowing): Narrowing =>
  (around, criterion) =>
    criterion.modifier === 'not' || criterion.modifier === 'missing' ? undefined : find(around, criterion);

const byName = positive(({ people, named }, { values, modifier }) => {
  const found = values.map(({ text }) => people.personsNamed(text, modifier === 'contains'));
  return found.includes(undefined)
    ? undefined
    : new Set([...found.flatMap((ids) => [...ids!]), ...values.flatMap(named)]);
});

/** Without a system any registration of that number is meant (R4 search.html#token), whoever gave it out. */
function personsOf(people: TenantPeople, { text, system }: CriterionValue, systems: IdentifierSystems): Set<PersonId> {
  if (system === undefined || system === '') return people.personsUnder(text, system);
  const id = people.personOf({ issuer: systems.issuerOfSystem(system), id: text });
  return new Set(id === undefined ? [] : [id]);
}

const narrowing: Partial<Record<PatientParameter, Narrowing>> = {
  _id: positive(
    ({ people, named }, { values }) =>
      new Set(values.flatMap((value) => [people.person(value.text)?.id ?? [], named(value)].flat())),
  ),
  identifier: positive(({ people, systems, named }, { values }) => {
    // Without a number, a domain is meant.
    if (values.some(({ text }) => text === '')) return undefined;
    return new Set(values.flatMap((value) => [...personsOf(people, value, systems), ...named(value)]));
  }),
  family: byName,
  given: byName,
  name: byName,
  birthdate: positive(({ people, named }, { values }) => {
    // Other prefixes than equality span too much to be worth it.
    const days = values.map(({ text, date }) =>
      date?.prefix === 'eq' && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined,
    );
    if (days.includes(undefined)) return undefined;
    const born = days.flatMap((day) => [...people.personsBornOn(day!.replaceAll('-', ''))]);
    return new Set([...born, ...values.flatMap(named)]);
  }),
};
