// Whether everything is there that makes a report: text at all, an impression, the fields its template asks for.

import { placesIn, textOfField } from '../content-text.ts';
import type { ContentFinding } from '../finding.ts';
import type { Check } from './check.ts';

/** A report of nothing is none. */
export const something: Check = ({ sections }) =>
  sections.some(({ kind }) => ['findings', 'impression', 'report', 'addendum'].includes(kind))
    ? []
    : [{ check: 'empty', message: 'neither findings nor an impression are written', isHard: true }];

export const impression: Check = ({ sections }) =>
  sections.some(({ kind }) => kind === 'impression')
    ? []
    : [{ check: 'missing-impression', message: 'there is no impression', isHard: false }];

/** Places that were left as the template or a macro had them: `[…]`, `***`, `___`. */
export const unfilled: Check = ({ content, sections }) => {
  const left = sections.flatMap(({ kind, text }) =>
    [...text.matchAll(/\[\s*[…_.?]*\s*\]|\*{3,}|_{3,}|\?{3,}/g)].map(
      ([words]): ContentFinding => finding('a place was left open', kind, words),
    ),
  );
  const unknown = content.sections.flatMap(({ kind, text, fields }) =>
    placesIn(text)
      .filter((name) => !fields.some((field) => field.name === name))
      .map((name) => finding('a place has no field', kind, name)),
  );
  return [...left, ...unknown];
};

/** By name: fields that its template says must be filled. */
export const requiredFields =
  (required: ReadonlySet<string>): Check =>
  ({ content }) =>
    content.sections.flatMap(({ kind, fields }) =>
      fields
        .filter((field) => required.has(field.name) && textOfField(field) === '')
        .map(({ label }) => finding(`${label} is empty`, kind, label)),
    );

const finding = (message: string, section: ContentFinding['section'], words: string): ContentFinding => ({
  check: 'left-open',
  message,
  isHard: false,
  ...(section !== undefined && { section }),
  words,
});
