// What the words of a description mean. Words that mean different things in different languages (`sin`, `dx`, `pe`) mean
// what they mean in the language that the other words speak for.

import { bodyParts } from './anatomy.ts';
import { tokensOf } from './fold.ts';
import type { Found, Lexicon, Sense } from './lexicon.ts';
import { codeWord } from './ris-code.ts';
import type { Language } from './vocabulary/index.ts';

export interface Mention {
  concepts: string[];
  /** The phrase as the vocabulary has it. */
  phrase: string;
  at: number;
  found: Found | 'code';
  language: Language;
}

export interface Parsed {
  mentions: Mention[];
  /** Words that mean nothing to us, folded. */
  unknown: string[];
  tokens: string[];
  language: Language;
}

interface Match {
  phrase: string;
  at: number;
  found: Found | 'code';
  senses: Sense[];
}

/** @param accent what other texts of the same study said of the language. */
export function parse(text: string, lexicon: Lexicon, accent?: ReadonlyMap<Language, number>): Parsed {
  const { tokens, found, unknown } = knownTokens(tokensOf(text), lexicon);
  const matches: Match[] = [];
  for (let at = 0; at < tokens.length; ) {
    const length = lexicon.longest(tokens, at);
    if (length === 0) {
      if (!/^\p{N}+$/u.test(tokens[at]!)) unknown.push(tokens[at]!);
      else
        matches.push({
          phrase: tokens[at]!,
          at,
          found: 'exact',
          senses: [{ language: 'en', concepts: [`number ${tokens[at]}`] }],
        });
      at++;
      continue;
    }
    const phrase = tokens.slice(at, at + length).join(' ');
    matches.push({ phrase, at, found: found[at]!, senses: lexicon.senses(phrase)! });
    at += length;
  }
  const votes = languageVotes(text, matches, accent);
  const language = mostVoted(votes);
  const mentions = matches.map(({ senses, ...match }) => {
    const sense = bestSense(senses, votes);
    return { ...match, language: sense.language, concepts: withParts(match.phrase, sense, lexicon) };
  });
  return { mentions, unknown, tokens, language };
}

/** Each token as it stands when it begins or continues a phrase, else what it is traced to. */
function knownTokens(
  raw: string[],
  lexicon: Lexicon,
): { tokens: string[]; found: (Found | 'code')[]; unknown: string[] } {
  const tokens: string[] = [];
  const found: (Found | 'code')[] = [];
  for (const token of raw) {
    const traced = lexicon.trace(token);
    const code =
      traced === undefined || traced.found === 'shortened' || traced.found === 'mistyped' ? codeWord(token) : undefined;
    const words = code ?? traced?.tokens ?? [token];
    for (const word of words) {
      tokens.push(word);
      found.push(code ? 'code' : (traced?.found ?? 'exact'));
    }
  }
  return { tokens, found, unknown: [] };
}

/** Letters that few languages write. */
const letters: [RegExp, Language[]][] = [
  [/[äöü]/i, ['de', 'sv', 'tr']],
  [/ß/, ['de']],
  [/å/i, ['sv', 'da']],
  [/[æø]/i, ['da']],
  [/[ñ¿]/i, ['es']],
  [/[ãõ]/i, ['pt']],
  [/[ąćęłńśźż]/i, ['pl']],
  [/[ğışİ]/, ['tr']],
  [/[ěřůťď]/i, ['cs']],
  [/\p{sc=Hiragana}|\p{sc=Katakana}/u, ['ja']],
];

function languageVotes(
  text: string,
  matches: readonly Match[],
  accent?: ReadonlyMap<Language, number>,
): Map<Language, number> {
  const votes = new Map<Language, number>([['en', 0.6]]);
  const add = (language: Language, weight: number) => votes.set(language, (votes.get(language) ?? 0) + weight);
  for (const [pattern, languages] of letters) {
    if (pattern.test(text)) for (const language of languages) add(language, 1);
  }
  for (const { phrase, senses, found } of matches) {
    const weight = (Math.min(phrase.length, 12) / senses.length) * (found === 'mistyped' ? 0.3 : 1);
    for (const { language } of senses) add(language, phrase.length < 3 ? weight / 3 : weight);
  }
  for (const [language, weight] of accent ?? []) add(language, weight / 2);
  return votes;
}

const mostVoted = (votes: ReadonlyMap<Language, number>): Language =>
  [...votes].reduce((best, vote) => (vote[1] > best[1] ? vote : best))[0];

function bestSense(senses: readonly Sense[], votes: ReadonlyMap<Language, number>): Sense {
  const weight = ({ language }: Sense): number => votes.get(language) ?? 0;
  return senses.reduce((best, sense) => (weight(sense) > weight(best) ? sense : best));
}

/** What the words of a phrase say besides: the modality of `cta head and neck`, the lung of `lung perfusion`. */
function withParts(phrase: string, { language, concepts }: Sense, lexicon: Lexicon): string[] {
  if (!phrase.includes(' ')) return concepts;
  const counted = concepts.some((concept) => concept.startsWith('number '));
  if (!counted && concepts.some((concept) => /^(contrast|side|plain)/.test(concept))) return concepts;
  // The computer of 电脑断层 is no brain.
  const words = phrase.replace(/[电電] [脑腦] /g, '').split(' ');
  const meaning = (part: string): string[] =>
    lexicon.senses(part)?.find((sense) => sense.language === language)?.concepts ?? [];
  // French `de face` is a projection.
  const inside = words.filter((word) => word !== 'face').flatMap(meaning);
  // `AP/LAT` is two views, and says which.
  if (counted) return [...concepts, ...inside.filter((concept) => concept.startsWith('view '))];
  const lacks = (kind: (concept: string) => boolean): boolean => !concepts.some(kind);
  const kinds = [isModality, isPart, isSign, isContrast].filter(lacks);
  const said = inside.filter((concept) => always.has(concept) || kinds.some((kind) => kind(concept)));
  // `arti inferiori` are two, also as part of `venoso arti inferiori`.
  const parts = words.flatMap((_, from) => words.slice(from + 1).map((_, more) => words.slice(from, from + more + 2)));
  const plural = parts.some((part) => meaning(part.join(' ')).includes('sign plural')) ? ['sign plural'] : [];
  return [...new Set([...concepts, ...said, ...plural])];
}

const always = new Set(['sign doppler', 'sign plural']);
const isSign = (concept: string): boolean => concept.startsWith('sign ');
const isContrast = (concept: string): boolean => /^contrast (with|without|both)$/.test(concept);
const isModality = (concept: string): boolean => concept.startsWith('modality ');
const isPart = (concept: string): boolean => bodyParts.has(concept) || concept === 'head';

export const votesOf = ({ mentions }: Parsed): Map<Language, number> => {
  const votes = new Map<Language, number>();
  for (const { language, phrase } of mentions) votes.set(language, (votes.get(language) ?? 0) + phrase.length / 4);
  return votes;
};
