// What a check is given, and what it must answer with: the text as it is shown, in clauses, and what is known.

import type { SectionKind } from '../../../translate/report/section.ts';
import { textOfSection } from '../content-text.ts';
import type { ContentFinding } from '../finding.ts';
import { type Language, languagesOf } from '../lexicon/language.ts';
import { type Clause, clausesOf } from '../lexicon/words.ts';
import type { ReportContent } from '../report-content.ts';
import type { ReportFacts } from '../report-facts.ts';

export interface WrittenSection {
  kind: SectionKind;
  text: string;
  clauses: readonly Clause[];
}

export interface Written {
  content: ReportContent;
  facts: ReportFacts;
  sections: readonly WrittenSection[];
  languages: readonly Language[];
  /** Typed dates that the writer said are meant as they stand. */
  confirmed: readonly string[];
}

export type Check = (written: Written) => ContentFinding[];

export function writtenOf(content: ReportContent, facts: ReportFacts, confirmed: readonly string[] = []): Written {
  const sections = content.sections
    .map((section) => ({ kind: section.kind, text: textOfSection(section) }))
    .filter(({ text }) => text !== '')
    .map((section) => ({ ...section, clauses: clausesOf(section.text) }));
  return { content, facts, sections, languages: languagesOf(content.language), confirmed };
}

/** What the report itself says is there: not what was asked, known before, or seen elsewhere. */
export const assertions: readonly SectionKind[] = ['findings', 'impression', 'recommendation', 'report', 'addendum'];

export const asserted = ({ sections }: Written): WrittenSection[] =>
  sections.filter(({ kind }) => assertions.includes(kind));
