// Why, and why not: each comparison in the order of a waterfall, from the prior odds to the probability, for the review
// screen and for `fascia identity explain`. Levels, bits and reasons; no names, no dates.

import type { IdentityIndex } from './identity-index.ts';
import { at, type Comparison, comparisonNames, comparisons, priorBits, probabilityOf } from './model.ts';
import type { PersonId } from './persons.ts';
import type { Identifier } from './sighting.ts';
import { type Veto, vetoes, vetoOf } from './verdict.ts';

export interface Evidence {
  comparison: Comparison | 'prior';
  level: string;
  /** log2 of how much more likely this is for one person than for two. */
  bits: number;
}

export interface Explanation {
  modelVersion: string;
  persons: [PersonId, PersonId];
  joined: boolean;
  evidence: Evidence[];
  bits: number;
  probability: number;
  veto: { code: Veto; text: string } | undefined;
  /** The same of the two persons as a whole, by everything they are known by. */
  whole: { bits: number; probability: number; veto: Veto | undefined } | undefined;
}

/** The last comparison as a waterfall: prior, then every comparison that says something. */
export function evidenceOf({ comparator, model }: IdentityIndex): Evidence[] {
  const said = comparisonNames
    .map((comparison) => {
      const place = at[comparison];
      const level = comparator.levels[place]!;
      return { comparison, level: comparisons[comparison][level]!, bits: comparator.bits[place]! };
    })
    .filter(({ bits }) => bits !== 0);
  return [{ comparison: 'prior', level: `1 in ${Math.round(model.population / 2)}`, bits: -priorBits(model) }, ...said];
}

export function explainPair(index: IdentityIndex, one: Identifier, other: Identifier): Explanation | undefined {
  const { registry, persons, comparator, model } = index;
  const [a, b] = [index.nodeOf(one), index.nodeOf(other)];
  if (a === undefined || b === undefined) return undefined;
  const bits = comparator.compare(registry.facts(a), registry.facts(b));
  const veto = vetoOf(comparator);
  const evidence = evidenceOf(index);
  const joined = persons.leaderOf(a) === persons.leaderOf(b);
  return {
    modelVersion: model.version,
    persons: [persons.idOf(a), persons.idOf(b)],
    joined,
    evidence,
    bits: bits - priorBits(model),
    probability: probabilityOf(model, bits - priorBits(model)),
    veto: veto === undefined ? undefined : { code: veto, text: vetoes[veto] },
    whole: joined ? undefined : wholeOf(index, a, b),
  };
}

function wholeOf(index: IdentityIndex, a: number, b: number): Explanation['whole'] {
  const bits = index.comparator.compare(index.personFacts(a), index.personFacts(b)) - priorBits(index.model);
  return { bits, probability: probabilityOf(index.model, bits), veto: vetoOf(index.comparator) };
}
