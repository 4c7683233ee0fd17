// One matching key as SQL on the column that holds its attribute. PS3.4 C.2.2.2, PS3.18 8.3.4.1.

import type { MatchKey } from '../../dicom/query.ts';
import { hasWildcard } from '../../dicom/wildcards.ts';
import type { Column, ColumnKind } from './columns.ts';
import { dateCondition, timeCondition } from './date-condition.ts';
import { nameCondition } from './name-condition.ts';
import type { Parameters } from './statement.ts';
import { anyOf, EMPTY_VALUE, equalsAny, isEmpty, matchesPattern } from './text-condition.ts';

export interface Condition {
  sql: string;
  /** An equality: see Statement.steady. */
  steady: boolean;
}

/**
 * Whether the column says all that the key asks for. Of names other than the patient's it has the alphabetic group, and no
 * sounds: a key in another script, or of several groups, may be in those that it has not.
 */
export function isHeld({ values }: MatchKey, { kind, sql }: Column, fuzzy: boolean): boolean {
  if (kind !== 'name' || sql.length > 1) return true;
  return !fuzzy && values.every((value) => /^[\0-\u052f]*$/.test(value) && !value.includes('='));
}

/** For a key that does not match everything (see `isUniversal`) and that the column answers (`isHeld`). */
export function conditionOf(key: MatchKey, column: Column, fuzzy: boolean, parameters: Parameters): Condition {
  // PostgreSQL has no text with a NUL, so neither has any row.
  const values = key.values.filter((value) => !value.includes('\0')).map((value) => value.toWellFormed());
  if (values.length === 0) return { sql: 'false', steady: true };
  if (column.kind !== 'name') return kinds[column.kind](column.sql[0]!, values, parameters);
  return { sql: anyOf(values.map((value) => nameCondition(column.sql, value, fuzzy, parameters))), steady: false };
}

/** PS3.4 C.2.2.2.3 and, for a lone asterisk, C.2.2.2.4. */
export const isUniversal = ({ values }: MatchKey): boolean =>
  values.every((value) => value === '') || values.some((value) => /^\*+$/.test(value));

type Translate = (sql: string, values: readonly string[], parameters: Parameters) => Condition;

const kinds: Record<Exclude<ColumnKind, 'name'>, Translate> = {
  uid: (sql, values, parameters) => ({ sql: equalsAny(sql, values, parameters), steady: true }),
  text: textCondition,
  date: dateCondition,
  time: timeCondition,
  integer: integerCondition,
  list: listCondition,
};

/** Exact values in one comparison, so that a long list is one look-up; wildcards one by one. */
function textCondition(sql: string, values: readonly string[], parameters: Parameters): Condition {
  const patterns = values.filter(hasWildcard);
  const exact = values.filter((value) => value !== EMPTY_VALUE && !hasWildcard(value));
  const alternatives = patterns.map((pattern) => matchesPattern(sql, pattern, parameters));
  if (exact.length > 0) alternatives.push(equalsAny(sql, exact, parameters));
  if (values.includes(EMPTY_VALUE)) alternatives.push(isEmpty(sql));
  return { sql: anyOf(alternatives), steady: patterns.length === 0 };
}

/** Compared as numbers, so that `01` is 1; what is no integer of 32 bits matches nothing. */
function integerCondition(sql: string, values: readonly string[], parameters: Parameters): Condition {
  const numbers = values.filter((value) => value.trim() !== '' && Number(value) === (Number(value) | 0)).map(Number);
  const alternatives = numbers.length > 0 ? [equalsAny(sql, numbers, parameters, 'int')] : [];
  if (values.includes(EMPTY_VALUE)) alternatives.push(`${sql} is null`);
  return { sql: alternatives.length > 0 ? anyOf(alternatives) : 'false', steady: true };
}

/** One value of the column matches one of the key (PS3.4 C.3.4: ModalitiesInStudy). */
function listCondition(sql: string, values: readonly string[], parameters: Parameters): Condition {
  if (!values.some(hasWildcard) && !values.includes(EMPTY_VALUE)) {
    return { sql: `${sql} && ${parameters.bind(values)}::text[]`, steady: true };
  }
  const alternatives: string[] = [];
  const named = values.filter((value) => value !== EMPTY_VALUE);
  if (named.length > 0) {
    alternatives.push(`exists (select from unnest(${sql}) as v where ${textCondition('v', named, parameters).sql})`);
  }
  if (values.includes(EMPTY_VALUE)) alternatives.push(`cardinality(${sql}) = 0`);
  return { sql: anyOf(alternatives), steady: false };
}
