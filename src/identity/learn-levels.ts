// How often values agree, learned without labels: u from pairs taken at random, m by expectation-maximisation in two
// sessions, each over pairs that are almost certainly one person by what the session does not estimate: a national id or a
// source's word for names and dates; name and date for all the rest. What was believed before counts as some hundred pairs.

import { Comparator, limits as weights } from './comparator.ts';
import { noFacts } from './facts.ts';
import { VariantCounts } from './learn-variants.ts';
import { at, type Comparison, comparisonNames, comparisons, type Levels, type Model, priorBits } from './model.ts';
import { Neighbours } from './neighbours.ts';
import { Reader } from './reading.ts';
import { Registry } from './registry.ts';
import type { Sighting } from './sighting.ts';
import { addressSame, dateNear, dateSame } from './value-levels.ts';
import { different, same, Vocabulary } from './vocabulary.ts';

const limits = {
  /** As many, the first ones, are enough to learn from. */
  sightings: 60_000,
  randomPairs: 400_000,
  sampledNodes: 30_000,
  iterations: 12,
  /** Share of a session's pairs that are of one person. */
  certain: 0.97,
  /** Pairs that the earlier model counts for. */
  priorPairsU: 20_000,
  priorPairsM: 200,
  /** Log-odds in bits from which two are joined where nobody lives with family of the same name. */
  joinCensus: 2,
  /** Pairs of one home that the earlier model counts for. */
  priorHomes: 5,
};

/** Levels of one pair as text of one letter each, and how many pairs have them. */
type Patterns = Map<string, number>;

export function learnLevels(sightings: Iterable<Sighting>, model: Model): Model {
  const vocabulary = new Vocabulary();
  vocabulary.setVariants(model.variants);
  const comparator = new Comparator(model, vocabulary);
  const registry = new Registry(vocabulary, comparator);
  const neighbours = new Neighbours(registry, vocabulary, comparator);
  const reader = new Reader(model, vocabulary);
  const variants = new VariantCounts(vocabulary);
  let taken = 0;
  for (const sighting of sightings) {
    if (++taken > limits.sightings) break;
    const read = reader.read(sighting);
    variants.addParallel(read.facts);
    registry.put(read);
  }
  if (registry.store.size < 100) return model;
  const facts = noFacts();
  for (let node = 0; node < registry.store.size; node++) neighbours.post(node, registry.facts(node, facts));
  const u = learnU(registry, comparator, model);
  const { byNumber, byPerson, byHome, home } = sample(registry, neighbours, comparator, variants);
  const levels = { ...model.levels, ...u };
  const relatives = (home.relatives + model.relatives * limits.priorHomes) / (home.pairs + limits.priorHomes);
  const isCensus = relatives < weights.relatives;
  if (isCensus) for (const [pattern, times] of byHome) byNumber.set(pattern, (byNumber.get(pattern) ?? 0) + times);
  return {
    ...model,
    variants: variants.pairs(),
    relatives,
    ...(isCensus && { thresholds: { ...model.thresholds, join: limits.joinCensus } }),
    levels: { ...levels, ...maximise(byNumber, levels, ofPerson), ...maximise(byPerson, levels, ofNumber) },
  };
}

const ofPerson: Comparison[] = ['family', 'given', 'middle', 'order', 'date', 'sex'];
const ofNumber: Comparison[] = ['national', 'phone', 'address', 'generation', 'issuer', 'claim'];

function learnU(registry: Registry, comparator: Comparator, model: Model): Record<Comparison, Levels> {
  const counts = comparisonNames.map((name) => new Array<number>(comparisons[name].length).fill(0));
  const [a, b] = [noFacts(), noFacts()];
  const size = registry.store.size;
  const prior = priorBits(model);
  let state = 12345;
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x100000000) * size);
  };
  for (let pair = 0; pair < limits.randomPairs; pair++) {
    const [one, other] = [draw(), draw()];
    if (one === other) continue;
    if (comparator.compare(registry.facts(one, a), registry.facts(other, b)) > prior) continue;
    for (let place = 0; place < counts.length; place++) counts[place]![comparator.levels[place]!]!++;
  }
  const entries = comparisonNames.map((name, place) => {
    const { m, u } = model.levels[name];
    return [name, { m, u: blend(counts[place]!, u, limits.priorPairsU, name) }] as const;
  });
  return Object.fromEntries(entries) as Record<Comparison, Levels>;
}

