// Who has a key: an open-addressing table from key to a chain of nodes, all in typed arrays. A million records with ten
// keys each take about 200 MB and no garbage.

import { enlarge } from './facts.ts';
import { intsOf, type Part, type Takers } from './snapshot.ts';

export const limits = {
  /** A key that more nodes share says too little to be looked through. */
  block: 300,
};

export class Postings {
  private keys = new Int32Array(1 << 12);
  private heads = new Int32Array(1 << 12);
  private counts = new Int32Array(1 << 12);
  private distinct = 0;
  private nodes = new Int32Array(1 << 12);
  private nexts = new Int32Array(1 << 12);
  private used = 1;

  /** Once for each key and node: the last to post a key is seen first, which is where a repetition stands. */
  add(key: number, node: number): void {
    if (this.distinct * 3 > this.keys.length * 2) this.rehash();
    const slot = this.slotOf(key);
    if (this.keys[slot] === 0) {
      this.keys[slot] = key;
      this.distinct++;
    }
    if (this.has(slot, node)) return;
    if (this.used === this.nodes.length) {
      this.nodes = enlarge(this.nodes);
      this.nexts = enlarge(this.nexts);
    }
    this.nodes[this.used] = node;
    this.nexts[this.used] = this.heads[slot]!;
    this.heads[slot] = this.used++;
    this.counts[slot]!++;
  }

  count(key: number): number {
    return this.counts[this.slotOf(key)]!;
  }

  /** Calls `visit` for each node of a key that is not shared by too many. */
  visit(key: number, visit: (node: number) => void, most: number = limits.block): void {
    const slot = this.slotOf(key);
    if (this.counts[slot]! > most) return;
    for (let entry = this.heads[slot]!; entry !== 0; entry = this.nexts[entry]!) visit(this.nodes[entry]!);
  }

  /** Everything as it is now: chains only grow. */
  parts(): Part[] {
    return [
      { name: 'postedKeys', ints: this.keys.slice() },
      { name: 'postedHeads', ints: this.heads.slice() },
      { name: 'postedCounts', ints: this.counts.slice() },
      { name: 'postedNodes', ints: this.nodes.subarray(0, this.used) },
      { name: 'postedNexts', ints: this.nexts.subarray(0, this.used) },
    ];
  }

  readonly takers: Takers = {
    postedKeys: (part) => {
      this.keys = intsOf(part);
      this.distinct = this.keys.reduce((count, key) => (key === 0 ? count : count + 1), 0);
    },
    postedHeads: (part) => {
      this.heads = intsOf(part);
    },
    postedCounts: (part) => {
      this.counts = intsOf(part);
    },
    postedNodes: (part) => {
      this.nodes = roomy(intsOf(part));
      this.used = intsOf(part).length;
    },
    postedNexts: (part) => {
      this.nexts = roomy(intsOf(part));
    },
  };

  private has(slot: number, node: number): boolean {
    if (this.counts[slot]! > limits.block) return this.nodes[this.heads[slot]!] === node;
    for (let entry = this.heads[slot]!; entry !== 0; entry = this.nexts[entry]!)
      if (this.nodes[entry] === node) return true;
    return false;
  }

  private slotOf(key: number): number {
    const mask = this.keys.length - 1;
    let slot = Math.imul(key, 0x9e3779b1) & mask;
    while (this.keys[slot] !== 0 && this.keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private rehash(): void {
    const [keys, heads, counts] = [this.keys, this.heads, this.counts];
    const size = keys.length * 2;
    this.keys = new Int32Array(size);
    this.heads = new Int32Array(size);
    this.counts = new Int32Array(size);
    for (let old = 0; old < keys.length; old++) {
      if (keys[old] === 0) continue;
      const slot = this.slotOf(keys[old]!);
      this.keys[slot] = keys[old]!;
      this.heads[slot] = heads[old]!;
      this.counts[slot] = counts[old]!;
    }
  }
}

/** With room for what comes. */
function roomy(ints: Int32Array): Int32Array<ArrayBuffer> {
  const room = new Int32Array(Math.ceil(ints.length * 1.25) + 1);
  room.set(ints);
  return room;
}
