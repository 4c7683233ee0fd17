// The values of a search parameter, by its kind (R4 search.html#ptypes). Each reader throws Problem request/malformed for what is no
// value of that kind.

import { Problem } from '../../base/problem.ts';
import { type DatePrefix, datePrefixes, dateRangeOf } from '../date-range.ts';
import { isOfForm } from '../primitive.ts';
import { decimalRangeOf } from './decimal.ts';
import type { SearchParameter } from './parameters.ts';
import { referredBy } from './reference.ts';
import { type DateValue, limits, type QuantityValue, type ReferenceValue, type TokenValue } from './request.ts';

/** What values are read against. */
export interface Context {
  /** Milliseconds since 1970: what is approximately a date depends on how long ago it is. */
  now: number;
  /** The root of this server, below which a URL is a resource of ours. */
  baseUrl?: string;
}

/** R4 search.html#escaping: `\,` is no separator. Throws Problem request/too-large over the limit. */
export function splitValues(text: string, name: string): string[] {
  // No text of a resource has it, and no database takes it.
  if (text.includes('\0') || !text.isWellFormed()) throw malformed(`${name} holds a character that no text has`);
  const values = splitUnescaped(text, ',');
  if (values.length > limits.values) {
    throw new Problem('request/too-large', { what: `the number of values of ${name}`, limit: limits.values });
  }
  return values;
}

export function splitUnescaped(text: string, separator: ',' | '|' | '$'): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === separator) {
      pieces.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...pieces, text.slice(start)];
}

export const unescaped = (text: string): string => text.replace(/\\([\\,|$])/g, '$1');

/** `code`, `system|code`, `|code`, `system|`. */
export function readToken(value: string, { systems }: Pick<SearchParameter, 'systems'>): TokenValue {
  const [first, ...rest] = splitUnescaped(value, '|').map(unescaped) as [string, ...string[]];
  if (rest.length === 0) return { code: first.toLowerCase() };
  const code = rest.join('|').toLowerCase();
  const said = code === '' ? {} : { code };
  // A code by its definition has no system beside it; both its own and none are right to ask for.
  if (systems !== undefined && (first === '' || systems.has(first))) return said;
  return { system: first, ...said };
}

/** `:of-type`: `system|code|value`, all three. */
export function readOfType(value: string, name: string): TokenValue {
  const [system, code, number, ...more] = splitUnescaped(value, '|').map(unescaped);
  if (!system || !code || !number || more.length > 0) throw malformed(`${name}:of-type is no system|code|value`);
  return { system, code: `${code}|${number}`.toLowerCase() };
}

export function readDate(value: string, name: string, { now }: Context): DateValue {
  const { prefix, rest } = prefixOf(value);
  const range = dateRangeOf(rest);
  if (range === undefined) throw malformed(`${name} is no date`);
  if (prefix !== 'ap') return { prefix, range };
  // R4 search.html#prefix: ten per cent of the time between then and now.
  const slack = Math.round(Math.abs(now - range.start) / 10);
  return { prefix, range: { start: range.start - slack, end: range.end + slack } };
}

export function readNumber(value: string, name: string): QuantityValue {
  const { prefix, rest } = prefixOf(value);
  const range = decimalRangeOf(rest);
  if (range === undefined) throw malformed(`${name} is no number`);
  return { prefix, ...range };
}

/** `5.4`, `5.4|system|code`, `5.4||unit`. */
export function readQuantity(value: string, name: string): QuantityValue {
  const [number, system, code, ...more] = splitUnescaped(value, '|').map(unescaped) as [string, ...string[]];
  if (more.length > 0 || (system !== undefined && code === undefined))
    throw malformed(`${name} is no number|system|code`);
  return {
    ...readNumber(number, name),
    ...(system === undefined || system === '' ? {} : { system }),
    ...(code === undefined || code === '' ? {} : { code }),
  };
}

/** `Patient/1`, `1`, a URL of ours or another's; `type` where a modifier names it. */
export function readReference(
  value: string,
  { name, targets }: Pick<SearchParameter, 'name' | 'targets'>,
  { baseUrl }: Context,
  type?: string,
): ReferenceValue {
  const text = unescaped(value);
  const own = baseUrl !== undefined && text.startsWith(`${baseUrl}/`) ? text.slice(baseUrl.length + 1) : text;
  const referred = referredBy(own);
  if (referred?.url !== undefined) return { id: referred.url };
  if (referred !== undefined) {
    const said = referred.type!;
    return { types: type === undefined || type === said ? [said] : [], id: referred.id! };
  }
  if (!isOfForm('id', own)) throw malformed(`${name} is no reference`);
  const types = type === undefined ? targets && [...targets] : [type];
  return { ...(types === undefined ? {} : { types }), id: own };
}

function prefixOf(value: string): { prefix: DatePrefix; rest: string } {
  const prefix = datePrefixes.find((each) => value.startsWith(each));
  return { prefix: prefix ?? 'eq', rest: prefix === undefined ? value : value.slice(prefix.length) };
}

export const malformed = (reason: string): Problem => new Problem('request/malformed', { reason });
