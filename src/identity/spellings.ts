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

  constructor(all: readonly Facts[], comparator: Comparator) {
    this.comparator = comparator;
    this.vocabulary = comparator.vocabulary;
    for (const { forms } of all)
      this.count(
        readingsOf(forms, (form) => forms[form + formFamily]!),
        this.families,
      );
    for (const { forms } of all)
      this.count(
        readingsOf(forms, (form) => this.givenAt(forms, form)),
        this.givens,
      );
  }

  /** Given names of one record; of a field without order, by the reading whose family name most records bear. */
  givensOf({ forms }: Facts): number[] {
    const words: number[] = [];
    let [guessed, most] = [0, 1];
    for (let form = 0; form < forms.length; form += formStride) {
      if (!isGuessed(forms, form)) words.push(this.givenAt(forms, form));
      else if (this.bearers(forms[form + formFamily]!) > most) {
        [guessed, most] = [forms[form + formGivenFirst]!, this.bearers(forms[form + formFamily]!)];
      }
    }
    if (guessed !== 0) words.push(guessed);
    return words;
  }

  /** Of a field that says which is which: unless more records bear what stands as given name as their family name. */
  private givenAt(forms: number[], form: number): number {
    const [family, given] = [forms[form + formFamily]!, forms[form + formGivenFirst]!];
    return !isGuessed(forms, form) && family !== 0 && this.bearers(given) > this.bearers(family) ? family : given;
  }

  private bearers(family: number): number {
    return this.families.get(this.vocabulary.canonicalOf(family)) ?? 0;
  }

  private count(words: number[], into: Map<number, number>): void {
    for (const sound of new Set(words.map((word) => this.vocabulary.canonicalOf(word)))) {
      into.set(sound, (into.get(sound) ?? 0) + 1);
    }
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

const isGuessed = (forms: number[], form: number): boolean => (forms[form + formFlags]! & guessedFlag) !== 0;

const readingsOf = (forms: number[], wordAt: (form: number) => number): number[] =>
  Array.from({ length: forms.length / formStride }, (_, at) => wordAt(at * formStride));
