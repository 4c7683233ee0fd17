// Seeded randomness (mulberry32): the same seed makes the same population everywhere.

export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 2654435761) >>> 0;
  }

  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** Early entries of a list far more often than late ones, as with names. */
  common<T>(list: readonly T[]): T {
    return list[Math.floor(list.length * this.next() ** 2.2)]!;
  }

  /** 0 mostly, up to `most`. */
  skewed(most: number): number {
    return Math.floor((most + 1) * this.next() ** 2);
  }

  digits(count: number): string {
    let text = String(1 + this.below(9));
    while (text.length < count) text += this.below(10);
    return text;
  }

  /** ISO 8601, within five years. */
  time(): string {
    return new Date(Date.UTC(2021, 0, 1) + this.below(5 * 365 * 86_400) * 1000).toISOString();
  }

  /** YYYYMMDD. */
  date(firstYear: number, years: number): string {
    return new Date(Date.UTC(firstYear, 0, 1) + this.below(years * 365) * 86_400_000)
      .toISOString()
      .slice(0, 10)
      .replaceAll('-', '');
  }
}
