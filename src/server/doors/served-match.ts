// Searches where reconciled demographics are served: a study matches by what was received, and also by what every answer says
// of its person (PS3.4 C.2.2.2), under whichever number the person is registered (IHE PIR: after a merge the images are found
// under the number that survived). These are the studies of persons who match so.

import { put } from '../../dicom/coercion.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { tagOf } from '../../dicom/dictionary.ts';
import { matches } from '../../dicom/match.ts';
import type { MatchKey, Query } from '../../dicom/query.ts';
import { hexOf } from '../../dicom/tag.ts';
import { hasWildcard } from '../../dicom/wildcards.ts';
import type { PersonId } from '../../identity/persons.ts';
import { knownPersons } from '../../ingest/identify/known-person.ts';
import type { TenantPeople } from '../../ingest/identify/tenant-people.ts';
import { studiesOrderedAs } from '../../storage/orders-of-studies.ts';
import { demographicTags } from '../../storage/search/coerced-members.ts';
import type { ServedAs } from '../../storage/search/plan.ts';
import { demographicsOf } from '../../translate/demographics-of-person.ts';
import type { Core } from '../core.ts';

const [PATIENT_ID, ISSUER] = [tagOf('PatientID')!, tagOf('IssuerOfPatientID')!];
const [PATIENT_NAME, BIRTH_DATE] = [tagOf('PatientName')!, tagOf('PatientBirthDate')!];
const SEX = tagOf('PatientSex')!;

const ACCESSION_NUMBER = tagOf('AccessionNumber')!;
const accessionTag: ReadonlySet<string> = new Set([hexOf(ACCESSION_NUMBER)]);

/** Studies that meet a query by what is served of them, of their persons and of their orders. */
export async function servedAsAsked(
  core: Pick<Core, 'config' | 'database' | 'identity'>,
  tenant: number,
  query: Query,
  only?: PersonId,
): Promise<ServedAs[]> {
  const ofPersons = await studiesServedAs(core, tenant, query, only);
  const numbers = core.config.orderAttributes.isAny('reconciled') ? valuesOf(query, ACCESSION_NUMBER) : [];
  const exact = numbers.filter((number) => !hasWildcard(number));
  const ofOrders = exact.length === 0 ? [] : await studiesOrderedAs(core.database, tenant, exact);
  const served = ofOrders.filter(({ source }) => core.config.orderAttributes.of(source) === 'reconciled');
  return [
    ...(ofPersons === undefined ? [] : [{ tags: demographicTags, studies: ofPersons }]),
    ...(served.length === 0 ? [] : [{ tags: accessionTag, studies: served.map(({ study }) => study) }]),
  ];
}

/** Of whom it is asked, where that is one person; undefined where nothing is asked of patients, or all is as received. */
export async function studiesServedAs(
  core: Pick<Core, 'config' | 'database' | 'identity'>,
  tenant: number,
  query: Query,
  only?: PersonId,
): Promise<string[] | undefined> {
  const { config, database } = core;
  const [number, issuer] = [valuesOf(query, PATIENT_ID), valuesOf(query, ISSUER)];
  const keys = query.keys.filter(isOfPatient);
  if (config.demographics === 'as-received' || keys.length + number.length === 0) return undefined;
  const people = (await core.identity()).people.of(tenant);
  const candidates = only === undefined ? candidatesOf(people, keys, number, issuer) : [only];
  const known = await knownPersons({ database, tenant, people }, candidates);
  return known.flatMap((person) => {
    const dataset = new DataSet();
    const served = demographicsOf(person, config.identityDomain);
    for (const [keyword, value] of Object.entries(served)) put(dataset, keyword, value);
    return matches(dataset, keys, query) ? person.studyIds : [];
  });
}

/** Without those that match everything. */
const valuesOf = ({ keys }: Query, tag: number): readonly string[] =>
  keys.find(({ path }) => path.length === 1 && path[0] === tag)?.values.filter((value) => !/^\**$/.test(value)) ?? [];

const isOfPatient = ({ path, values }: MatchKey): boolean =>
  path.length === 1 &&
  [PATIENT_NAME, BIRTH_DATE, SEX].includes(path[0]!) &&
  values.some((value) => value !== '' && !/^\*+$/.test(value));

/** Whoever is meant is among them, where a number, a name or a day of birth is asked for; a sex alone narrows nothing. */
function candidatesOf(
  people: TenantPeople,
  keys: readonly MatchKey[],
  number: readonly string[],
  [issuer]: readonly string[],
): PersonId[] {
  if (number.some(hasWildcard) || (issuer !== undefined && hasWildcard(issuer))) return [];
  if (number.length > 0) return number.flatMap((id) => [...people.personsUnder(id.trim(), issuer)]);
  // A registration is asked for, and a name was received with it.
  if (issuer !== undefined) return [];
  const sets = keys.flatMap(({ path, values }) => {
    const found = values.map((value) =>
      path[0] === PATIENT_NAME ? named(people, value) : path[0] === BIRTH_DATE ? bornOn(people, value) : undefined,
    );
    return found.includes(undefined) ? [] : [new Set(found.flatMap((ids) => [...ids!]))];
  });
  const [first = new Set<PersonId>(), ...others] = sets.sort((a, b) => a.size - b.size);
  const found = [...first].filter((id) => others.every((set) => set.has(id)));
  // Who was heard of once is served as that once.
  return found.filter((id) => {
    const { sightingIds = [], studyIds = [] } = people.person(id) ?? {};
    return sightingIds.length > 1 && studyIds.length > 0;
  });
}

/** The longest stretch without wildcards (PS3.4 C.2.2.2.4), wherever it stands in a word. */
function named(people: TenantPeople, value: string): Set<PersonId> | undefined {
  const [longest = ''] = value.split(/[*?^=\s]+/).sort((a, b) => b.length - a.length);
  return people.personsNamed(longest, /[*?]/.test(value));
}

const bornOn = (people: TenantPeople, value: string): Set<PersonId> | undefined =>
  /^\d{8}$/.test(value) ? people.personsBornOn(value) : undefined;
