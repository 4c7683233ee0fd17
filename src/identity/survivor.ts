// Under which number of its issuer a patient is registered now: merges name the surviving number first (ADT A40, 3.3.40 of
// HL7 v2; `replaced-by` of FHIR; a person's decision), and what was merged may be merged again.

import type { Assertions } from './assertions.ts';
import { identifierOf, type Reader } from './reading.ts';
import type { Registry } from './registry.ts';
import type { Identifier } from './sighting.ts';

export interface Survivors {
  registry: Registry;
  reader: Reader;
  assertions: Assertions;
}

/** undefined where the number that a node is registered under is its own still. Only numbers of one issuer replace each other. */
export function survivorOf({ registry, reader, assertions }: Survivors, node: number): Identifier | undefined {
  const first = registry.registrationOf[node]!;
  // Of two people under one number the merge is about the one that most was said of.
  if (first < 0 || registry.nodesOf(first)[0] !== node) return undefined;
  const passed = new Set([first]);
  const issuerOf = (registration: number) => identifierOf(registry.keys[registration]!).issuer;
  let survivor: Identifier | undefined;
  for (let at: number | undefined = first; at !== undefined; ) {
    const replaced: number = at;
    let next: { registration: number; number: Identifier; timestamp: string } | undefined;
    assertions.visit(replaced, (other, { type, of, timestamp }) => {
      const isReplaced = registry.find(reader.keyOfIdentifier(of[1])) === replaced;
      if (type !== 'same' || !isReplaced || passed.has(other) || issuerOf(other) !== issuerOf(replaced)) return;
      if (next === undefined || timestamp > next.timestamp) next = { registration: other, number: of[0], timestamp };
    });
    survivor = next?.number ?? survivor;
    at = next?.registration;
    if (at !== undefined) passed.add(at);
  }
  return survivor;
}
