// Dates and times in other forms than DA and TM (PS3.5 6.2), and dates that cannot be: birth after the study, an age that
// the birth date does not give.

import type { DataSet } from '../../dicom/dataset.ts';
import type { Reporter } from './repair.ts';
import { sourceOf } from './source-of.ts';

const limits = {
  /** Years by which Patient's Age may be off the birth date: rounding, and a birthday between order and study. */
  ageYears: 1.5,
  /** Years nobody has reached. */
  oldestYears: 125,
};

const dates = ['PatientBirthDate', 'StudyDate', 'SeriesDate', 'AcquisitionDate', 'ContentDate'] as const;
const times = ['StudyTime', 'SeriesTime', 'AcquisitionTime', 'ContentTime', 'PatientBirthTime'] as const;

export function datesAndTimes(dataset: DataSet, report: Reporter): void {
  for (const keyword of dates) date(dataset, keyword, report);
  for (const keyword of times) time(dataset, keyword, report);
  birth(dataset, report);
}

function date(dataset: DataSet, keyword: string, report: Reporter): void {
  const text = dataset.text(keyword)?.trim();
  if (text === undefined || text === '') return;
  if (/^\d{8}$/.test(text)) {
    if (!exists(text)) report.finding('date', keyword, 'no such day');
    return;
  }
  const repaired = repairedDate(text);
  if (repaired === undefined)
    report.finding('date', keyword, 'not eight digits, and which of its parts is the month is not certain');
  else {
    report.fact('date', {
      attribute: keyword,
      value: repaired.value,
      sources: [sourceOf(keyword)],
      confidence: repaired.confidence,
      reason: `a date ${repaired.form} where YYYYMMDD belongs`,
    });
  }
}

/** Year first is ACR-NEMA's (PS3.5 6.2 note) or ISO 8601; with the day first only where no month can be meant. */
function repairedDate(text: string): { value: string; confidence: number; form: string } | undefined {
  const yearFirst = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(text);
  if (yearFirst !== null) return checked(yearFirst[1]!, yearFirst[2]!, yearFirst[3]!, 0.99, 'with separators');
  const yearLast = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4})$/.exec(text);
  if (yearLast === null) return undefined;
  const [, first, separator, second, year] = yearLast as unknown as [string, string, string, string, string];
  if (Number(first) > 12) return checked(year, second, first, 0.97, 'with the day first');
  if (Number(second) > 12) return checked(year, first, second, 0.97, 'with the month first');
  // Dots are written where the day comes first.
  return separator === '.' || first === second
    ? checked(year, second, first, 0.95, 'with dots and the day first')
    : undefined;
}

function checked(year: string, month: string, day: string, confidence: number, form: string) {
  const value = `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`;
  return exists(value) ? { value, confidence, form } : undefined;
}

function exists(date: string): boolean {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(4, 6)), Number(date.slice(6))];
  const made = new Date(Date.UTC(year, month - 1, day));
  return month >= 1 && month <= 12 && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}

function time(dataset: DataSet, keyword: string, report: Reporter): void {
  const text = dataset.text(keyword)?.trim();
  if (text === undefined || text === '' || /^([01]\d|2[0-3])([0-5]\d([0-5]\d|60)?)?(\.\d{1,6})?$/.test(text)) return;
  const written = /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,6})?)?$/.exec(text);
  if (written === null || Number(written[1]) > 23) {
    report.finding('date', keyword, 'no time of day');
    return;
  }
  const [, hours, minutes, seconds = '', fraction = ''] = written;
  report.fact('date', {
    attribute: keyword,
    value: `${hours!.padStart(2, '0')}${minutes}${seconds}${fraction}`,
    sources: [sourceOf(keyword)],
    confidence: 0.99,
    reason: 'a time with colons where HHMMSS belongs',
  });
}

function birth(dataset: DataSet, report: Reporter): void {
  const [born, study] = [days(dataset.text('PatientBirthDate')), days(dataset.text('StudyDate'))];
  if (born === undefined || study === undefined) return;
  const years = (study - born) / 365.2425;
  if (years < 0) {
    report.finding('date', 'PatientBirthDate', 'after the study');
    return;
  }
  if (years > limits.oldestYears) {
    report.finding('date', 'PatientBirthDate', 'more years ago than anybody has lived');
    return;
  }
  const said = ageYears(dataset.text('PatientAge'));
  if (said !== undefined && Math.abs(said - years) > limits.ageYears) {
    report.finding('date', 'PatientAge', "Patient's Age is not what birth and study date give");
  }
}

function days(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{8}$/.test(text) || !exists(text)) return undefined;
  return Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6))) / 86_400_000;
}

/** AS: `045Y`, `018M`, `012W`, `003D`. */
function ageYears(text: string | undefined): number | undefined {
  const age = /^(\d{3})([DWMY])$/.exec(text ?? '');
  if (age === null) return undefined;
  return Number(age[1]) / { D: 365.2425, W: 52.1775, M: 12, Y: 1 }[age[2] as 'D' | 'W' | 'M' | 'Y'];
}
