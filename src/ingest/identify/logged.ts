// What entries of the identity log say, in identity's words: sightings and statements, every authority by its one name.

import { fromJson } from '../../dicom/json.ts';
import type { Authorities } from '../../identity/authorities.ts';
import type { Assertion, Identifier, Sighting } from '../../identity/sighting.ts';
import type { LoggedEntry } from '../../storage/identity-log.ts';
import { sightingOfStudy } from '../../translate/sighting-of-study.ts';

/** A sighting, an assertion or a decision as the log has it: without the id, which is the log's. */
export type LoggedSighting = Omit<Sighting, 'id'>;
export type LoggedAssertion = Omit<Assertion, 'id'>;
/** A registration that its source no longer has. */
export interface Removal {
  registration: Identifier;
}
/** What it takes back. */
export interface Retraction {
  entry: string;
}

/** undefined for an entry that is no sighting, and for a study that was taken back. */
export function sightingOf(entry: LoggedEntry, authorities: Authorities): Sighting | undefined {
  const { id } = entry;
  if (entry.kind === 'sighting') return authorities.applied({ ...(entry.payload as LoggedSighting), id });
  if (entry.kind !== 'study' || entry.study === undefined) return undefined;
  const { attributes, source } = entry.study;
  const dataset = fromJson(JSON.parse(attributes));
  const said = sightingOfStudy({ id, dataset, source: source ?? '', timestamp: entry.at.toISOString() });
  return authorities.applied(said);
}

/** undefined for an entry by which nobody says that registrations are one person, or two. */
export function statementOf(entry: LoggedEntry, authorities: Authorities): Assertion | undefined {
  if (entry.kind !== 'assertion' && entry.kind !== 'decision') return undefined;
  const assertion = entry.payload as LoggedAssertion;
  const [one, other] = assertion.of;
  return { ...assertion, of: [authorities.identifier(one), authorities.identifier(other)], id: entry.id };
}
