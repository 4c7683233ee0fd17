// Text that goes along with a case, history and prior reports, without saying whose it is, and with a way back: each thing that
// identifies becomes a token, `[P1]`, the same for the same words, and the vault keeps what stood there. A date is given with
// its distance from the study, which is what a reader needs of it.

import { cleanText } from '../../deidentify/clean-text.ts';
import type { KnownValues } from '../../deidentify/known-values.ts';
import type { Pseudonyms } from '../../deidentify/pseudonyms.ts';

export interface Reversing {
  known: KnownValues;
  pseudonyms: Pseudonyms;
  /** YYYYMMDD: dates are told by their distance from it; absent: they are told by nothing. */
  studyDate?: string;
}

export class ReversibleText {
  readonly #reversing: Reversing;
  readonly #tokenOf = new Map<string, string>();

  /** `tokens`: those that the case has already. */
  constructor(reversing: Reversing, tokens: ReadonlyMap<string, string> = new Map()) {
    this.#reversing = reversing;
    for (const [token, original] of tokens) this.#tokenOf.set(original, token);
  }

  /** By token, what stood there. */
  get tokens(): ReadonlyMap<string, string> {
    return new Map([...this.#tokenOf].map(([original, token]) => [token, original]));
  }

  cleaned(text: string): string {
    const { known, pseudonyms, studyDate } = this.#reversing;
    const naming = (found: string, kind: string): string => {
      const token = this.#token(found);
      const distance = kind === '[date]' && studyDate !== undefined ? distanceOf(found, studyDate) : undefined;
      return distance === undefined ? token : `${token} (${distance})`;
    };
    // What looks like a token of ours in the text itself is nobody's.
    return (
      cleanText(text.replace(/\[P(\d+)\]/g, '(P$1)'), known, pseudonyms, naming) ?? text.replace(/\[P(\d+)\]/g, '(P$1)')
    );
  }

  #token(found: string): string {
    const known = this.#tokenOf.get(found);
    if (known !== undefined) return known;
    const token = `[P${this.#tokenOf.size + 1}]`;
    this.#tokenOf.set(found, token);
    return token;
  }
}

const DAY_MS = 86_400_000;

/** Only of dates that can be read in one way: year first, or a day that is no month. */
function distanceOf(found: string, studyDate: string): string | undefined {
  const [date, study] = [dayOf(found), dayOf(studyDate)];
  if (date === undefined || study === undefined) return undefined;
  const days = Math.round((date - study) / DAY_MS);
  if (days === 0) return 'the day of the study';
  return `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'} ${days < 0 ? 'before' : 'after'} the study`;
}

function dayOf(text: string): number | undefined {
  const yearFirst = /^(\d{4})[-./ ]?(\d{1,2})[-./ ]?(\d{1,2})(?!\d{3})/.exec(text);
  if (yearFirst !== null) return utc(yearFirst[1]!, yearFirst[2]!, yearFirst[3]!);
  // With points the day comes first, wherever points are written.
  const dayFirst = /^(\d{1,2})\s?\.\s?(\d{1,2})\s?\.\s?(\d{4})$/.exec(text);
  if (dayFirst !== null) return utc(dayFirst[3]!, dayFirst[2]!, dayFirst[1]!);
  const slashed = /^(\d{1,2})\s?[-/]\s?(\d{1,2})\s?[-/]\s?(\d{4})$/.exec(text);
  if (slashed === null) return undefined;
  const [first, second, year] = [slashed[1]!, slashed[2]!, slashed[3]!];
  if (Number(first) > 12) return utc(year, second, first);
  return Number(second) > 12 ? utc(year, first, second) : undefined;
}

function utc(year: string, month: string, day: string): number | undefined {
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day) ? at.getTime() : undefined;
}