/** Shares of the known levels, the earlier belief counting as `weight` pairs. */
function blend(counts: number[], before: number[], weight: number, name: Comparison): number[] {
  const first = comparisons[name][0] === 'missing' ? 1 : 0;
  const total = counts.reduce((sum, times, level) => (level < first ? sum : sum + times), 0);
  return counts.map((times, level) => (level < first ? 0 : (times + before[level]! * weight) / (total + weight)));
}

function sample(
  registry: Registry,
  neighbours: Neighbours,
  comparator: Comparator,
  variants: VariantCounts,
): { byNumber: Patterns; byPerson: Patterns; byHome: Patterns; home: { pairs: number; relatives: number } } {
  const home = { pairs: 0, relatives: 0 };
  const [byNumber, byPerson, byHome]: [Patterns, Patterns, Patterns] = [new Map(), new Map(), new Map()];
  const facts = noFacts();
  const size = registry.store.size;
  const step = Math.max(1, Math.floor(size / limits.sampledNodes));
  for (let node = 0; node < size; node += step) {
    registry.facts(node, facts);
    neighbours.near(facts, Number.NEGATIVE_INFINITY, (other, _bits, others) => {
      if (other === node) return;
      const { levels } = comparator;
      const pattern = String.fromCharCode(...levels);
      if (levels[at.national] === 1 || levels[at.claim] === 1) {
        byNumber.set(pattern, (byNumber.get(pattern) ?? 0) + 1);
        if (other < node) variants.addLinked(facts, others, comparator);
      } else if (levels[at.address] === addressSame) byHome.set(pattern, (byHome.get(pattern) ?? 0) + 1);
      const names = levels[at.family] === same && levels[at.given] === same && levels[at.order] === 0;
      if (levels[at.family] === same && levels[at.address] === addressSame) {
        home.pairs++;
        if (levels[at.given] === different && levels[at.date]! >= dateNear) home.relatives++;
      }
      if (names && levels[at.date] === dateSame) byPerson.set(pattern, (byPerson.get(pattern) ?? 0) + 1);
    });
  }
  return { byNumber, byPerson, byHome, home };
}

/** Expectation-maximisation of m for `names`, u held. */
function maximise(
  patterns: Patterns,
  levels: Record<Comparison, Levels>,
  names: Comparison[],
): Partial<Record<Comparison, Levels>> {
  const m = new Map(names.map((name) => [name, levels[name].m]));
  const odds = limits.certain / (1 - limits.certain);
  for (let round = 0; round < limits.iterations; round++) {
    const counts = new Map(names.map((name) => [name, levels[name].m.map(() => 0)]));
    for (const [pattern, times] of patterns) {
      const posterior = names.reduce((sum, name) => sum * ratio(name, pattern, m.get(name)!, levels[name].u), odds);
      const match = times * (posterior / (1 + posterior));
      for (const name of names) counts.get(name)![pattern.charCodeAt(at[name])]! += match;
    }
    for (const name of names) m.set(name, blend(counts.get(name)!, levels[name].m, limits.priorPairsM, name));
  }
  return Object.fromEntries(names.map((name) => [name, { m: m.get(name)!, u: levels[name].u }]));
}

function ratio(name: Comparison, pattern: string, m: number[], u: number[]): number {
  const level = pattern.charCodeAt(at[name]);
  if (level === 0 && comparisons[name][0] === 'missing') return 1;
  return m[level]! / u[level]!;
}
