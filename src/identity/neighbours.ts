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

  /** Calls `visit` with every node that shares a key with `facts`, once each. */
  candidates(facts: Facts, visit: (node: number) => void): void {
    const search = ++this.search;
    const take = (node: number): void => {
      if (node >= this.seen.length) this.seen = grown(this.seen, node);
      if (this.seen[node] === search) return;
      this.seen[node] = search;
      if (this.registry.registrationOf[node]! >= 0) visit(node);
    };
    for (const key of this.keysOf(facts)) this.postings.visit(key, take);
  }

  /** Calls `visit` with every node whose facts give at least `least` bits beside `facts`. */
  near(facts: Facts, least: number, visit: (node: number, bits: number, facts: Facts) => void): void {
    this.candidates(facts, (node) => {
      this.registry.store.read(node, this.other);
      const bits = this.comparator.compare(facts, this.other);
      if (bits >= least) visit(node, bits, this.other);
    });
  }
}

function grown(from: Int32Array, node: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(Math.max(from.length * 2, node + 1));
  to.set(from);
  return to;
}
