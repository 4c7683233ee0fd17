// Dates as search understands them (R4 search.html#date): a date of less precision is all the time it covers.

import { isOfForm } from './primitive.ts';

export const datePrefixes = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'] as const;
export type DatePrefix = (typeof datePrefixes)[number];

/** In milliseconds since 1970, from `start` up to but not including `end`. */
export interface DateRange {
  start: number;
  end: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What a date or dateTime covers; without a zone in UTC. Undefined where it is none. */
export function dateRangeOf(text: string): DateRange | undefined {
  const timed = /^(.{10}T\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/.exec(text);
  const whole = timed === null ? text : `${timed[1]}${timed[2] ?? ':00'}${timed[3] ?? 'Z'}`;
  if (!isOfForm('dateTime', whole)) return undefined;
  if (timed !== null) {
    // A leap second ends its minute.
    const start = Date.parse(whole.replace(/:60(?=[.Z+-])/, ':59'));
    return { start, end: start + (timed[2] === undefined ? MINUTE_MS : timed[2].includes('.') ? 1 : 1000) };
  }
  const [year, month, day] = text.split('-').map(Number) as [number, number?, number?];
  const start = firstOf(year, (month ?? 1) - 1, day ?? 1);
  if (day !== undefined) return { start, end: start + DAY_MS };
  return { start, end: month === undefined ? firstOf(year + 1, 0, 1) : firstOf(year, month, 1) };
}

/** Date.UTC takes the years 0 to 99 for those of the twentieth century. */
const firstOf = (year: number, month: number, day: number): number => new Date(0).setUTCFullYear(year, month, day);

/** Whether what a resource says meets what is asked under `prefix`. */
export function rangesMeet(said: DateRange, asked: DateRange, prefix: DatePrefix): boolean {
  const within = asked.start <= said.start && said.end <= asked.end;
  switch (prefix) {
    case 'eq':
      return within;
    case 'ne':
      return !within;
    case 'gt':
      return said.end > asked.end;
    case 'lt':
      return said.start < asked.start;
    case 'ge':
      return within || said.end > asked.end;
    case 'le':
      return within || said.start < asked.start;
    case 'sa':
      return said.start >= asked.end;
    case 'eb':
      return said.end <= asked.start;
    case 'ap':
      return said.start < asked.end && asked.start < said.end;
  }
}
