// Dates, periods and schedules as what they cover (R4 search.html#date).

import { type DateRange, dateRangeOf } from '../date-range.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import type { Typed } from './expression.ts';
import type { IndexValue } from './index-value.ts';

/** As far away as a Date may be (ECMA-262 21.4.1.1), in milliseconds. */
const EVER_MS = 8.64e15;

export function datesOf(parameter: string, { value, type }: Typed): IndexValue[] {
  const range = rangeOf(value, type);
  return [{ kind: 'date', parameter, ...range }];
}

function rangeOf(value: JsonValue, type: string): DateRange | undefined {
  if (typeof value === 'string') return dateRangeOf(value);
  if (!isObject(value)) return undefined;
  return type === 'Timing' ? ofTiming(value) : ofPeriod(value);
}

/** Without a start or an end it is open there. One that ends before it starts (R4 per-1) is found by all that lies between. */
function ofPeriod({ start, end }: JsonObject): DateRange | undefined {
  const from = typeof start === 'string' ? dateRangeOf(start) : undefined;
  const to = typeof end === 'string' ? dateRangeOf(end) : undefined;
  if (from === undefined && to === undefined) return undefined;
  if (from !== undefined && to !== undefined && to.end < from.start) return { start: to.start, end: from.end };
  return { start: from?.start ?? -EVER_MS, end: to?.end ?? EVER_MS };
}

/** R4 search.html#date: of a schedule only the outer limits matter. */
function ofTiming({ event, repeat }: JsonObject): DateRange | undefined {
  const events = Array.isArray(event) ? event.flatMap((each) => rangeOf(each, 'dateTime') ?? []) : [];
  const bounds = isObject(repeat) && isObject(repeat.boundsPeriod) ? ofPeriod(repeat.boundsPeriod) : undefined;
  const ranges = bounds === undefined ? events : [...events, bounds];
  if (ranges.length === 0) return undefined;
  return { start: Math.min(...ranges.map(({ start }) => start)), end: Math.max(...ranges.map(({ end }) => end)) };
}
