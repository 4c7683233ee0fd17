// Searches where reconciled demographics are served: a study matches by what was received, and also by what its person is
// known by and every answer says (PS3.4 C.2.2.2). These are the studies of persons who match so.

import { put } from '../../dicom/coercion.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { tagOf } from '../../dicom/dictionary.ts';
import { matches } from '../../dicom/match.ts';
import type { MatchKey, Query } from '../../dicom/query.ts';
import type { PersonId } from '../../identity/persons.ts';
import { knownPersons } from '../../ingest/identify/known-person.ts';
import type { TenantPeople } from '../../ingest/identify/tenant-people.ts';
import { demographicsOf } from '../../translate/demographics-of-person.ts';
import type { Core } from '../core.ts';

const [PATIENT_ID, PATIENT_NAME, BIRTH_DATE, SEX] = ['PatientID', 'PatientName', 'PatientBirthDate', 'PatientSex'].map(
  (keyword) => tagOf(keyword)!,
) as [number, number, number, number];

/** Of whom it is asked, where that is one person; undefined where nothing is asked of patients, or all is as received. */
export async function studiesServedAs(
  core: Pick<Core, 'config' | 'database' | 'identity'>,
  tenant: number,
  query: Query,
  only?: PersonId,
): Promise<string[] | undefined> {
  const { config, database } = core;
  const keys = query.keys.filter(isOfPatient);
  if (config.demographics === 'as-received' || keys.length === 0) return undefined;
  // Ids of ours name a person outright (asked-person.ts); others are of sources, and as they were received.
  if (query.keys.some(({ path, values }) => path[0] === PATIENT_ID && values.some(Boolean))) return [];
  const people = (await core.identity()).people.of(tenant);
  const candidates = only === undefined ? candidatesOf(people, keys) : [only];
  // Who was heard of once is served as that once.
  const several = candidates.filter((id) => {
    const { sightingIds = [], studyIds = [] } = people.person(id) ?? {};
    return sightingIds.length > 1 && studyIds.length > 0;
  });
  const known = await knownPersons({ database, tenant, people }, several);
  return known.flatMap((person) => {
    const dataset = new DataSet();
    const served = demographicsOf(person, config.identityDomain);
    for (const [keyword, value] of Object.entries(served)) put(dataset, keyword, value);
    return matches(dataset, keys, query) ? person.studyIds : [];
  });
}

const isOfPatient = ({ path, values }: MatchKey): boolean =>
  path.length === 1 &&
  [PATIENT_NAME, BIRTH_DATE, SEX].includes(path[0]!) &&
  values.some((value) => value !== '' && !/^\*+$/.test(value));

/** Whoever is meant is among them, where a name or a day of birth is asked for; a sex alone narrows nothing. */
function candidatesOf(people: TenantPeople, keys: readonly MatchKey[]): PersonId[] {
  const sets = keys.flatMap(({ path, values }) => {
    const found = values.map((value) =>
      path[0] === PATIENT_NAME ? named(people, value) : path[0] === BIRTH_DATE ? bornOn(people, value) : undefined,
    );
    return found.includes(undefined) ? [] : [new Set(found.flatMap((ids) => [...ids!]))];
  });
  const [first = new Set<PersonId>(), ...others] = sets.sort((a, b) => a.size - b.size);
  return [...first].filter((id) => others.every((set) => set.has(id)));
}

/** The longest stretch without wildcards (PS3.4 C.2.2.2.4), wherever it stands in a word. */
function named(people: TenantPeople, value: string): Set<PersonId> | undefined {
  const [longest = ''] = value.split(/[*?^=\s]+/).sort((a, b) => b.length - a.length);
  return people.personsNamed(longest, /[*?]/.test(value));
}

const bornOn = (people: TenantPeople, value: string): Set<PersonId> | undefined =>
  /^\d{8}$/.test(value) ? people.personsBornOn(value) : undefined;
