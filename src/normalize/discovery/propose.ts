// For private elements that nobody has described: which standard attribute, or derived quantity, their values follow in many
// instances. A proposal says how sure it is and on what evidence; a person accepts it (mapping-set.ts).

import type { DataSet } from '../../dicom/dataset.ts';
import type { Conversion } from '../acquisition/mapping.ts';
import type { PrivateTag } from '../acquisition/private-tag.ts';
import { type Fit, fit, type Pair } from './fit.ts';
import { type Observation, type Observations, observe, type Values } from './observations.ts';

export interface Evidence {
  /** Instances that have both, and series they are of. */
  instances: number;
  series: number;
  /** Different values of the attribute among them. */
  distinctValues: number;
  /** Whether images of one series differ, or series do. */
  varies: 'by instance' | 'by series';
  /** Of the instances that have the private element, the part that has the attribute as well. */
  coverage: number;
  /** How improbable it is that an element which has nothing to do with the attribute agrees so often, in bits. */
  bits: number;
}

export interface Proposal {
  from: PrivateTag;
  attribute: string;
  conversion: Conversion;
  evidence: Evidence;
  /** 0 to 1: shared among attributes that the values follow equally well. */
  confidence: number;
}

/** From here on a person may trust a proposal unseen; below, it is a question. */
export const trusted = 0.9;

/** Fewer instances, or values, are coincidence. */
const least = { instances: 4, distinctValues: 2 };

/** For each private element its proposals, most likely first; none for those that follow nothing. */
export function propose(objects: Iterable<DataSet>): Map<string, Proposal[]> {
  const observations = observe(objects);
  const proposals = new Map<string, Proposal[]>();
  for (const [key, from] of observations.tags) {
    const found = proposalsFor(key, from, observations);
    if (found.length > 0) proposals.set(key, found);
  }
  return proposals;
}

interface Candidate {
  attribute: string;
  fit: Fit;
  evidence: Evidence;
}

function proposalsFor(key: string, from: PrivateTag, { rows }: Observations): Proposal[] {
  const having = rows.filter(({ privates }) => privates.has(key));
  if (having.length < least.instances || isConstant(having.map(({ privates }) => privates.get(key)!))) return [];
  const names = new Set(having.flatMap(({ features }) => [...features.keys()]));
  const candidates = withoutParts([...names].flatMap((attribute) => candidate(key, attribute, having) ?? []));
  const weights = candidates.map(({ fit: { strangeness }, evidence }) => 2 ** -strangeness * evidence.coverage);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return candidates
    .map(({ attribute, fit: { conversion, strangeness }, evidence }, i): Proposal => {
      // So many attributes were tried, in so many ways, that some coincidence is to be expected.
      const surprise = evidence.bits - Math.log2(names.size) - WAYS_TRIED_BITS - strangeness;
      const confidence =
        (weights[i]! / total) * (1 / (1 + 2 ** -surprise)) * (strangeness >= STRANGE ? CAP_OF_STRANGE : 1);
      return { from, attribute, conversion, evidence, confidence };
    })
    .filter(({ confidence }) => confidence >= WORTH_ASKING)
    .toSorted((a, b) => b.confidence - a.confidence || (a.attribute < b.attribute ? -1 : 1))
    .slice(0, MOST_PROPOSALS);
}

/** What follows all values of an attribute does not also follow each. */
function withoutParts(candidates: readonly Candidate[]): Candidate[] {
  const whole = new Set(candidates.map(({ attribute }) => attribute));
  return candidates.filter(
    ({ attribute }) => !whole.has(attribute.replace(/\[\d+\]$/, '')) || !attribute.endsWith(']'),
  );
}

/** Below, a person would only be kept busy. */
const WORTH_ASKING = 0.02;
const MOST_PROPOSALS = 5;

const WAYS_TRIED_BITS = 3;

/** A factor nobody uses, or terms that do not resemble each other, may be a coincidence of the protocols at hand. */
const STRANGE = 8;
const CAP_OF_STRANGE = 0.85;

function candidate(key: string, attribute: string, having: readonly Observation[]): Candidate | undefined {
  const both = having.filter(({ features }) => features.has(attribute));
  if (both.length < least.instances) return undefined;
  const pairs = both.map(({ privates, features }): Pair => [privates.get(key)!, features.get(attribute)!]);
  const found = fit(pairs);
  if (found === undefined) return undefined;
  const series = new Map<string, Set<string>>();
  both.forEach(({ seriesInstanceUid }, i) => {
    const values = series.get(seriesInstanceUid) ?? new Set();
    series.set(seriesInstanceUid, values.add(printed(pairs[i]![1])));
  });
  const byInstance = [...series.values()].some((values) => values.size > 1);
  const units = byInstance
    ? both.map(({ seriesInstanceUid }, i) => `${seriesInstanceUid} ${printed(pairs[i]![1])}`)
    : [...series].map(([uid, [value]]) => `${uid} ${value}`);
  const independent = [...new Set(units)].map((unit) => unit.slice(unit.indexOf(' ') + 1));
  const distinctValues = new Set(independent).size;
  if (distinctValues < least.distinctValues) return undefined;
  const evidence: Evidence = {
    instances: both.length,
    series: series.size,
    distinctValues,
    varies: byInstance ? 'by instance' : 'by series',
    coverage: both.length / having.length,
    bits: Math.max(0, independent.length - found.learnt) * entropy(independent),
  };
  return { attribute, fit: found, evidence };
}

/** Of how values are spread, in bits a value. */
function entropy(values: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / values.length) * Math.log2(count / values.length);
  return bits;
}

const printed = (values: Values): string => values.join('\\');

const isConstant = (all: readonly Values[]): boolean => all.every((values) => printed(values) === printed(all[0]!));
