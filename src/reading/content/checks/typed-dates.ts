// Dates that were typed where dates are shifted: one that cannot be turned back with certainty would go home as a day that
// never was. Fields are turned back by their values, so that only what was typed is looked at.

import { irreversibleDates } from '../../privacy/narrative-dates.ts';
import type { ContentFinding } from '../finding.ts';
import type { ContentSection } from '../report-content.ts';
import type { Check } from './check.ts';

export const typedDates: Check = ({ content, facts, confirmed }) => {
  if (!facts.isShifted) return [];
  const dates = {
    // By how much is not for whoever reads to know; that it is not nothing is enough.
    shiftDays: -1,
    studyDays: new Set([facts.studyDate, ...facts.priors.map(({ date }) => date)]),
    language: content.language,
    confirmed: new Set(confirmed),
  };
  return content.sections.flatMap((section) =>
    irreversibleDates(typedIn(section), dates).map(
      (words): ContentFinding => ({
        check: 'typed-date',
        message: `“${words}” cannot be turned back with certainty: insert it as a field, or confirm that it is meant so`,
        isHard: true,
        section: section.kind,
        words,
      }),
    ),
  );
};

/** The text without what its fields show, and what was typed into fields of text. */
const typedIn = ({ text, fields }: ContentSection): string =>
  [
    text.replace(/\{\{[A-Za-z0-9_.-]{1,64}\}\}/g, '—'),
    ...fields.flatMap(({ value }) => (value !== undefined && 'text' in value ? [value.text] : [])),
  ].join('\n');
