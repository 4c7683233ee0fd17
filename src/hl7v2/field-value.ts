// One repetition of a field: its components and subcomponents as text, and as they stand in the message.

import type { Delimiters } from './delimiters.ts';
import { unescapeText } from './escape.ts';

/** 2.5.3: two double quotes say that the receiver is to delete what it has. */
const NULL_VALUE = '""';

export class FieldValue {
  readonly raw: string;
  readonly delimiters: Delimiters;
  #components: readonly string[] | undefined;

  constructor(raw: string, delimiters: Delimiters) {
    this.raw = raw;
    this.delimiters = delimiters;
  }

  get isEmpty(): boolean {
    return this.raw.trim() === '';
  }

  get isNull(): boolean {
    return this.raw.trim() === NULL_VALUE;
  }

  /** Component `n`, counted from 1, as it stands; '' where there is none. */
  rawComponent(n: number): string {
    this.#components ??= this.raw.split(this.delimiters.component);
    return this.#components[n - 1] ?? '';
  }

  /** The first subcomponent of component `n` as text without blanks around it; '' where there is none, and for the null value. */
  component(n: number): string {
    return this.subcomponent(n, 1);
  }

  subcomponent(n: number, m: number): string {
    const raw = this.rawComponent(n);
    if (raw === '') return '';
    const part = raw.split(this.delimiters.subcomponent)[m - 1];
    if (part === undefined || part === NULL_VALUE) return '';
    return unescapeText(part, this.delimiters).trim();
  }

  /** Component `n` as a value of its own whose components are the subcomponents: an HD within a CX. */
  nested(n: number): FieldValue {
    return new FieldValue(this.rawComponent(n), { ...this.delimiters, component: this.delimiters.subcomponent });
  }
}
