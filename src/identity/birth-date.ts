// Birth dates as one integer, yyyymmdd; month and day 00 where unknown. Zero is no date.

import { digitEdits } from './digit-edits.ts';

/** What is sent where nobody knows: DICOM, FHIR, COBOL, Excel and Unix have their own. Sites' own are learned. */
export const placeholderDates: ReadonlySet<number> = new Set([
  10101, 11111111, 16000101, 17530101, 18000101, 18500101, 18581117, 18991230, 18991231, 19000101, 19000102, 19010101,
  19110101, 19111111, 19600101, 19700101, 20000101, 20010101, 21000101, 99991231, 99999999,
]);

/** A date, a month or a year in DICOM, HL7 or FHIR form; 0 where it is none or stands for unknown. */
export function readBirthDate(text: string | undefined): number {
  const digits = (text ?? '').replace(/[-/.]/g, '').slice(0, 8);
  if (!/^\d{4}(?:\d{2}){0,2}$/.test(digits)) return 0;
  const year = Number(digits.slice(0, 4));
  const month = Number(digits.slice(4, 6) || 0);
  const day = Number(digits.slice(6, 8) || 0);
  const date = year * 10_000 + month * 100 + day;
  if (year < 1880 || year > 2150 || month > 12 || day > 31 || placeholderDates.has(date)) return 0;
  return month === 0 ? year * 10_000 : date;
}

export const dateLevels = ['missing', 'same', 'swapped', 'typo', 'year', 'partial', 'near', 'different'] as const;
const [, same, swapped, typo, year, partial, near, different] = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** How two known dates agree, as an index of `dateLevels`. */
export function compareDates(a: number, b: number): number {
  const [yearA, yearB] = [Math.floor(a / 10_000), Math.floor(b / 10_000)];
  const [restA, restB] = [a % 10_000, b % 10_000];
  // The first of January is what is typed where only the year is known; two of them are no more than the year.
  if (yearA === yearB && (restA === 0 || restB === 0 || restA === 101 || restB === 101)) return partial;
  if (a === b) return same;
  if (restA === 0 || restB === 0) return different;
  const [monthA, dayA, monthB, dayB] = [Math.floor(restA / 100), restA % 100, Math.floor(restB / 100), restB % 100];
  if (yearA === yearB && monthA === dayB && dayA === monthB) return swapped;
  const edits = digitEdits(a, b);
  if (edits === 1 && yearA === yearB) return typo;
  if (edits === 1) return Math.abs(yearA - yearB) <= 10 ? year : near;
  if (yearA === yearB && (monthA === monthB || dayA === dayB)) return near;
  return restA === restB && Math.abs(yearA - yearB) <= 1 ? near : different;
}
