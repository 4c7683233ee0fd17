// All sightings at once: who is who among them, for `fascia identity batch` and for measuring. The model is estimated from
// the sightings themselves; nothing is labelled.

import { estimateModel } from './estimate.ts';
import { IdentityIndex } from './identity-index.ts';
import type { Model } from './model.ts';
import type { PersonId } from './persons.ts';
import type { Assertion, Sighting } from './sighting.ts';
import { judgedProbability } from './verdict.ts';

export interface BatchResult {
  /** Person of each sighting, in their order. */
  persons: PersonId[];
  /** Pairs of sightings, by place, of persons that somebody should look at. */
  reviews: { a: number; b: number; probability: number; reason: string }[];
}

export function reconcile(
  sightings: readonly Sighting[],
  assertions: readonly Assertion[],
  model?: Model,
): BatchResult {
  const index = new IdentityIndex(model ?? estimateModel(sightings, 'batch'));
  index.load(sightings, assertions);
  const first = new Map<number, number>();
  const settled = sightings.map(({ id }) => index.sighted.nodeOf(id)!);
  settled.forEach((node, at) => {
    if (!first.has(node)) first.set(node, at);
  });
  return {
    persons: settled.map((node) => index.persons.idOf(node)),
    reviews: index.doubtful.map(({ a, b, bits, reason }) => ({
      a: first.get(a)!,
      b: first.get(b)!,
      probability: judgedProbability(index.model, bits, reason),
      reason,
    })),
  };
}
