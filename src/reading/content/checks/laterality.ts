// Left and right: the text against the side that was ordered and examined, and the impression against the findings.

import { linesOf } from '../../../normalize/procedures/vocabulary/index.ts';
import type { ContentFinding } from '../finding.ts';
import type { Language } from '../lexicon/language.ts';
import { type Side, type SidedWords, saysBoth, sidesIn } from '../lexicon/sides.ts';
import { folded } from '../lexicon/words.ts';
import { asserted, type Check, type Written, type WrittenSection } from './check.ts';

export const laterality: Check = (written) => [...againstTheExamined(written), ...againstTheFindings(written)];

const nameOf = { L: 'left', R: 'right' } as const;
const other = (side: Side): Side => (side === 'L' ? 'R' : 'L');

/** One side was examined: its part is not to be told of the other one, and not that one alone. */
function againstTheExamined(written: Written): ContentFinding[] {
  const { facts, languages } = written;
  const examined = facts.laterality;
  if (examined === undefined || examined === 'B') return [];
  const part = wordsOfPart(facts.focus, languages);
  const sections = asserted(written);
  const mentions = sections.flatMap((section) => mentionsIn(section, languages));
  const wrong = mentions.filter(({ side }) => side !== examined);
  const ofPart = wrong.find(({ near }) => near.some((word) => part.has(word)));
  const hasRight = mentions.some(({ side }) => side === examined) || sections.some((each) => hasBoth(each, languages));
  const found = ofPart ?? (hasRight ? undefined : wrong[0]);
  if (found === undefined) return [];
  const message = `the text says ${nameOf[found.side]}, but the ${nameOf[examined]} side was examined`;
  return [{ check: 'laterality', message, isHard: false, section: found.section, words: found.words }];
}

/** Of the same thing the impression says one side, and the findings only the other. */
function againstTheFindings({ sections, languages }: Written): ContentFinding[] {
  const findings = sections.filter(({ kind }) => kind === 'findings');
  const said = findings.flatMap((section) => mentionsIn(section, languages));
  const concluded = sections.filter(({ kind }) => kind === 'impression');
  for (const mention of concluded.flatMap((section) => mentionsIn(section, languages))) {
    const nouns = mention.near.filter((word) => word.length > limits.shortWord && !isVague(word));
    const alike = said.filter(({ near }) => near.some((word) => nouns.includes(word)));
    const contradicts = alike.length > 0 && alike.every(({ side }) => side === other(mention.side));
    // A side that the findings say anywhere of it is no contradiction: there may be two of them.
    if (!contradicts || findings.some((section) => hasBoth(section, languages))) continue;
    const message = `the impression says ${nameOf[mention.side]}, the findings say ${nameOf[other(mention.side)]}`;
    return [{ check: 'laterality', message, isHard: false, section: 'impression', words: mention.words }];
  }
  return [];
}

export const limits = {
  /** Letters up to which a word says nothing of what it is about. */
  shortWord: 3,
} as const;

/** What stands beside any noun. */
const vague = /^(acute|small|large|mild|severe|moderate|normal|size|measur|with|without|side|seite|lado|lato|zijde)/;
const isVague = (word: string): boolean => vague.test(word);

interface Mention extends SidedWords {
  section: WrittenSection['kind'];
  words: string;
}

const mentionsIn = ({ kind, text, clauses }: WrittenSection, languages: readonly Language[]): Mention[] =>
  clauses.flatMap((clause) =>
    sidesIn(clause, languages).map((sided) => ({
      ...sided,
      section: kind,
      words: text.slice(clause.start, clause.end).trim(),
    })),
  );

const hasBoth = ({ clauses }: WrittenSection, languages: readonly Language[]): boolean =>
  clauses.some((clause) => saysBoth(clause, languages));

/** What the examined part is called: the words that normalisation knows it by. */
function wordsOfPart(focus: string | undefined, languages: readonly Language[]): ReadonlySet<string> {
  if (focus === undefined) return new Set();
  const lines = languages.flatMap((language) => linesOf(language)).filter(({ concept }) => concept === focus);
  return new Set(
    lines
      .flatMap(({ words }) => words)
      .filter((word) => word.length > limits.shortWord)
      .map(folded),
  );
}
