// How common names are: each word as family and as given name, and whole names that several people bear.

import type { Model } from './model.ts';
import type { Vocabulary } from './vocabulary.ts';

export class NameShares {
  private readonly family: Float32Array;
  private readonly given: Float32Array;
  private readonly whole: Map<number, number>;
  private readonly rareName: number;

  constructor({ familyNames, givenNames, fullNames, rareName }: Model, vocabulary: Vocabulary) {
    this.rareName = rareName;
    this.family = shares(familyNames, vocabulary);
    this.given = shares(givenNames, vocabulary);
    this.whole = fullShares(fullNames, vocabulary);
  }

  /** The larger of a word's shares as family and given name: no reading gains by giving a word the role it rarely has. */
  of(word: number): number {
    return Math.max(shareIn(this.family, word), shareIn(this.given, word), this.rareName);
  }

  /** Bits that agreement on a word is worth at most; 0 for no word. */
  rarityOf(word: number): number {
    return word === 0 ? 0 : Math.max(0, -Math.log2(this.of(word)));
  }

  /** Of a whole name; undefined where fewer people bear it than can be counted. */
  ofWhole(family: number, given: number): number | undefined {
    return this.whole.get(fullKey(family, given));
  }

  /** A name that several registrations of this population bear, not somebody's slip of the pen. */
  isCommon(word: number): boolean {
    return this.of(word) >= 4 * this.rareName;
  }

  isRatherFamily(word: number): boolean {
    return shareIn(this.family, word) > 3 * shareIn(this.given, word);
  }

  isRatherGiven(word: number): boolean {
    return shareIn(this.given, word) > 3 * shareIn(this.family, word);
  }
}

const shareIn = (table: Float32Array, word: number): number => (word < table.length ? table[word]! : 0);

function shares(names: Record<string, number>, vocabulary: Vocabulary): Float32Array {
  const entries = Object.entries(names).map(([word, share]) => [vocabulary.intern(word), share] as const);
  const table = new Float32Array(vocabulary.size);
  for (const [id, share] of entries) table[id] = share;
  return table;
}

const fullKey = (family: number, given: number): number => family * 0x4000000 + given;

function fullShares(names: Record<string, number>, vocabulary: Vocabulary): Map<number, number> {
  const entries = Object.entries(names).map(([name, share]): [number, number] => {
    const [family, given] = name.split('^') as [string, string];
    return [fullKey(vocabulary.intern(family), vocabulary.intern(given)), share];
  });
  return new Map(entries);
}
