// A person with everything that is known of them: read from the log by what the index says belongs together.

import { readBirthDate } from '../../identity/birth-date.ts';
import { type GoldenFieldName, type GoldenRecord, goldenRecord } from '../../identity/golden-record.ts';
import type { PersonId } from '../../identity/persons.ts';
import type { Database } from '../../storage/database.ts';
import { entriesOf } from '../../storage/identity-log.ts';
import type { TenantPeople } from './tenant-people.ts';

export interface KnownPerson {
  id: PersonId;
  record: GoldenRecord;
  /** Of the catalogue. */
  studyIds: string[];
  sightings: number;
  /** Another one whenever another sighting belongs to the person. */
  version: string;
  /** When the latest of them was logged, ISO 8601. */
  changedAt: string;
}

/** Who has this id, or who the one that had it is now; undefined where nobody had it. */
export async function knownPerson(
  { database, tenant, people }: { database: Database; tenant: number; people: TenantPeople },
  id: PersonId,
): Promise<KnownPerson | undefined> {
  const person = people.person(id);
  if (person === undefined) return undefined;
  const entries = await entriesOf(database, tenant, person.sightingIds);
  const sightings = entries.flatMap((entry) => people.sighting(entry) ?? []);
  const last = entries.at(-1);
  return {
    id: person.id,
    record: goldenRecord(sightings, isPlaceholder),
    studyIds: person.studyIds,
    sightings: sightings.length,
    version: `${last?.id ?? 0}.${sightings.length}`,
    changedAt: (last?.at ?? new Date(0)).toISOString(),
  };
}

const isPlaceholder = (field: GoldenFieldName, value: string): boolean =>
  field === 'birthDate' && readBirthDate(value) === 0;
