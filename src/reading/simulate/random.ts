// Seeded random numbers of a simulation (sfc32, 2^128 states): the same seed and name always give the same stream, and streams
// of different names do not follow from each other.

export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  #spare: number | undefined;

  constructor(seed: number, name: string) {
    this.#a = seed | 0;
    this.#b = hash(name);
    this.#c = hash(`${name}:${seed}`);
    for (let turn = 0; turn < 16; turn++) this.uniform();
  }

  /** In [0, 1). */
  uniform(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  }

  /** Box and Muller. */
  normal(): number {
    const spare = this.#spare;
    if (spare !== undefined) {
      this.#spare = undefined;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** Counts of what happens `mean` times on average; above 60 by the normal approximation. */
  poisson(mean: number): number {
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.uniform(); product > limit; product *= this.uniform()) count += 1;
    return count;
  }

  /** An index by its share of the whole; `cumulative` rises to 1. */
  index(cumulative: ArrayLike<number>): number {
    const at = this.uniform();
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cumulative[middle]! > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Shares as they add up, made to end at 1. */
export function cumulative(shares: readonly number[]): Float64Array {
  const sums = new Float64Array(shares.length);
  const total = shares.reduce((sum, share) => sum + share, 0);
  let sum = 0;
  for (let at = 0; at < shares.length; at++) {
    sum += shares[at]!;
    sums[at] = sum / total;
  }
  return sums;
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value | 0;
}
