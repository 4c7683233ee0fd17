// A report as one text: what FHIR presents, and what a PDF prints.

import type { Report, Section } from './report.ts';
import { headingOf } from './section.ts';

/** What stands above a section. */
export const titleOf = ({ kind, code, at }: Section): string =>
  [code?.meaning ?? headingOf(kind).meaning, at?.replace('T', ' ')].filter(Boolean).join(', ');

/** Sections under their titles, apart by empty lines; one that is the whole has none. */
export function reportText({ sections }: Pick<Report, 'sections'>): string {
  const [first, ...others] = sections;
  if (first?.kind === 'report' && first.code === undefined && others.length === 0) return first.text;
  return sections.map((section) => `${titleOf(section).toUpperCase()}\n${section.text}`).join('\n\n');
}
