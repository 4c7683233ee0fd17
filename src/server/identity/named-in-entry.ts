// Whose registrations an entry of the identity log is about, whoever has to look at these persons again because of it.

import type { Identifier } from '../../identity/sighting.ts';
import type { LoggedAssertion, Removal, Retraction } from '../../ingest/identify/logged.ts';
import type { TenantPeople } from '../../ingest/identify/tenant-people.ts';
import type { Database } from '../../storage/database.ts';
import { entriesOf, type LoggedEntry } from '../../storage/identity-log.ts';
import { movedBy } from '../../storage/identity-models.ts';

async function namedIn(database: Database, entry: LoggedEntry, people: TenantPeople): Promise<readonly Identifier[]> {
  if (entry.kind === 'removal') return [(entry.payload as Removal).registration];
  if (entry.kind === 'assertion' || entry.kind === 'decision') return (entry.payload as LoggedAssertion).of;
  if (entry.kind === 'retraction') {
    const [undone] = await entriesOf(database, entry.tenant, [(entry.payload as Retraction).entry]);
    return undone === undefined || undone.kind === 'retraction' ? [] : namedIn(database, undone, people);
  }
  if (entry.kind === 'model') {
    const moved = await entriesOf(database, entry.tenant, await movedBy(database, entry.tenant, entry.id));
    return (await Promise.all(moved.map((each) => namedIn(database, each, people)))).flat();
  }
  const sighting = people.sighting(entry);
  return sighting === undefined ? [] : [{ issuer: sighting.issuer, id: sighting.patientId }];
}

/** Persons that entries of one tenant are about. */
export async function personsIn(
  database: Database,
  entries: readonly LoggedEntry[],
  people: TenantPeople,
): Promise<Set<string>> {
  const persons = new Set<string>();
  for (const entry of entries) {
    for (const identifier of await namedIn(database, entry, people)) {
      const person = people.personOf(identifier);
      if (person !== undefined) persons.add(person);
    }
  }
  return persons;
}
