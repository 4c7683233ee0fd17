// Values of search parameters as they are written in a URL (R4 search.html#ptypes), whatever is searched for.

import { Problem } from '../../base/problem.ts';
import { type DatePrefix, type DateRange, datePrefixes, dateRangeOf } from '../date-range.ts';
import { malformed, splitUnescaped, unescaped } from '../search/parse-values.ts';
import { limits } from './limits.ts';

/** The values of one parameter (R4 search.html#combining: a comma is OR). Throws Problem request/malformed, request/too-large. */
export function valuesOf(text: string, parameter: string): string[] {
  // No text of a resource has it, and no database takes it.
  if (text.includes('\0')) throw malformed(`${parameter} holds a character that no text has`);
  const values = splitUnescaped(text, ',');
  if (values.length > limits.values) {
    throw new Problem('request/too-large', { what: `the number of values of ${parameter}`, limit: limits.values });
  }
  return values;
}

/** `system|code`, `|code`, `system|` or `code`. */
export function tokenOf(value: string): { text: string; system?: string } {
  const [first, ...rest] = splitUnescaped(value, '|') as [string, ...string[]];
  return rest.length === 0 ? { text: unescaped(first) } : { system: unescaped(first), text: unescaped(rest.join('|')) };
}

export function dateOf(
  value: string,
  parameter: string,
): { text: string; date: { prefix: DatePrefix; range: DateRange } } {
  const prefix = datePrefixes.find((each) => value.startsWith(each)) as DatePrefix | undefined;
  const range = dateRangeOf(prefix === undefined ? value : value.slice(2));
  if (range === undefined) throw malformed(`${parameter} is no date`);
  return { text: value, date: { prefix: prefix ?? 'eq', range } };
}

/** Values of `:missing`. */
export function missingOf(values: readonly string[], parameter: string): { text: string }[] {
  if (!values.every((value) => value === 'true' || value === 'false')) {
    throw malformed(`${parameter}:missing is true or false`);
  }
  return values.map((text) => ({ text }));
}

/** A name from outside, as far as it may be repeated. */
export const safe = (name: string): string => (/^[\w.-]{1,64}$/.test(name) ? name : 'that was given');
