// Finds the records that could be of the same person as one: those that share a key and agree enough.

import { directoryKeys, keysOf } from './blocking.ts';
import type { Comparator } from './comparator.ts';
import { type Facts, noFacts } from './facts.ts';
import { Postings } from './postings.ts';
import type { Registry } from './registry.ts';
import type { Vocabulary } from './vocabulary.ts';

export class Neighbours {
  readonly postings = new Postings();
  private readonly registry: Registry;
  private readonly vocabulary: Vocabulary;
  private readonly comparator: Comparator;
  /** Node → number of the search that saw it last. */
  private seen = new Int32Array(1 << 12);
  private search = 0;
  private readonly keys = new Set<number>();
  private readonly other = noFacts();

  constructor(registry: Registry, vocabulary: Vocabulary, comparator: Comparator) {
    this.registry = registry;
    this.vocabulary = vocabulary;
    this.comparator = comparator;
  }

  private keysOf(facts: Facts): Set<number> {
    return keysOf(facts, this.vocabulary, this.keys, !this.comparator.knowsRelatives);
  }

  /** Makes `node` findable by `facts`; facts only grow, so what it was findable by before stays. */
  post(node: number, facts: Facts): void {
    const keys = this.keysOf(facts);
    directoryKeys(facts, keys);
    for (const key of keys) this.postings.add(key, node);
  }

  /**
   * Calls `visit` with every node that shares a key with `facts`, once each: those of the rarest key first, and no more keys
   * once there are `most`. What is close shares a rare key.
   */
  candidates(facts: Facts, visit: (node: number) => void, { most, before }: Within = everybody): void {
    const search = ++this.search;
    let count = 0;
    const take = (node: number): void => {
      if (node >= before) return;
      if (node >= this.seen.length) this.seen = grown(this.seen, node);
      if (this.seen[node] === search) return;
      this.seen[node] = search;
      if (this.registry.registrationOf[node]! < 0) return;
      count++;
      visit(node);
    };
    for (const key of this.rarestFirst(this.keysOf(facts))) {
      if (count >= most) return;
      this.postings.visit(key, take);
    }
  }

  private rarestFirst(keys: Set<number>): number[] {
    const counted = [...keys].map((key) => ({ key, count: this.postings.count(key) }));
    return counted.sort((a, b) => a.count - b.count).map(({ key }) => key);
  }

  /** Calls `visit` with every node whose facts give at least `least` bits beside `facts`. */
  near(
    facts: Facts,
    least: number,
    visit: (node: number, bits: number, facts: Facts) => void,
    within: Within = everybody,
  ): void {
    const { comparator } = this;
    // What is lost in rounding is much less.
    const leastByValues = least - comparator.mostByNames(facts) - 1e-6;
    const compare = (node: number): void => {
      this.registry.store.read(node, this.other);
      const bits = comparator.compare(facts, this.other, leastByValues);
      if (bits >= least) visit(node, bits, this.other);
    };
    this.candidates(facts, compare, within);
  }
}

/** Which candidates are looked at. */
export interface Within {
  /** As many, or as many more as the last key adds. */
  most: number;
  /** Nodes of smaller numbers than this. */
  before: number;
}

export const everybody: Within = { most: Number.POSITIVE_INFINITY, before: Number.POSITIVE_INFINITY };

function grown(from: Int32Array, node: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(Math.max(from.length * 2, node + 1));
  to.set(from);
  return to;
}
