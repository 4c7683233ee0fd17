// Dates in the text of a report on its way home. A reader sees dates that were moved; one that is a field comes back as what it
// is, one that was typed only where it is a whole day that can be nothing but the moved day of a study of this case. Any other
// is told: it is not delivered before a person said what it means.

import { shiftedDate } from '../../deidentify/shift-dates.ts';
import { type DateInProse, datesInProse } from './dates-in-prose.ts';

export interface DatesOfCase {
  /** Days by which dates were moved on the way out, as in PseudonymMap. */
  shiftDays: number;
  /** Days of the studies that the reader has, as the reader has them: YYYY-MM-DD. */
  studyDays: ReadonlySet<string>;
  /** BCP 47 of the text. */
  language?: string | undefined;
  /** Words that somebody looked at and said to be as they should go: a true date, a classification of a year. */
  confirmed?: ReadonlySet<string> | undefined;
}

export interface RestoredText {
  text: string;
  /** Words that nobody can be certain of. Where there are any, the text is not to be delivered. */
  irreversible: string[];
}

/** Typed dates as they were before anything was moved. Where nothing was, there is nothing to do. */
export function restoreDates(text: string, dates: DatesOfCase): RestoredText {
  if (dates.shiftDays === 0) return { text, irreversible: [] };
  let restored = '';
  let from = 0;
  const irreversible: string[] = [];
  for (const one of datesInProse(text, dates.language)) {
    const instead = dates.confirmed?.has(one.words) ? one.words : trueWords(one, dates);
    if (instead === undefined) irreversible.push(one.words);
    restored += text.slice(from, one.start) + (instead ?? one.words);
    from = one.end;
  }
  return { text: restored + text.slice(from), irreversible };
}

/** Of a text before it is signed: what the way home would stop at. */
export const irreversibleDates = (text: string, dates: DatesOfCase): string[] => restoreDates(text, dates).irreversible;

/** A moved day as it was: YYYY-MM-DD. undefined for what is no day. */
export function trueDay(day: string, shiftDays: number): string | undefined {
  const moved = shiftedDate(day.replaceAll('-', ''), -shiftDays);
  return moved && `${moved.slice(0, 4)}-${moved.slice(4, 6)}-${moved.slice(6)}`;
}

function trueWords({ day, write }: DateInProse, { shiftDays, studyDays }: DatesOfCase): string | undefined {
  if (day === undefined || !studyDays.has(day)) return undefined;
  const before = trueDay(day, shiftDays);
  return before === undefined ? undefined : write!(before);
}
