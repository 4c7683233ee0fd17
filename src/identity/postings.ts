// Who has a key: an open-addressing table from key to nodes, all in typed arrays. Most keys have one node, which stands in the
// table itself; several stand side by side in a block, so that looking through them reads memory in its order. A million
// records with twenty keys each take about 200 MB and no garbage.

import { enlarge } from './facts.ts';
import { intsOf, jsonOf, type Part, type Takers } from './snapshot.ts';

export const limits = {
  /** A key that more nodes share says too little to be looked through. */
  block: 300,
};

/** Of the places of the table, that are taken at most. */
const load = 2 / 3;

export class Postings {
  /** By turns a key, 0 where the place is free, and where its nodes are: one more than the node, or minus the place of a block. */
  private slots = new Int32Array(2 << 12);
  private distinct = 0;
  /** Of each block how many nodes it has, and room for as many as the next power of two. */
  private blocks = new Int32Array(1 << 12);
  private used = 1;
  /** By the power of two, a block of that room that is free, in which the place of the next one stands. */
  private free: number[] = [];

  /** Once for each key and node; a block that is too large to be looked through has a node twice where others came between. */
  add(key: number, node: number): void {
    if (this.distinct > (this.slots.length / 2) * load) this.rehash();
    const slot = this.slotOf(key);
    const at = this.slots[slot + 1]!;
    if (this.slots[slot] === 0) {
      this.slots[slot] = key;
      this.slots[slot + 1] = node + 1;
      this.distinct++;
    } else if (at > 0) {
      if (at !== node + 1) this.slots[slot + 1] = -this.blockOf(at - 1, node);
    } else if (!this.has(-at, node)) this.slots[slot + 1] = -this.append(-at, node);
  }

  count(key: number): number {
    const at = this.slots[this.slotOf(key) + 1]!;
    return at < 0 ? this.blocks[-at]! : Math.min(1, at);
  }

  /** Calls `visit` for each node of a key that is not shared by too many. */
  visit(key: number, visit: (node: number) => void, most: number = limits.block): void {
    const at = this.slots[this.slotOf(key) + 1]!;
    if (at > 0) visit(at - 1);
    if (at >= 0) return;
    const count = this.blocks[-at]!;
    if (count > most) return;
    for (let each = 1; each <= count; each++) visit(this.blocks[each - at]!);
  }

  /** Everything as it is now. */
  parts(): Part[] {
    return [
      { name: 'postedKeys', ints: this.slots.slice() },
      { name: 'postedBlocks', ints: this.blocks.slice(0, this.used) },
      { name: 'postedFree', json: this.free },
    ];
  }

  readonly takers: Takers = {
    postedKeys: (part) => {
      this.slots = intsOf(part);
      this.distinct = 0;
      for (let slot = 0; slot < this.slots.length; slot += 2) if (this.slots[slot] !== 0) this.distinct++;
    },
    postedBlocks: (part) => {
      const ints = intsOf(part);
      this.blocks = new Int32Array(Math.ceil(ints.length * 1.25) + 1);
      this.blocks.set(ints);
      this.used = ints.length;
    },
    postedFree: (part) => {
      this.free = jsonOf<number[]>(part);
    },
  };

  private has(block: number, node: number): boolean {
    const { blocks } = this;
    const count = blocks[block]!;
    // The last to be posted first, which is where a repetition stands.
    const least = count > limits.block ? count : 1;
    for (let each = count; each >= least; each--) if (blocks[block + each] === node) return true;
    return false;
  }

  private blockOf(one: number, other: number): number {
    const block = this.room(1);
    this.blocks[block] = 2;
    this.blocks[block + 1] = one;
    this.blocks[block + 2] = other;
    return block;
  }

  private append(block: number, node: number): number {
    const count = this.blocks[block]!;
    const isFull = (count & (count - 1)) === 0;
    const into = isFull ? this.moved(block, count) : block;
    this.blocks[into] = count + 1;
    this.blocks[into + count + 1] = node;
    return into;
  }

  private moved(block: number, count: number): number {
    const power = 31 - Math.clz32(count);
    const into = this.room(power + 1);
    this.blocks.copyWithin(into + 1, block + 1, block + 1 + count);
    this.blocks[block] = this.free[power] ?? 0;
    this.free[power] = block;
    return into;
  }

  /** A block with room for two to this power. */
  private room(power: number): number {
    const free = this.free[power] ?? 0;
    if (free !== 0) {
      this.free[power] = this.blocks[free]!;
      return free;
    }
    const needed = 1 + 2 ** power;
    while (this.used + needed > this.blocks.length) this.blocks = enlarge(this.blocks);
    const block = this.used;
    this.used += needed;
    return block;
  }

  private slotOf(key: number): number {
    const mask = this.slots.length - 1;
    let slot = (Math.imul(key, 0x9e3779b1) << 1) & mask;
    while (this.slots[slot] !== 0 && this.slots[slot] !== key) slot = (slot + 2) & mask;
    return slot;
  }

  private rehash(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    for (let from = 0; from < old.length; from += 2) {
      if (old[from] === 0) continue;
      const slot = this.slotOf(old[from]!);
      this.slots[slot] = old[from]!;
      this.slots[slot + 1] = old[from + 1]!;
    }
  }
}
