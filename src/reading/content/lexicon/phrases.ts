// Finds phrases of the lexicon among words.

import { type Language, languages, type Phrases } from './language.ts';
import { folded, type Word } from './words.ts';

type Fits = (word: string) => boolean;
export type Phrase = readonly Fits[];

/** Index of its first word and how many it has. */
export interface Hit {
  at: number;
  length: number;
}

/** The phrases of some languages, compiled once each. */
export function phrasesOf(table: Phrases, wanted: readonly Language[]): readonly Phrase[] {
  let compiled = compiledTables.get(table);
  if (compiled === undefined) {
    compiled = Object.fromEntries(languages.map((language) => [language, compile(table[language])])) as never;
    compiledTables.set(table, compiled!);
  }
  return wanted.flatMap((language) => compiled![language]);
}

const compiledTables = new WeakMap<Phrases, Record<Language, readonly Phrase[]>>();

const compile = (line: string): Phrase[] =>
  line
    .split(',')
    .map((phrase) => folded(phrase.trim()))
    .filter((phrase) => phrase !== '')
    .map((phrase) => phrase.split(/\s+/).map(fits));

function fits(pattern: string): Fits {
  const core = pattern.replace(/^\*|\*$/g, '');
  const isOpenBefore = pattern.startsWith('*');
  const isOpenAfter = pattern.endsWith('*');
  if (isOpenBefore && isOpenAfter) return (word) => word.includes(core);
  if (isOpenBefore) return (word) => word.endsWith(core);
  if (isOpenAfter) return (word) => word.startsWith(core);
  return (word) => word === core;
}

/** Where any of the phrases stands, the longest at each place. */
export function hitsOf(words: readonly Word[], phrases: readonly Phrase[]): Hit[] {
  const hits: Hit[] = [];
  for (let at = 0; at < words.length; at++) {
    const length = longestAt(words, phrases, at);
    if (length === 0) continue;
    hits.push({ at, length });
    at += length - 1;
  }
  return hits;
}

function longestAt(words: readonly Word[], phrases: readonly Phrase[], at: number): number {
  let longest = 0;
  for (const phrase of phrases) {
    const isHere = phrase.every((each, step) => at + step < words.length && each(words[at + step]!.word));
    if (isHere && phrase.length > longest) longest = phrase.length;
  }
  return longest;
}
