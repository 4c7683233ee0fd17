// Dates and times: DT, TM and DTM (TS up to v2.5) with their precision and zone. HL7 v2.8.2 2A.2.20 to 2A.2.22 and 2A.2.76.

import type { FieldValue } from './field-value.ts';

export type Precision = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

export interface DateTime {
  /** ISO 8601 as far as it was given: `1942-08`, `2026-11-23T04:05:06.5+07:00`. */
  iso: string;
  precision: Precision;
  /** Minutes east of UTC; absent where the message does not say. */
  offsetMinutes?: number;
}

const PATTERN = /^(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(\.\d{1,6})?)?)?)?)?)?([+-]\d{4})?$/;

/** undefined where it is none: `Aug 15, 1942`, a month 13. Blanks and zeros for unknown months and days are tolerated. */
export function readDateTime(text: string): DateTime | undefined {
  // Time of day all zeros after a birth date, and `19420000`: what is not known is not said.
  const compact = text
    .trim()
    .replace(/[ T]/g, '')
    .replace(/^(\d{4})(-)(\d{2})\2(\d{2})/, '$1$3$4');
  const match = PATTERN.exec(compact.replace(/^(\d{4})0000$/, '$1').replace(/^(\d{6})00$/, '$1'));
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  if (!isCalendarDay(Number(year), Number(month ?? 1), Number(day ?? 1))) return undefined;
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 60) return undefined;
  const date = [year, month, day].filter((part) => part !== undefined).join('-');
  if (hour === undefined) return { iso: date, precision: day ? 'day' : month ? 'month' : 'year' };
  const offset = zone === undefined ? undefined : offsetOf(zone);
  const time = `${hour}:${minute ?? '00'}${second === undefined ? '' : `:${second}${fraction ?? ''}`}`;
  return {
    iso: `${date}T${time}${zone === undefined ? '' : `${zone.slice(0, 3)}:${zone.slice(3)}`}`,
    precision: second ? 'second' : minute ? 'minute' : 'hour',
    ...(offset !== undefined && { offsetMinutes: offset }),
  };
}

/** A TS or DTM field; v2.1 to v2.5 have its precision in a component of its own, which the value shows as well. */
export function dateTimeOf(value: FieldValue): DateTime | undefined {
  return readDateTime(value.component(1));
}

/** DTM of a moment, in UTC: `20261123040506.123+0000`. `isoInstant` as Date.toISOString writes it. */
export function writeDateTime(isoInstant: string): string {
  return isoInstant.replace(/Z$/, '+0000').replace(/[-:T](?=\d)/g, '');
}

/** A date as DICOM writes it (DA, YYYYMMDD); undefined where less than a day is known. */
export function dicomDate(date: DateTime | undefined): string | undefined {
  if (date === undefined || date.precision === 'year' || date.precision === 'month') return undefined;
  return date.iso.slice(0, 10).replaceAll('-', '');
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= days[month - 1]!;
}

function offsetOf(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3));
  return zone.startsWith('-') ? -minutes : minutes;
}
