// E[read]: how long a reader takes for a procedure, as the median of what was seen, drawn towards the median of all readers,
// and that towards a first guess: two readings of one reader say little, fifty say all.

import { held } from './held.ts';

export const limits = {
  /** Readings that a median is made of, the latest. */
  remembered: 64,
  /** Readings that the wider median weighs as many as. */
  shrinkage: 8,
  /** A guess where nobody has read anything of the kind. */
  firstGuessMs: 10 * 60_000,
  /** Nothing is read faster, nothing lasts longer: a screen that was left open says nothing of the reader. */
  leastMs: 15_000,
  mostMs: 3 * 3_600_000,
} as const;

/** The latest readings of a procedure, or of a reader in a procedure. */
class Recent {
  readonly #latest: number[] = [];
  readonly #sorted: number[] = [];
  #next = 0;

  add(ms: number): void {
    const oldest = this.#latest[this.#next];
    if (oldest !== undefined) this.#sorted.splice(placeOf(this.#sorted, oldest), 1);
    this.#sorted.splice(placeOf(this.#sorted, ms), 0, ms);
    this.#latest[this.#next] = ms;
    this.#next = (this.#next + 1) % limits.remembered;
  }

  /** The median, drawn towards `wider` by as many readings as `limits.shrinkage`. */
  towards(wider: number): number {
    const count = this.#sorted.length;
    if (count === 0) return wider;
    const middle = count >> 1;
    const median = count % 2 === 1 ? this.#sorted[middle]! : (this.#sorted[middle - 1]! + this.#sorted[middle]!) / 2;
    return (count * median + limits.shrinkage * wider) / (count + limits.shrinkage);
  }
}

export class ReadTimes {
  readonly #byProcedure = new Map<string, Recent>();
  readonly #byReader = new Map<string, Map<string, Recent>>();

  /** A reading ended: its time from when the images were opened until it was signed, pauses taken out. */
  add(reader: string, procedure: string, ms: number): void {
    const within = Math.min(limits.mostMs, Math.max(limits.leastMs, ms));
    held(this.#byProcedure, procedure, () => new Recent()).add(within);
    const own = held(this.#byReader, reader, () => new Map<string, Recent>());
    held(own, procedure, () => new Recent()).add(within);
  }

  expectedMs(reader: string, procedure: string): number {
    const all = this.#byProcedure.get(procedure)?.towards(limits.firstGuessMs) ?? limits.firstGuessMs;
    return this.#byReader.get(reader)?.get(procedure)?.towards(all) ?? all;
  }

  /** Who has left for good. */
  forget(reader: string): void {
    this.#byReader.delete(reader);
  }
}

/** Index of the first that is not less. */
function placeOf(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
