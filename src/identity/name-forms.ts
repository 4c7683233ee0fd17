// What a name field can mean: each form is one reading of it into family, given and middle name. A name with carets has one
// reading, one with a comma too; one without either has several, and the comparison takes the best.

import { fold, repairCharset } from './fold.ts';
import { generations, givenParticles, type NameKind, nameKind, particles, titles } from './name-words.ts';

export interface NameForm {
  /** All words of the family name written together: `vandenheuvel`, `lopezayala`. */
  family: string;
  /** First and second word of it that are no particles: `heuvel`; `lopez`, `ayala`. */
  familyFirst: string;
  familySecond: string;
  /** All words of the given name written together: `meina`, `johnrobert`; the first of them; and what follows or is said to be the middle name. */
  given: string;
  givenFirst: string;
  middle: string;
  /** 0 unknown, 1 Sr, 2 Jr or II, 3 III, 4 IV. */
  generation: number;
  /** True where the field does not say which word is which. */
  guessed: boolean;
}

export interface ReadName {
  kind: NameKind;
  forms: NameForm[];
}

const limits = { words: 8, recent: 200_000 };

/** Every reading of a PN value (PS3.5 6.2.1: up to three groups, each in five components). */
export function readName(text: string): ReadName {
  const known = recent.get(text);
  if (known !== undefined) return known;
  const read = readGroups(text);
  if (recent.size >= limits.recent) recent.clear();
  recent.set(text, read);
  return read;
}

/** A name is read for the model, for the index and in every study of a series; the answer depends on nothing else. */
const recent = new Map<string, ReadName>();

function readGroups(text: string): ReadName {
  const forms: NameForm[] = [];
  let kind: NameKind = 'none';
  for (const group of repairCharset(text).split('=')) {
    if (!/[\p{L}\p{N}]/u.test(group)) continue;
    const read = readGroup(group);
    if (kind === 'none') kind = read.kind;
    forms.push(...read.forms);
  }
  return { kind, forms: kind === 'person' ? forms : [] };
}

function readGroup(group: string): ReadName {
  if (group.includes('^')) {
    const [family = '', given = '', middle = '', prefix = '', ...suffix] = group.split('^');
    return firm(family, given, middle, `${prefix} ${suffix.join(' ')}`);
  }
  const comma = group.indexOf(',');
  if (comma >= 0) return firm(group.slice(0, comma), group.slice(comma + 1), '', '');
  return loose(group);
}

function firm(family: string, given: string, middle: string, affixes: string): ReadName {
  const rest = { generation: 0 };
  generationOf(fold(affixes).split(' '), rest);
  const [familyWords, givenWords, middleWords] = [family, given, middle].map((part) => wordsOf(part, rest)) as [
    string[],
    string[],
    string[],
  ];
  const kind = nameKind(familyWords, [...givenWords, ...middleWords]);
  const form = formOf(familyWords, givenWords, middleWords, rest.generation, false);
  return { kind, forms: form === undefined ? [] : [form] };
}

/** Without carets and comma: family first, given first, and both with a family name of two words. */
function loose(group: string): ReadName {
  const rest = { generation: 0 };
  const words = wordsOf(group, rest);
  const kind = nameKind(words.slice(0, 1), words.slice(1));
  const units = glueParticles(words, particles);
  const count = units.length;
  const splits: [string[][], string[][]][] = [[units.slice(0, 1), units.slice(1)]];
  if (count >= 2) splits.push([units.slice(-1), units.slice(0, -1)]);
  if (count >= 3) splits.push([units.slice(0, 2), units.slice(2)], [units.slice(-2), units.slice(0, -2)]);
  const forms = splits.map(([family, given]) => formOf(family.flat(), given.flat(), [], rest.generation, true));
  return { kind, forms: forms.filter((form) => form !== undefined) };
}

function formOf(
  family: string[],
  given: string[],
  middle: string[],
  generation: number,
  guessed: boolean,
): NameForm | undefined {
  if (family.length + given.length === 0) return undefined;
  const core = family.filter((word) => !particles.has(word));
  const givenUnits = glueParticles(given, givenParticles).map((unit) => unit.join(''));
  return {
    family: family.join(''),
    familyFirst: core[0] ?? family.join(''),
    familySecond: core[1] ?? '',
    given: givenUnits.join(''),
    givenFirst: givenUnits[0] ?? '',
    middle: middle.join('') || (givenUnits[1] ?? ''),
    generation,
    guessed,
  };
}

/** Folded words without titles; a generation is taken out and told. */
function wordsOf(part: string, rest: { generation: number }): string[] {
  const parts = /\p{Ll}\p{Lu}/u.test(part) ? part.replace(/(\p{Ll}{2})(\p{Lu}\p{Ll}{2})/gu, '$1 $2') : part;
  const folded = fold(parts);
  if (folded === '') return [];
  const words = folded.split(' ').slice(0, limits.words);
  if (words.length === 1) return words;
  const plain = words.filter((word) => !titles.has(word));
  return generationOf(plain.length === 0 ? words : plain, rest);
}

function generationOf(words: string[], rest: { generation: number }): string[] {
  const at = words.findIndex((word) => generations.has(word));
  if (at < 0) return words;
  rest.generation = generations.get(words[at]!)!;
  return words.toSpliced(at, 1);
}

/** Each particle joined with the words up to the next name: [abd el rahman], [van den heuvel]. */
function glueParticles(words: string[], particles: ReadonlySet<string>): string[][] {
  const units: string[][] = [];
  let open: string[] = [];
  for (const word of words) {
    open.push(word);
    if (particles.has(word)) continue;
    units.push(open);
    open = [];
  }
  if (open.length > 0) units.length > 0 ? units.at(-1)!.push(...open) : units.push(open);
  return units;
}
