// Who has a key: an open-addressing table from key to a chain of nodes, all in typed arrays. A million records with ten
// keys each take about 200 MB and no garbage.

import { enlarge } from './facts.ts';

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
