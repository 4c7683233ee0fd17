// Sides in words, and on which side of its noun an adjective stands.

import { type Language, languages, type Phrases } from './language.ts';
import { hitsOf, phrasesOf } from './phrases.ts';
import type { Clause } from './words.ts';

export type Side = 'L' | 'R';

const left: Phrases = {
  en: 'left, leftward, lt',
  de: 'links, linke, linken, linker, linkes, linkem, linksseitig*, li',
  fr: 'gauche, gauches',
  es: 'izquierdo, izquierda, izquierdos, izquierdas, izq',
  it: 'sinistro, sinistra, sinistri, sinistre, sin, sx',
  nl: 'links, linker, linkse, linkerzijde, linkszijdig*',
};

const right: Phrases = {
  en: 'right, rightward, rt',
  de: 'rechts, rechte, rechten, rechter, rechtes, rechtem, rechtsseitig*, re',
  fr: 'droit, droite, droits, droites',
  es: 'derecho, derecha, derechos, derechas, dcha, dcho',
  it: 'destro, destra, destri, destre, dx',
  nl: 'rechts, rechter, rechtse, rechterzijde, rechtszijdig*',
};

const both: Phrases = {
  en: 'bilateral, bilaterally, both',
  de: 'beidseits, beidseitig*, bds, beide, beiden, beider',
  fr: 'bilatéral*, bilatéraux, deux',
  es: 'bilateral*, ambos, ambas',
  it: 'bilateral*, entrambi, entrambe, ambo, bilat',
  nl: 'beiderzijds, bilateraal, bilaterale, beide, bdz',
};

export interface SidedWords {
  side: Side;
  /** Of the side's own word. */
  start: number;
  end: number;
  /** What it is said of: words that stand where its noun can, nearest first. */
  near: readonly string[];
}

/** Whatever is said to be on one side. */
export function sidesIn({ words }: Clause, tags: readonly Language[]): SidedWords[] {
  const found = [
    ...hitsOf(words, phrasesOf(left, tags)).map((hit) => ({ hit, side: 'L' as const })),
    ...hitsOf(words, phrasesOf(right, tags)).map((hit) => ({ hit, side: 'R' as const })),
  ].toSorted((one, other) => one.hit.at - other.hit.at);
  const marks = found.map(({ hit }) => hit.at);
  return found.map(({ hit, side }) => {
    // A noun belongs to the side that is nearest: no further than half way to the next one.
    const next = marks.find((at) => at > hit.at) ?? words.length;
    const previous = marks.findLast((at) => at < hit.at) ?? -1;
    const following = words.slice(hit.at + hit.length, Math.min(hit.at + hit.length + limits.nouns, next));
    const preceding = words.slice(Math.max(hit.at - limits.nouns, previous + 1), hit.at).toReversed();
    const near = tags.every((tag) => isBeforeNoun[tag]) ? [...following, ...preceding] : [...preceding, ...following];
    return {
      side,
      start: words[hit.at]!.start,
      end: words[hit.at + hit.length - 1]!.end,
      near: near.map(({ word }) => word),
    };
  });
}

export const limits = {
  /** Words on either side of a side's own among which its noun is looked for. */
  nouns: 4,
} as const;

export const saysBoth = ({ words }: Clause, tags: readonly Language[]): boolean =>
  hitsOf(words, phrasesOf(both, tags)).length > 0;

const isBeforeNoun: Readonly<Record<Language, boolean>> = Object.fromEntries(
  languages.map((language) => [language, ['en', 'de', 'nl'].includes(language)]),
) as never;
