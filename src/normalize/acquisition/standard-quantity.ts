// A number under the name of BIDS from the first of several attributes that has one.

import type { Fact } from '../fact.ts';
import type { Description } from './description.ts';
import { fact } from './dialect.ts';

export interface Quantity {
  name: string;
  /** Keywords that hold it, best first. */
  of: readonly string[];
  /** Times the value of the attribute; times in DICOM are mostly milliseconds, in BIDS seconds. */
  scale?: number;
  /** What the value must exceed to say anything. */
  above?: number;
}

export const MILLISECONDS = 1e-3;

export function quantityFacts(first: Description, quantities: readonly Quantity[]): Fact[] {
  return quantities.flatMap((quantity) => quantityFact(first, quantity));
}

function quantityFact(first: Description, { name, of, scale = 1, above }: Quantity): Fact[] {
  for (const keyword of of) {
    const value = first.number(keyword);
    if (value === undefined || (above !== undefined && value <= above)) continue;
    const { sources, confidence, reason } = first.fact(keyword)!;
    return [fact(name, value * scale, sources, reason, confidence)];
  }
  return [];
}

/** The text of an attribute under another name. */
export function textFact(first: Description, name: string, keyword: string): Fact[] {
  const value = first.text(keyword);
  return value === undefined ? [] : [{ ...first.fact(keyword)!, attribute: name, value }];
}
