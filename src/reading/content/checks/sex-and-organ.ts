// Organs that this patient cannot have, and a patient of another sex or age than this one.

import type { ContentFinding } from '../finding.ts';
import type { Language, Phrases } from '../lexicon/language.ts';
import { ofMen, ofWomen } from '../lexicon/organs.ts';
import { hitsOf, phrasesOf } from '../lexicon/phrases.ts';
import { asserted, type Check, type Written, type WrittenSection } from './check.ts';

export const sexAndOrgan: Check = (written) => [...organs(written), ...described(written)];

function organs(written: Written): ContentFinding[] {
  const { sex } = written.facts;
  if (sex !== 'M' && sex !== 'F') return [];
  const impossible = sex === 'M' ? ofWomen : ofMen;
  for (const section of asserted(written)) {
    const words = wordsFound(section, impossible, written.languages);
    if (words === undefined) continue;
    const message = `“${words}” is told of a patient whose sex is ${sex}`;
    return [{ check: 'sex-and-organ', message, isHard: false, section: section.kind, words }];
  }
  return [];
}

function wordsFound({ text, clauses }: WrittenSection, table: Phrases, tags: readonly Language[]): string | undefined {
  const phrases = phrasesOf(table, tags);
  for (const { words } of clauses) {
    const [hit] = hitsOf(words, phrases);
    if (hit !== undefined) return text.slice(words[hit.at]!.start, words[hit.at + hit.length - 1]!.end);
  }
  return undefined;
}

/** `65-year-old man`, `65-jährige Patientin`, `patient de 65 ans`. */
const age = /(?<!\d)(\d{1,3})\s?[- ]?(?:year[- ]?old|y\/?o\b|-?jährig\p{L}*|ans\b|años\b|anni\b|-?jarige?)/iu;
const man =
  /(?<!\p{L})(?:man|male|gentleman|boy|mann|patient männlich|männlich\p{L}*|homme|varón|hombre|uomo|maschio|mannelijk\p{L}*)(?!\p{L})/iu;
const woman =
  /(?<!\p{L})(?:woman|female|lady|girl|frau|patientin|weiblich\p{L}*|femme|mujer|donna|femmina|vrouw|vrouwelijk\p{L}*)(?!\p{L})/iu;

/** A sentence that gives an age introduces the patient. */
function described({ facts, sections }: Written): ContentFinding[] {
  for (const { kind, text, clauses } of sections) {
    for (const clause of clauses) {
      const said = text.slice(clause.start, clause.end);
      const years = age.exec(said)?.[1];
      if (years === undefined) continue;
      const isOtherAge = facts.ageYears !== undefined && Math.abs(Number(years) - facts.ageYears) > limits.years;
      const isOtherSex =
        (facts.sex === 'M' && woman.test(said) && !man.test(said)) ||
        (facts.sex === 'F' && man.test(said) && !woman.test(said));
      if (!isOtherAge && !isOtherSex) continue;
      const message = `the text introduces a patient of another ${isOtherAge ? 'age' : 'sex'} than this one`;
      return [{ check: 'sex-and-organ', message, isHard: false, section: kind, words: said.trim() }];
    }
  }
  return [];
}

export const limits = {
  /** Ages above 89 are told as 90, and a birthday lies between order and report. */
  years: 1,
} as const;
