// Text, UIDs and numbers in SQL: single value, list, wildcard and empty value matching. PS3.4 C.2.2.2.1, C.2.2.2.2,
// C.2.2.2.4 and C.2.2.2.7.

import type { Parameters } from './statement.ts';

/** PS3.4 C.2.2.2.7: two quotation marks ask for what has no value. */
export const EMPTY_VALUE = '""';

export const isEmpty = (sql: string): string => `coalesce(${sql}, '') = ''`;

export const anyOf = (alternatives: readonly string[]): string =>
  alternatives.length === 1 ? alternatives[0]! : `(${alternatives.map((each) => `(${each})`).join(' or ')})`;

/** Any of `values`, exactly; all must be free of wildcards. */
export function equalsAny(
  sql: string,
  values: readonly (string | number)[],
  parameters: Parameters,
  type = 'text',
): string {
  if (values.length === 1) return `${sql} = ${parameters.bind(values[0])}::${type}`;
  return `${sql} = any(${parameters.bind(values)}::${type}[])`;
}

/**
 * `*` is any text, `?` any one character. What stands before the first of them is compared as a range, which an index
 * with collation "C" answers.
 */
export function matchesPattern(sql: string, pattern: string, parameters: Parameters): string {
  const prefix = pattern.slice(0, pattern.search(/[*?]/));
  const conditions = [];
  if (prefix !== '') {
    conditions.push(`${sql} >= ${parameters.bind(prefix)}`);
    const after = afterPrefix(prefix);
    if (after !== undefined) conditions.push(`${sql} < ${parameters.bind(after)}`);
  }
  if (pattern !== `${prefix}*`) conditions.push(`${sql} like ${parameters.bind(likePattern(pattern))}`);
  return conditions.join(' and ');
}

/** Text with wildcards as LIKE has them; its own special characters stand for themselves. */
const likePattern = (pattern: string): string =>
  pattern
    .replace(/[\\%_]/g, '\\$&')
    .replace(/\*+/g, '%')
    .replaceAll('?', '_');

/** The first text, in the order of code points, behind all that begin with `prefix`; undefined when there is none. */
export function afterPrefix(prefix: string): string | undefined {
  const characters = [...prefix];
  for (let last = characters.pop(); last !== undefined; last = characters.pop()) {
    const next = last.codePointAt(0)! + 1;
    // The surrogates (U+D800 to U+DFFF) are no characters.
    if (next <= 0x10ffff) return characters.join('') + String.fromCodePoint(next === 0xd800 ? 0xe000 : next);
  }
  return undefined;
}
