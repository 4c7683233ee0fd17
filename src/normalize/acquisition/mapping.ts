// A private element that says what a standard attribute says, and how to read it. Vendors' tables are lists of these, and
// so is what discovery proposes and a person accepts (see ../discovery).

import type { Fact, FactValue } from '../fact.ts';
import type { Frame } from './frame.ts';
import { type PrivateTag, printPrivateTag } from './private-tag.ts';

/** How the values of a private element become those of the attribute. */
export type Conversion =
  /** As they stand. */
  | { kind: 'same' }
  /** One value of several, as it stands: `index` from 0. */
  | { kind: 'item'; index: number }
  /** value × scale + offset, of one value (`index`, default the first). */
  | { kind: 'linear'; scale: number; offset?: number; index?: number }
  /** 1 / value. */
  | { kind: 'reciprocal'; index: number }
  /** A vendor's term for a Defined Term of the standard; other terms say nothing. */
  | { kind: 'terms'; terms: Readonly<Record<string, string>> }
  /** A number within a text: the first group of a regular expression. */
  | { kind: 'within'; pattern: string };

export interface Mapping {
  from: PrivateTag;
  /** Keyword of PS3.6, of the enhanced IODs where the classic ones have no such attribute. */
  attribute: string;
  conversion: Conversion;
  /** Default 1: the vendor documents it. */
  confidence?: number;
  /** The version of a tenant's mappings that it came with; absent: a vendor's table has it. */
  since?: number;
  /** Values, before conversion, that stand for "not known". */
  except?: readonly number[];
}

export const map = (from: PrivateTag, attribute: string, conversion: Conversion = { kind: 'same' }): Mapping => ({
  from,
  attribute,
  conversion,
});

/** What the mappings find in a frame; the first that finds something for an attribute speaks. */
export function mappedFacts(frame: Frame, mappings: readonly Mapping[]): Map<string, Fact> {
  const facts = new Map<string, Fact>();
  for (const mapping of mappings) {
    if (facts.has(mapping.attribute)) continue;
    const fact = mappedFact(frame, mapping);
    if (fact !== undefined) facts.set(mapping.attribute, fact);
  }
  return facts;
}

export function mappedFact(frame: Frame, mapping: Mapping): Fact | undefined {
  const { from, attribute, conversion, confidence = 1, since } = mapping;
  const value = converted(frame, mapping);
  if (value === undefined) return undefined;
  const accepted = since === undefined ? '' : `, as was accepted in version ${since}`;
  const reason = `${printPrivateTag(from)}${told[conversion.kind]}${accepted}`;
  return { attribute, value, sources: [frame.source(from)], confidence, reason };
}

const told: Record<Conversion['kind'], string> = {
  same: ' has the same meaning',
  item: ' has it among its values',
  linear: ' has it in another unit',
  reciprocal: ' has its reciprocal',
  terms: ' has it in the words of the vendor',
  within: ' has it within a text',
};

function converted(frame: Frame, { from, conversion, except }: Mapping): FactValue | undefined {
  switch (conversion.kind) {
    case 'same': {
      const numbers = frame.numbers(from);
      if (numbers.length === 0 || numbers.some(Number.isNaN)) return texts(frame.texts(from));
      if (except?.includes(numbers[0]!)) return undefined;
      return numbers.length === 1 ? numbers[0] : numbers;
    }
    case 'item':
      return numberAt(frame, from, conversion.index, except) ?? (frame.texts(from)[conversion.index] || undefined);
    case 'linear': {
      const number = numberAt(frame, from, conversion.index ?? 0, except);
      return number === undefined ? undefined : number * conversion.scale + (conversion.offset ?? 0);
    }
    case 'reciprocal': {
      const number = numberAt(frame, from, conversion.index, except);
      return number === undefined || number === 0 ? undefined : 1 / number;
    }
    case 'terms':
      return conversion.terms[frame.text(from) ?? ''];
    case 'within': {
      const found = new RegExp(conversion.pattern).exec(frame.texts(from).join('\\'))?.[1];
      const number = Number(found ?? Number.NaN);
      return Number.isNaN(number) ? undefined : number;
    }
  }
}

function texts(values: readonly string[]): FactValue | undefined {
  if (values.length === 0 || values.every((value) => value === '')) return undefined;
  return values.length === 1 ? values[0] : values;
}

/** Of a text VR that holds numbers among words (LO), too. */
function numberAt(frame: Frame, from: PrivateTag, index: number, except?: readonly number[]): number | undefined {
  const number = frame.numbers(from)[index];
  return number === undefined || Number.isNaN(number) || except?.includes(number) ? undefined : number;
}
