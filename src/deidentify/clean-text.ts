// Cleans text that people write: what is known of the patient, and what looks like a person, a date, a number of somebody, an
// address of any kind. PS3.15 E.3.4, E.3.5. What is not found is said in docs/deidentification.md.

import { asToken, type KnownValues, type Naming } from './known-values.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/** Text with tokens for what identifies; undefined where there is nothing to clean. Cleaning what is clean changes nothing. */
export function cleanText(
  text: string,
  known: KnownValues,
  pseudonyms: Pseudonyms,
  naming: Naming = asToken,
): string | undefined {
  let clean = known.swept(text, naming) ?? text;
  for (const [pattern, token] of patterns) {
    clean = clean.replace(pattern, (found: string, group: unknown) => {
      if (token === 'uid') return uidFor(found, pseudonyms);
      const before = typeof group === 'string' ? group : '';
      return before + naming(found.slice(before.length), token);
    });
  }
  return clean === text ? undefined : clean;
}

/** Registered UIDs name classes and syntaxes; ours are pseudonyms already. */
const uidFor = (uid: string, pseudonyms: Pseudonyms): string =>
  /^(1\.2\.840\.10008\.|2\.25\.)/.test(uid) ? uid : pseudonyms.uid(uid);

const months =
  '(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janv|févr|avr|juin|juil|août|ene|abr|ago|dic|gen|mag|giu|lug|set|ott)[a-zéûäà]*\\.?';
const capitalised = "\\p{Lu}[\\p{L}\\p{M}'’-]+";
const titles =
  'Dr|Prof|Mr|Mrs|Ms|Miss|Mx|Sir|Herrn?|Frau|Mme|Mlle|Monsieur|Madame|Sr|Sra|Srta|Don|Doña|Sig|Dott|Dottssa|Dhr|Mevr|Pan|Pani';

/** In this order: what a longer pattern takes is not left to a shorter one. A first group stays before the token. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[address]'],
  [/\b(?:https?|ftp|file):\/\/[^\s\]]+/giu, '[address]'],
  [/(?<![\d.])\d+(?:\.\d+){4,}(?![\d.])/g, 'uid'],
  // Dates: year first, year last, with the name of a month, and eight digits that are one.
  [
    /(?<!\d)(?:19|20)\d{2}[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:0?[1-9]|[12]\d|3[01])(?!\d)(?:[T ]\d{2}:?\d{2}(?::?\d{2})?)?/g,
    '[date]',
  ],
  [
    /(?<![\d.])(?:0?[1-9]|[12]\d|3[01])\s?[-./]\s?(?:0?[1-9]|[12]\d|3[01])\s?[-./]\s?(?:(?:19|20)\d{2}|\d{2})(?![\d.]\d|\d)/g,
    '[date]',
  ],
  [
    new RegExp(
      `(?<![\\d\\p{L}])(?:\\d{1,2}(?:st|nd|rd|th|\\.)?\\s+)?${months}\\s+(?:\\d{1,2}(?:st|nd|rd|th)?,?\\s+)?(?:19|20)\\d{2}(?!\\d)`,
      'giu',
    ),
    '[date]',
  ],
  [/(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{6})?(?!\d)/g, '[date]'],
  // People by their title, and by what stands before their name on forms.
  [
    new RegExp(
      `(?<!\\p{L})(?:${titles})\\.?\\s+(?:(?:med|Dr|Prof)\\.?\\s+)*(?:(?:van|von|de|der|den|di|da)\\s+)*(?:\\p{Lu}\\.\\s*)*${capitalised}(?:\\s+(?:(?:van|von|de|der|den|di|da)\\s+)*${capitalised})?`,
      'gu',
    ),
    '[name]',
  ],
  [
    new RegExp(
      `((?<!\\p{L})(?:[Pp]atient(?:in)?|[Nn]ame|[Nn]om|[Nn]ombre|[Ss]igned|(?:[Rr]eported|[Dd]ictated|[Rr]ead|[Ss]igned)\\s+by)\\s*[:=]\\s*)${capitalised}(?:[,\\s]+${capitalised})*`,
      'gu',
    ),
    '[name]',
  ],
  // Numbers of somebody: with a label, with a country code or area in brackets, and any long one.
  [
    /((?<!\p{L})(?:mrn|pid|pat(?:ient)?[ -]?(?:id|nr|no)|acc(?:ession)?(?:[ -]?(?:no|nr|number))?|ssn|nhs|id|fall(?:nr)?|case)\s*[:#.=]\s*)[\p{L}\p{N}][\p{L}\p{N}/-]*\d[\p{L}\p{N}/-]*/giu,
    '[id]',
  ],
  [/(?<![\d\p{L}.])(?:\+|00)\d{1,3}(?:[\s\-/()]{0,2}\d){6,}(?!\d)/gu, '[phone]'],
  [
    /(?<![\d\p{L}.])(?=(?:[\s\-/()]{0,3}\d){7})(?:\(\d{2,5}\)|0\d{1,4})[\s\-/]{0,2}\d{2,}(?:[\s\-/]{1,2}\d{2,})*(?!\d)(?=(?:[^\d]|$))/gu,
    '[phone]',
  ],
  [/(?<![\d.])\d{3}[-\s]\d{3}[-\s]\d{4}(?!\d)/g, '[phone]'],
  [/(?<![\d\p{L}.[])\d{3}-\d{2}-\d{4}(?!\d)/gu, '[id]'],
  [/(?<![\d.])\d{7,}(?![\d.]\d|\d)/g, '[id]'],
];
