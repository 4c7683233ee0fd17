// A person with everything that is known of them: read from the log by what the index says belongs together.

import { readBirthDate } from '../../identity/birth-date.ts';
import { type GoldenFieldName, type GoldenRecord, goldenRecord } from '../../identity/golden-record.ts';
import type { PersonId } from '../../identity/persons.ts';
import type { Identifier } from '../../identity/sighting.ts';
import type { Database } from '../../storage/database.ts';
import { entriesOf, type LoggedEntry } from '../../storage/identity-log.ts';
import type { TenantPeople } from './tenant-people.ts';

export interface KnownPerson {
  id: PersonId;
  record: GoldenRecord;
  /** Of the catalogue. */
  studyIds: string[];
  /** Who sent each of the studies. */
  studySources: ReadonlyMap<string, string>;
  sightings: number;
  /** Another one whenever another sighting belongs to the person. */
  version: string;
  /** When the latest of them was logged, ISO 8601. */
  changedAt: string;
}

export interface Around {
  database: Database;
  tenant: number;
  people: TenantPeople;
  /** Reads entries as `entriesOf` does, together with those that others ask for. */
  entries?: (ids: readonly string[]) => Promise<LoggedEntry[]>;
}

/** Who has this id, or who the one that had it is now; undefined where nobody had it. */
export async function knownPerson(around: Around, id: PersonId): Promise<KnownPerson | undefined> {
  return (await knownPersons(around, [id]))[0];
}

/** The same for many, by one question to the log; in their order, without those that nobody had. */
export async function knownPersons(
  { database, tenant, people, entries: read = (each) => entriesOf(database, tenant, each) }: Around,
  ids: readonly PersonId[],
): Promise<KnownPerson[]> {
  const persons = ids.flatMap((id) => people.person(id) ?? []);
  const entries = await read(persons.flatMap(({ sightingIds }) => sightingIds));
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return persons.map(({ id, sightingIds, studyIds }) => {
    const own = sightingIds.flatMap((sightingId) => byId.get(sightingId) ?? []);
    return { id, studyIds, ...knownOf(own, people) };
  });
}

/** What is known of one registration by itself, whosever it is; undefined where nobody spoke of it. */
export async function knownRegistration(
  { database, tenant, people }: Around,
  identifier: Identifier,
): Promise<KnownPerson | undefined> {
  const id = people.personOf(identifier);
  if (id === undefined) return undefined;
  const entries = await entriesOf(database, tenant, people.sightingsOf(identifier));
  const studyIds = entries.flatMap((entry) => (entry.kind === 'study' && entry.study ? [entry.study.id] : []));
  return { id, studyIds, ...knownOf(entries, people) };
}

function knownOf(entries: readonly LoggedEntry[], people: TenantPeople): Omit<KnownPerson, 'id' | 'studyIds'> {
  const sightings = entries.flatMap((entry) => people.sighting(entry) ?? []);
  const last = entries.toSorted((a, b) => Number(a.id) - Number(b.id)).at(-1);
  return {
    record: goldenRecord(sightings, isPlaceholder),
    studySources: new Map(entries.flatMap((entry) => sourceOf(entry))),
    sightings: sightings.length,
    version: `${last?.id ?? 0}.${sightings.length}`,
    changedAt: (last?.at ?? new Date(0)).toISOString(),
  };
}

const sourceOf = (entry: LoggedEntry): [studyId: string, source: string][] =>
  entry.kind === 'study' && entry.study?.source ? [[entry.study.id, entry.study.source]] : [];

const isPlaceholder = (field: GoldenFieldName, value: string): boolean =>
  field === 'birthDate' && readBirthDate(value) === 0;
