// The words of radiology by language: one concept a line, `concept: word, several words, …`. Concepts are parts of the body
// (the closed list of ../anatomy.ts), `modality CT`, `side R`, `contrast both`, `sign doppler`, `view lateral`,
// `number 2`, and `plain`: words that are known and say nothing of what was examined.

import { chinese } from './chinese.ts';
import { czech } from './czech.ts';
import { danish } from './danish.ts';
import { dutch } from './dutch.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { italian } from './italian.ts';
import { japanese } from './japanese.ts';
import { korean } from './korean.ts';
import { polish } from './polish.ts';
import { portuguese } from './portuguese.ts';
import { russian } from './russian.ts';
import { spanish } from './spanish.ts';
import { swedish } from './swedish.ts';
import { turkish } from './turkish.ts';

/** ISO 639-1; `da` stands for Danish and Norwegian, `zh` for both scripts. */
export const vocabularies = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  pt: portuguese,
  it: italian,
  nl: dutch,
  sv: swedish,
  da: danish,
  pl: polish,
  cs: czech,
  ru: russian,
  tr: turkish,
  ja: japanese,
  zh: chinese,
  ko: korean,
} as const;

export type Language = keyof typeof vocabularies;

export interface VocabularyLine {
  concept: string;
  words: string[];
}

/** The lines of a language, words as they are written there. */
export function linesOf(language: Language): VocabularyLine[] {
  return vocabularies[language]
    .split('\n')
    .filter((line) => line.includes(':'))
    .map((line) => {
      const at = line.indexOf(':');
      return {
        concept: line.slice(0, at),
        words: line
          .slice(at + 1)
          .split(',')
          .map((word) => word.trim())
          .filter((word) => word !== ''),
      };
    });
}
