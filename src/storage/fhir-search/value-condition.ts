// What one value of a FHIR search asks of a row of its index table, as SQL (R4 search.html). What is compared by its
// beginning alone is what the indexes hold.

import type { DatePrefix } from '../../fhir/date-range.ts';
import { folded } from '../../fhir/patient-query.ts';
import type { DateValue, Matching, QuantityValue, ReferenceValue, TokenValue } from '../../fhir/search/request.ts';
import { afterPrefix, anyOf } from '../search/text-condition.ts';

export const limits = {
  /** Characters of a URI above which others are looked for. */
  uri: 2000,
} as const;

/** Characters of a text that the indexes hold (0020-fhir-search.sql). */
const INDEXED = 128;

/** The beginning of a column, as the indexes have it. */
export const beginningOf = (column: string): string => `left(${column}, ${INDEXED})`;

/** Gives a value to the statement; the SQL that stands for it. */
export type Bind = (value: unknown) => string;

export function valueMatches(criterion: Matching, row: string, bind: Bind): string {
  switch (criterion.kind) {
    case 'token':
      return tokensMatch(criterion.values, row, bind);
    case 'string':
      return anyOf(criterion.values.map((text) => stringMatches(text, criterion.how, row, bind)));
    case 'date':
      return anyOf(criterion.values.map((value) => dateMatches(value, row, bind)));
    case 'quantity':
      return anyOf(criterion.values.map((value) => quantityMatches(value, row, bind)));
    case 'reference':
      return referencesMatch(criterion.values, row, bind);
    case 'uri':
      return anyOf(criterion.values.map((uri) => uriMatches(uri, criterion.how, row, bind)));
  }
}

/** Codes of one system, or of any, are asked for together. */
function tokensMatch(values: readonly TokenValue[], row: string, bind: Bind): string {
  const alternatives = [...Map.groupBy(values, ({ system }) => system)].map(([system, group]) => {
    const codes = group.flatMap(({ code }) => code ?? []);
    const isWhole = codes.length < group.length;
    const conditions = isWhole ? [] : [equalsAny(`${row}.code`, codes, bind)];
    if (system === '') conditions.push(`${row}.system is null`);
    else if (system !== undefined) conditions.push(`${row}.system = ${bind(system)}`);
    return conditions.length === 0 ? `${row}.code is not null` : conditions.join(' and ');
  });
  return anyOf(alternatives);
}

function stringMatches(text: string, how: 'starts' | 'contains' | 'exact', row: string, bind: Bind): string {
  const column = `${row}.folded`;
  if (how === 'contains') return `${column} like ${bind(`%${text.replace(/[\\%_]/g, '\\$&')}%`)}`;
  if (how === 'starts') return startsWith(column, text, bind);
  return `${equalsAny(column, [folded(text)], bind)} and ${row}.text = ${bind(text)}`;
}

/** R4 search.html#prefix, by the ranges that dates cover. */
function dateMatches({ prefix, range }: DateValue, row: string, bind: Bind): string {
  const bound = (milliseconds: number): string => `${bind(milliseconds)}::bigint`;
  const [starts, ends] = [`${row}.starts`, `${row}.ends`];
  const startsBefore = () => `${starts} < ${bound(range.start)}`;
  const endsBehind = () => `${ends} > ${bound(range.end)}`;
  const startsWithin = () => `${starts} >= ${bound(range.start)} and ${starts} < ${bound(range.end)}`;
  const within = () => `${startsWithin()} and ${ends} <= ${bound(range.end)}`;
  const compare: Record<DatePrefix, () => string> = {
    eq: within,
    ne: () => anyOf([startsBefore(), endsBehind()]),
    gt: endsBehind,
    lt: startsBefore,
    ge: () => anyOf([endsBehind(), within()]),
    le: () => anyOf([startsBefore(), within()]),
    sa: () => `${starts} >= ${bound(range.end)}`,
    eb: () => `${ends} <= ${bound(range.start)}`,
    ap: () => `${starts} < ${bound(range.end)} and ${ends} > ${bound(range.start)}`,
  };
  return compare[prefix]();
}

