// A frame in the words of the enhanced IODs: what its standard elements say and, where they are silent, what the private
// elements of its vendor do.

import type { Fact, FactValue } from '../fact.ts';
import type { Dialect } from './dialect.ts';
import { dialectOf } from './dialects.ts';
import type { Frame } from './frame.ts';
import { type Plane, planeOf } from './geometry.ts';
import { mappedFacts } from './mapping.ts';

export class Description {
  readonly frame: Frame;
  readonly dialect: Dialect;
  readonly plane: Plane | undefined;
  #vendorFacts: Map<string, Fact> | undefined;

  constructor(frame: Frame) {
    this.frame = frame;
    this.dialect = dialectOf(frame);
    this.plane = planeOf(frame);
  }

  /** What the vendor's own elements say, by keyword, whether or not a standard element says it too. */
  get vendorFacts(): ReadonlyMap<string, Fact> {
    if (this.#vendorFacts === undefined) {
      this.#vendorFacts = mappedFacts(this.frame, this.dialect.mappings);
      for (const fact of this.dialect.frameFacts?.(this) ?? []) this.#vendorFacts.set(fact.attribute, fact);
    }
    return this.#vendorFacts;
  }

  /** Of a standard attribute; the standard element is preferred. */
  fact(keyword: string): Fact | undefined {
    return this.#standard(keyword) ?? this.vendorFacts.get(keyword);
  }

  number(keyword: string): number | undefined {
    const [first] = this.numbers(keyword);
    return first === undefined || Number.isNaN(first) ? undefined : first;
  }

  numbers(keyword: string): number[] {
    if (this.frame.has(keyword)) return this.frame.numbers(keyword);
    const value = this.vendorFacts.get(keyword)?.value;
    return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'number');
  }

  text(keyword: string): string | undefined {
    return this.texts(keyword)[0] || undefined;
  }

  texts(keyword: string): string[] {
    if (this.frame.has(keyword)) return this.frame.texts(keyword);
    const value = this.vendorFacts.get(keyword)?.value;
    return value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String);
  }

  #standard(keyword: string): Fact | undefined {
    if (!this.frame.has(keyword)) return undefined;
    const numbers = this.frame.numbers(keyword);
    const plain = numbers.length > 0 && !numbers.some(Number.isNaN);
    const values = plain ? numbers : this.frame.texts(keyword);
    const value = (values.length === 1 ? values[0] : values) as FactValue;
    return {
      attribute: keyword,
      value,
      sources: [this.frame.source(keyword)],
      confidence: 1,
      reason: 'the object says so',
    };
  }
}
