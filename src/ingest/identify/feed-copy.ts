// What a tenant was told of its patients, read from the log once more: to learn from, beside the index that answers.

import type { Authorities } from '../../identity/authorities.ts';
import type { FeedCopy } from '../../identity/candidate.ts';
import { isPersonId } from '../../identity/persons.ts';
import type { Assertion, Sighting } from '../../identity/sighting.ts';
import type { Database } from '../../storage/database.ts';
import { lastEntries, sizeOfLog } from '../../storage/identity-log.ts';
import { type Retraction, sightingOf, statementOf } from './logged.ts';

export const limits = {
  /** The last ones are what sites do now, and as many tell how often names and values agree. */
  sightings: 250_000,
} as const;

export interface LoggedCopy extends FeedCopy {
  /** The last entry that was read. */
  upTo: string;
}

export async function copyFeed(database: Database, tenant: number, authorities: Authorities): Promise<LoggedCopy> {
  const sightings: Sighting[] = [];
  const statements = new Map<string, Assertion>();
  let upTo = '0';
  for await (const entries of lastEntries(database, tenant, limits)) {
    for (const entry of entries) {
      upTo = entry.id;
      if (entry.kind === 'retraction') statements.delete((entry.payload as Retraction).entry);
      const statement = statementOf(entry, authorities);
      if (statement !== undefined) statements.set(statement.id, statement);
      const sighting = sightingOf(entry, authorities);
      // An id of ours that came back to us says nothing new of anybody.
      if (sighting !== undefined && !isPersonId(sighting.patientId)) sightings.push(sighting);
    }
  }
  const { sightings: ofSightings } = await sizeOfLog(database, tenant);
  return {
    sightings,
    statements: [...statements.values()],
    ofSightings: Math.max(ofSightings, sightings.length),
    upTo,
  };
}
