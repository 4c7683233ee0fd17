// Indexes of some sightings, and who is one person in them.

import { IdentityIndex } from '../identity-index.ts';
import type { Assertion, Sighting } from '../sighting.ts';
import { identifierOf } from './sightings.ts';

export const samePerson = (index: IdentityIndex, a: Sighting, b: Sighting): boolean =>
  index.personOf(identifierOf(a)) === index.personOf(identifierOf(b));

export const merge = (a: Sighting, b: Sighting, parts: Partial<Assertion> = {}): Assertion => ({
  id: `${a.patientId}+${b.patientId}`,
  type: 'same',
  of: [identifierOf(a), identifierOf(b)],
  authoritative: true,
  timestamp: '2026-02-01T00:00:00Z',
  ...parts,
});

/** The persons as sets of registrations, whatever they are called. */
export function partition(index: IdentityIndex, sightings: readonly Sighting[]): string[] {
  const groups = new Map<string, Set<string>>();
  for (const one of sightings) {
    const person = index.personOf(identifierOf(one))!;
    groups.set(person, (groups.get(person) ?? new Set()).add(`${one.issuer}|${one.patientId}`));
  }
  return [...groups.values()].map((group) => [...group].toSorted().join(' ')).toSorted();
}

export function indexOf(...sightings: Sighting[]): IdentityIndex {
  const index = new IdentityIndex();
  for (const one of sightings) index.put(one);
  return index;
}
