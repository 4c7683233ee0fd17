// Two who wrote on from one version: what only one of them changed is as that one left it, section by section and field by
// field. What both changed in different ways is nobody's to guess.

import type { ContentField, ContentSection, ReportContent } from './report-content.ts';

export interface Merged {
  content: ReportContent;
  /** `findings`, `findings: haemorrhage`: what both changed; in the content it is as `mine` has it. */
  conflicts: string[];
}

export function mergeContent(base: ReportContent, mine: ReportContent, theirs: ReportContent): Merged {
  if (isSame(base, theirs) || isSame(mine, theirs)) return { content: mine, conflicts: [] };
  if (isSame(base, mine)) return { content: theirs, conflicts: [] };
  const isOneShape = [mine, theirs].every((each) => shapeOf(each) === shapeOf(base));
  // Another template, a section more or less: there is no telling which part is which.
  if (!isOneShape) return { content: mine, conflicts: ['sections'] };
  const conflicts: string[] = [];
  const sections = base.sections.map((section, at) =>
    mergeSection(section, mine.sections[at]!, theirs.sections[at]!, conflicts),
  );
  return { content: { ...mine, sections }, conflicts };
}

function mergeSection(
  base: ContentSection,
  mine: ContentSection,
  theirs: ContentSection,
  conflicts: string[],
): ContentSection {
  const text = either(base.text, mine.text, theirs.text, () => conflicts.push(base.kind));
  const names = [...new Set([...mine.fields, ...theirs.fields].map(({ name }) => name))];
  const fields = names.flatMap((name): ContentField[] => {
    const [ofBase, ofMine, ofTheirs] = [base, mine, theirs].map(({ fields }) =>
      fields.find((one) => one.name === name),
    );
    const field = either(ofBase, ofMine, ofTheirs, () => conflicts.push(`${base.kind}: ${name}`));
    return field === undefined ? [] : [field];
  });
  return { ...mine, text, fields };
}

function either<T>(base: T, mine: T, theirs: T, conflict: () => void): T {
  if (isSame(base, theirs) || isSame(mine, theirs)) return mine;
  if (isSame(base, mine)) return theirs;
  conflict();
  return mine;
}

const shapeOf = ({ template, sections }: ReportContent): string =>
  JSON.stringify([template?.id, sections.map(({ kind, title }) => [kind, title])]);

const isSame = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);

/** JSON with keys in order: whoever sends it chooses another. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  ) ?? 'undefined';
