// A finding that somebody must be told of at once, without the loop that tells them; and an impression that says what the
// findings deny.

import { type CriticalTerm, criticalTerms } from '../lexicon/critical-terms.ts';
import type { Language } from '../lexicon/language.ts';
import { isAffirmed } from '../lexicon/negation.ts';
import { hitsOf, phrasesOf } from '../lexicon/phrases.ts';
import { asserted, type Check, type WrittenSection } from './check.ts';

export const criticalWords: Check = (written) => {
  if (written.facts.criticalLoops > 0) return [];
  for (const section of asserted(written)) {
    for (const term of criticalTerms) {
      const words = affirmedIn(section, term, written.languages);
      if (words === undefined) continue;
      const message = `${term.name} is written and nobody is being told: flag it as critical, category ${term.category}`;
      return [{ check: 'critical-without-loop', message, isHard: false, section: section.kind, words }];
    }
  }
  return [];
};

/** The impression says what the findings only deny, or says that all is normal where they say it is not. */
export const contradiction: Check = ({ sections, languages }) => {
  const findings = sections.filter(({ kind }) => kind === 'findings');
  const impressions = sections.filter(({ kind }) => kind === 'impression');
  if (findings.length === 0 || impressions.length === 0) return [];
  for (const term of criticalTerms) {
    const concluded = firstOf(impressions, (section) => affirmedIn(section, term, languages));
    const found = firstOf(findings, (section) => affirmedIn(section, term, languages));
    const isDenied = findings.some((section) => deniedIn(section, term, languages));
    if (concluded !== undefined && found === undefined && isDenied) {
      return [contradicts(`the impression says ${term.name}, the findings say there is none`, concluded)];
    }
    const calm = firstOf(impressions, (section) => calmIn(section));
    const isTold = impressions.some((section) => deniedIn(section, term, languages)) || concluded !== undefined;
    if (found !== undefined && calm !== undefined && !isTold) {
      return [contradicts(`the findings say ${term.name}, the impression says all is normal`, calm)];
    }
  }
  return [];
};

/** An impression that is this and nothing else. */
const normal =
  /^\W*(?:(?:no acute|unremarkable|normal)(?: (?:findings?|abnormalit(?:y|ies)|study|examination|ct|mri?|[\p{L}]+)){0,5}|unauffällig\p{L}*(?: \p{L}+){0,4}|altersentsprechend\p{L}* (?:normal)?befund|examen (?:\p{L}+ )?normal|sin hallazgos(?: \p{L}+){0,3}|nessun reperto(?: \p{L}+){0,3}|esame nella norma|geen afwijkingen|normaal onderzoek)\W*$/iu;

const calmIn = ({ text }: WrittenSection): string | undefined => (normal.test(text) ? text : undefined);

const contradicts = (message: string, words: string) =>
  ({ check: 'contradiction', message, isHard: false, section: 'impression', words }) as const;

function affirmedIn(section: WrittenSection, term: CriticalTerm, languages: readonly Language[]): string | undefined {
  return clauseWith(section, term, languages, true);
}

const deniedIn = (section: WrittenSection, term: CriticalTerm, languages: readonly Language[]): boolean =>
  clauseWith(section, term, languages, false) !== undefined;

function clauseWith(
  { text, clauses }: WrittenSection,
  { words }: CriticalTerm,
  languages: readonly Language[],
  affirmed: boolean,
): string | undefined {
  const phrases = phrasesOf(words, languages);
  const clause = clauses.find((each) =>
    hitsOf(each.words, phrases).some((hit) => isAffirmed(each, hit, languages) === affirmed),
  );
  return clause && text.slice(clause.start, clause.end).trim();
}

function firstOf<T, V>(items: readonly T[], of: (item: T) => V | undefined): V | undefined {
  for (const item of items) {
    const value = of(item);
    if (value !== undefined) return value;
  }
  return undefined;
}
