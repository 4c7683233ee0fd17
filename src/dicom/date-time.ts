// Dates, times and moments as intervals of numbers, so that a value and a range are compared alike. PS3.5 6.2 (DA, TM,
// DT), PS3.4 C.2.2.2.5 (ranges). A value stands for all of what it names: the time `10` is the hour from 10:00:00.

/** Both ends included. Open ends are infinite. */
export interface Interval {
  from: number;
  to: number;
}

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A date or a range of dates, in microseconds since 1970 without regard to time zones; undefined when it is neither. */
export function dateInterval(text: string): Interval | undefined {
  return interval(text.split('-'), date);
}

/** A time or a range of times, in microseconds since midnight. */
export function timeInterval(text: string): Interval | undefined {
  return interval(text.split('-'), time);
}

/** A moment or a range of moments, in microseconds since 1970 UTC. Without an offset from UTC it is taken for UTC. */
export function dateTimeInterval(text: string): Interval | undefined {
  const single = moment(text.trim());
  if (single !== undefined) return single;
  const ends = rangeOfMoments.exec(text.trim());
  return ends === null ? undefined : interval([ends[1] ?? '', ends[2] ?? ''], moment);
}

/** Whether a stored value lies in what a key asks for: it begins there. */
export const beginsWithin = (value: Interval, key: Interval): boolean => value.from >= key.from && value.from <= key.to;

/** `a`, `a-b`, `a-` or `-b`, of ends that `read` understands. */
function interval(ends: string[], read: (text: string) => Interval | undefined): Interval | undefined {
  const [first = '', last] = ends.map((end) => end.trim());
  if (last === undefined) return read(first);
  if (ends.length !== 2 || first + last === '') return undefined;
  const from = first === '' ? everything : read(first);
  const to = last === '' ? everything : read(last);
  return from && to && { from: from.from, to: to.to };
}

const everything: Interval = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** PS3.5 6.2: YYYYMMDD; YYYY.MM.DD of ACR-NEMA is still met. */
function date(text: string): Interval | undefined {
  const parts = /^(\d{4})(?:(\d{2})(\d{2})|\.(\d{2})\.(\d{2}))$/.exec(text);
  if (parts === null) return undefined;
  const from = dayOf(Number(parts[1]), Number(parts[2] ?? parts[4]), Number(parts[3] ?? parts[5]));
  return { from, to: from + DAY - 1 };
}

/** PS3.5 6.2: HHMMSS.FFFFFF from the hour on; HH:MM:SS of ACR-NEMA is still met. */
function time(text: string): Interval | undefined {
  const parts = /^(\d{2})(?:(\d{2})(?:(\d{2})(?:\.(\d{1,6}))?)?)?$/.exec(text.replaceAll(':', ''));
  if (parts === null) return undefined;
  const [hours, minutes, seconds, fraction] = parts.slice(1);
  return timeOf(hours, minutes, seconds, fraction);
}

function timeOf(hours?: string, minutes?: string, seconds?: string, fraction?: string): Interval {
  const fractionMicroseconds = Number((fraction ?? '').padEnd(6, '0'));
  const from = Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE + Number(seconds ?? 0) * SECOND;
  let precision = DAY;
  if (hours !== undefined) precision = HOUR;
  if (minutes !== undefined) precision = MINUTE;
  if (seconds !== undefined) precision = SECOND;
  if (fraction !== undefined) precision = 10 ** (6 - fraction.length);
  return { from: from + fractionMicroseconds, to: from + fractionMicroseconds + precision - 1 };
}

const momentForm =
  '\\d{4}(?:\\d{2}(?:\\d{2}(?:\\d{2}(?:\\d{2}(?:\\d{2}(?:\\.\\d{1,6})?)?)?)?)?)?(?:[+-](?:0\\d|1[0-4])\\d{2})?';

/** PS3.4 C.2.2.2.5.3: a hyphen with four digits after a moment is an offset from UTC where it can be one (to 14 hours). */
const rangeOfMoments = new RegExp(`^(${momentForm})?-(${momentForm})?$`);
const momentParts =
  /^(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\.(\d{1,6}))?)?)?)?)?)?(?:([+-])(0\d|1[0-4])(\d{2}))?$/;

function moment(text: string): Interval | undefined {
  const parts = momentParts.exec(text);
  if (parts === null) return undefined;
  const [year, month, day, hours, minutes, seconds, fraction, sign, offsetHours, offsetMinutes] = parts.slice(1);
  const offset = (sign === '-' ? -1 : 1) * (Number(offsetHours ?? 0) * HOUR + Number(offsetMinutes ?? 0) * MINUTE);
  const first = dayOf(Number(year), Number(month ?? 1), Number(day ?? 1)) - offset;
  if (day !== undefined) {
    const within = timeOf(hours, minutes, seconds, fraction);
    return { from: first + within.from, to: first + within.to };
  }
  const next = month === undefined ? dayOf(Number(year) + 1, 1, 1) : dayOf(Number(year), Number(month) + 1, 1);
  return { from: first, to: next - offset - 1 };
}

/** Years before 100 are themselves, which Date.UTC alone takes for 19xx. */
function dayOf(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day) * 1000;
}
