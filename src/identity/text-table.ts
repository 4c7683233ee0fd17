// Texts, each once and by a number of its own: a list, and beside it an open-addressing table of integers, which takes a tenth
// of what a Map of as many texts does.

import { hash } from './contact.ts';

const limits = {
  /** Share of the places that are taken at most. */
  load: 0.75,
};

export class TextTable {
  /** By their numbers. */
  readonly texts: string[] = [];
  /** One more than the number of a text; 0 is free. */
  private slots = new Int32Array(1 << 12);

  find(text: string): number | undefined {
    const taken = this.slots[this.slotOf(text)]!;
    return taken === 0 ? undefined : taken - 1;
  }

  /** The number of a text, the next one where it is new. */
  number(text: string): number {
    const slot = this.slotOf(text);
    if (this.slots[slot] !== 0) return this.slots[slot]! - 1;
    this.slots[slot] = this.texts.push(text);
    if (this.texts.length > this.slots.length * limits.load) this.widen();
    return this.texts.length - 1;
  }

  private slotOf(text: string): number {
    const mask = this.slots.length - 1;
    let slot = spread(hash(text)) & mask;
    while (this.slots[slot] !== 0 && this.texts[this.slots[slot]! - 1] !== text) slot = (slot + 1) & mask;
    return slot;
  }

  private widen(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    this.texts.forEach((text, number) => {
      this.slots[this.slotOf(text)] = number + 1;
    });
  }
}

/** Numbers that follow one another differ in their last bits alone. */
export function spread(value: number): number {
  const mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