export function instantMatches({ prefix, range }: DateValue, column: string, bind: Bind): string {
  const bound = (milliseconds: number): string => `to_timestamp(${bind(milliseconds)}::float8 / 1000)`;
  const before = () => `${column} < ${bound(range.start)}`;
  const behind = () => `${column} >= ${bound(range.end)}`;
  const within = () => `${column} >= ${bound(range.start)} and ${column} < ${bound(range.end)}`;
  const compare: Record<DatePrefix, () => string> = {
    eq: within,
    ap: within,
    ne: () => anyOf([before(), behind()]),
    gt: behind,
    sa: behind,
    lt: before,
    eb: before,
    ge: () => `${column} >= ${bound(range.start)}`,
    le: () => `${column} < ${bound(range.end)}`,
  };
  return compare[prefix]();
}

/** R4 search.html#number: equal is what the precision asked for cannot tell apart; other comparisons are exact. */
function quantityMatches({ prefix, system, code, ...asked }: QuantityValue, row: string, bind: Bind): string {
  const bound = (decimal: string): string => `${bind(decimal)}::numeric`;
  const [low, high] = [`${row}.low`, `${row}.high`];
  const compare: Record<DatePrefix, () => string> = {
    eq: () => `${low} >= ${bound(asked.low)} and ${low} < ${bound(asked.high)} and ${high} < ${bound(asked.high)}`,
    ne: () => `(${low} < ${bound(asked.low)} or ${high} >= ${bound(asked.high)})`,
    gt: () => `${high} > ${bound(asked.value)}`,
    lt: () => `${low} < ${bound(asked.value)}`,
    ge: () => `${high} >= ${bound(asked.value)}`,
    le: () => `${low} <= ${bound(asked.value)}`,
    sa: () => `${low} > ${bound(asked.value)}`,
    eb: () => `${high} < ${bound(asked.value)}`,
    ap: () => `${low} <= ${bound(asked.approximateHigh)} and ${high} >= ${bound(asked.approximateLow)}`,
  };
  const conditions = [compare[prefix]()];
  if (system !== undefined) conditions.push(`${row}.system = ${bind(system)}`);
  if (code !== undefined) {
    const unit = bind(code);
    conditions.push(
      system === undefined ? `(${row}.code = ${unit} or ${row}.unit = ${unit})` : `${row}.code = ${unit}`,
    );
  }
  return conditions.join(' and ');
}

/** Ids that may be of the same types are asked for together. */
export function referencesMatch(values: readonly ReferenceValue[], row: string, bind: Bind): string {
  const groups = Map.groupBy(values, ({ types }) => types?.join(' '));
  const alternatives = [...groups.values()].map((group) => {
    const [{ types }] = group as [ReferenceValue];
    const ids = equalsAny(
      `${row}.target_id`,
      group.map(({ id }) => id),
      bind,
    );
    return types === undefined ? ids : `${ids} and ${row}.target_type = any(${bind(types)}::text[])`;
  });
  return anyOf(alternatives);
}

function uriMatches(uri: string, how: 'equals' | 'below' | 'above', row: string, bind: Bind): string {
  const column = `${row}.uri`;
  if (how === 'equals') return equalsAny(column, [uri], bind);
  if (how === 'below') return startsWith(column, uri, bind);
  const beginnings = Array.from({ length: Math.min(uri.length, limits.uri) }, (_, at) => uri.slice(0, at + 1));
  return equalsAny(
    column,
    beginnings.filter((text) => text.isWellFormed()),
    bind,
  );
}

/** Whatever is shorter than what is indexed is equal where its beginning is. */
function equalsAny(column: string, values: readonly string[], bind: Bind): string {
  const [short, long] = [
    values.filter((text) => text.length < INDEXED),
    values.filter((text) => text.length >= INDEXED),
  ];
  const alternatives = long.map((text) => {
    const value = bind(text);
    return `${beginningOf(column)} = ${beginningOf(`${value}::text`)} and ${column} = ${value}`;
  });
  if (short.length === 1) alternatives.unshift(`${beginningOf(column)} = ${bind(short[0])}`);
  else if (short.length > 1) alternatives.unshift(`${beginningOf(column)} = any(${bind(short)}::text[])`);
  return alternatives.length === 0 ? 'false' : anyOf(alternatives);
}

function startsWith(column: string, text: string, bind: Bind): string {
  const beginning = [...text].slice(0, INDEXED).join('');
  const conditions = [`${beginningOf(column)} >= ${bind(beginning)}`];
  const after = afterPrefix(beginning);
  if (after !== undefined) conditions.push(`${beginningOf(column)} < ${bind(after)}`);
  if (beginning.length < text.length) conditions.push(`starts_with(${column}, ${bind(text)})`);
  return conditions.join(' and ');
}
