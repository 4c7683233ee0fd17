// How well a partition agrees with the truth, by pairs of records whose site and number differ: pairs under one number are
// trivial, and false merges count whatever the number.

import type { BatchResult } from '../batch.ts';
import type { Population } from './population.ts';

export interface Score {
  records: number;
  precision: number;
  recall: number;
  /** Recall of what is linked or waits for a person. */
  recallWithReview: number;
  reviewsPer10k: number;
  impurePer10k: number;
  falsePairsByTag: Record<string, number>;
  recallByTag: Record<string, number>;
}

const unmatchable = ['trauma', 'newborn', 'test', 'overlay'];

export function scoreOf({ sightings, truth }: Population, { persons, reviews }: BatchResult): Score {
  const cells = new Map<
    string,
    { person: string; cluster: string; numbers: Map<string, number>; count: number; tags: Set<string> }
  >();
  sightings.forEach(({ site, patientId }, at) => {
    const { person, tags } = truth[at]!;
    const cluster = persons[at]!;
    const cell = cells.get(`${person} ${cluster}`) ?? {
      person,
      cluster,
      numbers: new Map(),
      count: 0,
      tags: new Set(),
    };
    cells.set(`${person} ${cluster}`, cell);
    cell.count++;
    for (const tag of tags) cell.tags.add(tag);
    const number = `${site} ${patientId.replace(/^[A-Z]+-/, '').replace(/^0+/, '')}`;
    if (!tags.some((tag) => unmatchable.includes(tag))) cell.numbers.set(number, (cell.numbers.get(number) ?? 0) + 1);
  });
  const reviewed = new Set(
    reviews.flatMap(({ a, b }) => [`${persons[a]} ${persons[b]}`, `${persons[b]} ${persons[a]}`]),
  );
  const sums = { all: 0, linked: 0, reviewed: 0, false: 0, impure: 0 };
  const falsePairsByTag: Record<string, number> = {};
  const byTag = new Map<string, [number, number]>();
  for (const group of groupBy([...cells.values()], ({ person }) => person)) {
    for (const [one, other] of pairsOf(group)) {
      const count = one === other ? differing(one.numbers) : crossing(one.numbers, other.numbers);
      sums.all += count;
      if (one === other) sums.linked += count;
      else if (reviewed.has(`${one.cluster} ${other.cluster}`)) sums.reviewed += count;
      for (const tag of one.tags.size > 0 ? one.tags : ['plain']) {
        const [all, linked] = byTag.get(tag) ?? [0, 0];
        byTag.set(tag, [all + count, linked + (one === other ? count : 0)]);
      }
    }
  }
  for (const group of groupBy([...cells.values()], ({ cluster }) => cluster)) {
    if (group.length > 1) sums.impure++;
    for (const [one, other] of pairsOf(group)) {
      if (one === other) continue;
      sums.false += one.count * other.count;
      for (const tag of [...one.tags, ...other.tags, 'all'])
        falsePairsByTag[tag] = (falsePairsByTag[tag] ?? 0) + one.count * other.count;
    }
  }
  const per10k = 10_000 / sightings.length;
  return {
    records: sightings.length,
    precision: sums.linked / Math.max(1, sums.linked + sums.false),
    recall: sums.linked / sums.all,
    recallWithReview: (sums.linked + sums.reviewed) / sums.all,
    reviewsPer10k: new Set(reviews.map(({ a, b }) => [persons[a], persons[b]].toSorted().join())).size * per10k,
    impurePer10k: sums.impure * per10k,
    falsePairsByTag,
    recallByTag: Object.fromEntries(
      [...byTag].toSorted().map(([tag, [all, linked]]) => [tag, linked / Math.max(1, all)]),
    ),
  };
}

function groupBy<T>(items: T[], key: (item: T) => string): T[][] {
  return [...Map.groupBy(items, key).values()];
}

function* pairsOf<T>(items: T[]): Generator<[T, T]> {
  for (let i = 0; i < items.length; i++) for (let j = i; j < items.length; j++) yield [items[i]!, items[j]!];
}

const total = (numbers: Map<string, number>): number => [...numbers.values()].reduce((sum, count) => sum + count, 0);

/** Pairs of records of different numbers within one cell. */
function differing(numbers: Map<string, number>): number {
  const all = total(numbers);
  const equal = [...numbers.values()].reduce((sum, count) => sum + count * count, 0);
  return (all * all - equal) / 2;
}

/** The same between two cells. */
function crossing(one: Map<string, number>, other: Map<string, number>): number {
  const equal = [...one].reduce((sum, [number, count]) => sum + count * (other.get(number) ?? 0), 0);
  return total(one) * total(other) - equal;
}
