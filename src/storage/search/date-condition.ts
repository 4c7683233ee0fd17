// Dates and times in SQL: single values, ranges, and a range of dates with a range of times as one range of moments.
// PS3.4 C.2.2.2.5. In text of collation "C" a fixed-width moment (YYYYMMDDHHMMSS.FFFFFF) sorts as it happened.

import type { Condition } from './condition.ts';
import type { Parameters } from './statement.ts';
import { anyOf, EMPTY_VALUE, equalsAny, isEmpty } from './text-condition.ts';

/** From `from` to `to`, both included; open where one is absent. */
export interface Range {
  from?: string;
  to?: string;
}

/** `20240101-20240131`, `20240101-` or `-20240131`; undefined for anything else. */
export function dateRange(value: string): Range | undefined {
  const ends = value.split('-').map((end) => withoutDots(end.trim()));
  return rangeOf(ends, /^\d{8}$/);
}

/** `0800-1200`, `0800-` or `-1200`. A time stands for all of the hour, minute or second that it names: `-12` ends at 12:59:59. */
export function timeRange(value: string): Range | undefined {
  const range = rangeOf(
    value.split('-').map((end) => end.trim().replaceAll(':', '')),
    timeForm,
  );
  return range && wholeTimes(range);
}

/** PS3.5 6.2: `2024.01.31` is how ACR-NEMA wrote dates; the columns have none of it. */
const withoutDots = (text: string): string => text.replace(/^(\d{4})\.(\d{2})\.(\d{2})$/, '$1$2$3');

const timeForm = /^\d{2}(\d{2}(\d{2}(\.\d{1,6})?)?)?$/;

function rangeOf(ends: string[], form: RegExp): Range | undefined {
  const [from = '', to = ''] = ends;
  if (ends.length !== 2 || from + to === '') return undefined;
  if (!ends.every((end) => end === '' || form.test(end))) return undefined;
  return { from: from || undefined, to: to || undefined };
}

const wholeTimes = ({ from, to }: Range): Range => ({
  from: from && from + '000000'.slice(from.length),
  to: to && to + (to.length > 6 ? '999999'.slice(to.length - 7) : '..5959.999999'.slice(to.length)),
});

export function dateCondition(sql: string, values: readonly string[], parameters: Parameters): Condition {
  return anyMoment(sql, values.map(withoutDots), dateRange, parameters);
}

export function timeCondition(sql: string, values: readonly string[], parameters: Parameters): Condition {
  return anyMoment(wholeTime(sql), values, (value) => timeRange(`${value}-${value}`) ?? timeRange(value), parameters);
}

function anyMoment(
  sql: string,
  values: readonly string[],
  read: (value: string) => Range | undefined,
  parameters: Parameters,
): Condition {
  const ranges = values.map(read);
  const alternatives = values.map((value, at) => {
    const range = ranges[at];
    if (range !== undefined) return within(sql, range, parameters);
    return value === EMPTY_VALUE ? isEmpty(sql) : equalsAny(sql, [value], parameters);
  });
  return { sql: anyOf(alternatives), steady: ranges.every((range) => range === undefined) };
}

/** The dates narrow by their index, the moments then decide. What has no time is in the range of its whole day only. */
export function momentCondition(
  date: string,
  time: string,
  days: Range,
  times: Range,
  parameters: Parameters,
): Condition {
  const moment = (missing: string): string => `${date} || coalesce(${wholeTime(time)}, '${missing}')`;
  const from = days.from && days.from + (times.from ?? FIRST_TIME);
  const to = days.to && days.to + (times.to ?? LAST_TIME);
  const conditions = [within(date, days, parameters)];
  if (from !== undefined) conditions.push(within(moment(FIRST_TIME), { from }, parameters));
  if (to !== undefined) conditions.push(within(moment(LAST_TIME), { to }, parameters));
  return { sql: conditions.join(' and '), steady: false };
}

const FIRST_TIME = '000000';
const LAST_TIME = '235959.999999';

/** A stored time to the second at least: `1015` as `101500`. Padding cuts what is longer, which is then the smaller text. */
const wholeTime = (sql: string): string => `greatest(${sql}, rpad(${sql}, 6, '0'))`;

function within(sql: string, { from, to }: Range, parameters: Parameters): string {
  const ends = [];
  if (from !== undefined) ends.push(`${sql} >= ${parameters.bind(from)}`);
  if (to !== undefined) ends.push(`${sql} <= ${parameters.bind(to)}`);
  return ends.join(' and ');
}
