// Which given names are meant and which are slips of the pen, among the records that are weighed together. A slip happens
// once: a spelling that is a common name, or stands under two registrations, is meant.

import type { Comparator } from './comparator.ts';
import { type Facts, formFamily, formFlags, formGivenFirst, formStride, guessedFlag } from './facts.ts';
import type { Vocabulary } from './vocabulary.ts';

export class Spellings {
  private readonly comparator: Comparator;
  private readonly vocabulary: Vocabulary;
  /** Records under each given name, by how it sounds; one that a field without order may hold counts too. */
  private readonly givens = new Map<number, number>();
  /** The same of family names. */
  private readonly families = new Map<number, number>();

  constructor(all: Iterable<Facts>, comparator: Comparator) {
    this.comparator = comparator;
    this.vocabulary = comparator.vocabulary;
    for (const facts of all) {
      this.count(facts, formGivenFirst, this.givens);
      this.count(facts, formFamily, this.families);
    }
  }

  /** Given names of one record; of a field without order, by the reading whose family name most records bear. */
  givensOf({ forms }: Facts): number[] {
    const words: number[] = [];
    let [guessed, bearers] = [0, 1];
    for (let form = 0; form < forms.length; form += formStride) {
      const word = forms[form + formGivenFirst]!;
      if ((forms[form + formFlags]! & guessedFlag) === 0) {
        words.push(word);
        continue;
      }
      const count = this.families.get(this.vocabulary.canonicalOf(forms[form + formFamily]!))!;
      if (count > bearers) [guessed, bearers] = [word, count];
    }
    if (guessed !== 0) words.push(guessed);
    return words;
  }

  private count({ forms }: Facts, place: number, into: Map<number, number>): void {
    const sounds = new Set<number>();
    for (let form = 0; form < forms.length; form += formStride)
      sounds.add(this.vocabulary.canonicalOf(forms[form + place]!));
    for (const sound of sounds) into.set(sound, (into.get(sound) ?? 0) + 1);
  }

  /** Whether each of two persons has a given name that is meant and that the other has not: Miguel and Miguela. */
  areTwo(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
    return this.hasOwn(one, other) && this.hasOwn(other, one);
  }

  private hasOwn(givens: ReadonlySet<number>, others: ReadonlySet<number>): boolean {
    return [...givens].some((word) => this.isMeant(word) && !this.isHeard(word, others));
  }

  private isMeant(word: number): boolean {
    return this.givens.get(this.vocabulary.canonicalOf(word))! > 1 || this.comparator.isCommonGiven(word);
  }

  private isHeard(word: number, others: ReadonlySet<number>): boolean {
    const { vocabulary } = this;
    if (others.has(word) || vocabulary.isInitial(word)) return true;
    const sound = vocabulary.canonicalOf(word);
    return [...others].some((other) => vocabulary.canonicalOf(other) === sound);
  }
}
