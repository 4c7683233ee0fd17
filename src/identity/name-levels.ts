// How the names of two readings agree, word by word: family against family, given against given, one against the other where
// fields were exchanged. Levels alone; what each is worth is the comparator's.

import {
  formFamily,
  formFamilyFirst,
  formFamilySecond,
  formFlags,
  formGiven,
  formGivenFirst,
  guessedFlag,
} from './facts.ts';
import type { NameShares } from './name-shares.ts';
import { alike, different, part, same, similar, type Vocabulary } from './vocabulary.ts';

/** Of readings at places `i` and `j` of two lists of forms. */
export class NameLevels {
  private readonly vocabulary: Vocabulary;
  private readonly shares: NameShares;

  constructor(vocabulary: Vocabulary, shares: NameShares) {
    this.vocabulary = vocabulary;
    this.shares = shares;
  }

  family(a: number[], i: number, b: number[], j: number): number {
    const [wholeA, wholeB] = [a[i + formFamily]!, b[j + formFamily]!];
    if (wholeA === 0 || wholeB === 0) return 0;
    if (wholeA === wholeB) return same;
    const [firstA, firstB] = [a[i + formFamilyFirst]!, b[j + formFamilyFirst]!];
    const [secondA, secondB] = [a[i + formFamilySecond]!, b[j + formFamilySecond]!];
    if (secondA === 0 && secondB === 0) {
      if (firstA === firstB) return alike;
      return this.vocabulary.relation(wholeA, wholeB);
    }
    if (firstA === secondB && firstB === secondA) return alike;
    const whole = this.vocabulary.relation(wholeA, wholeB);
    if (whole === alike || whole === similar || whole === part) return whole;
    if (secondA !== 0 && secondB !== 0 && !this.near(firstA, secondB) && !this.near(secondA, firstB)) {
      return this.near(firstA, firstB) && this.near(secondA, secondB) ? alike : different;
    }
    return this.partOf(firstA, secondA, firstB, secondB) ? part : different;
  }

  /** One part of a compound family name stands in the other. */
  private partOf(firstA: number, secondA: number, firstB: number, secondB: number): boolean {
    return (
      this.near(firstA, firstB) ||
      this.near(firstA, secondB) ||
      this.near(secondA, firstB) ||
      this.near(secondA, secondB)
    );
  }

  private near(a: number, b: number): boolean {
    return a !== 0 && b !== 0 && this.vocabulary.relation(a, b) <= alike;
  }

  /** A family name that a loose reading, or fields exchanged, put where the given name should be says nothing of the person. */
  given(family: number, a: number[], i: number, b: number[], j: number): number {
    const level = this.givenWords(a, i, b, j);
    if (level === 0 || level === different) return level;
    const guessed = ((a[i + formFlags]! | b[j + formFlags]!) & guessedFlag) !== 0;
    if (!guessed && family !== different) return level;
    return this.isExchanged(a, i) || this.isExchanged(b, j) ? different : level;
  }

  /** Josefina, Halbrook: by what is a family and what a given name in this population. */
  private isExchanged(forms: number[], at: number): boolean {
    const [family, given] = [forms[at + formFamilyFirst]!, forms[at + formGivenFirst]!];
    if (this.shares.isRatherFamily(given)) return true;
    return this.shares.isRatherGiven(family) && !this.shares.isRatherGiven(given);
  }

  private givenWords(a: number[], i: number, b: number[], j: number): number {
    const [firstA, firstB] = [a[i + formGivenFirst]!, b[j + formGivenFirst]!];
    if (firstA === 0 || firstB === 0) return 0;
    const [wholeA, wholeB] = [a[i + formGiven]!, b[j + formGiven]!];
    if (firstA === firstB || wholeA === wholeB) return same;
    const { vocabulary } = this;
    if (vocabulary.isInitial(firstA) || vocabulary.isInitial(firstB)) {
      return vocabulary.startAlike(firstA, firstB) ? part : different;
    }
    const first = vocabulary.relation(firstA, firstB);
    if (first === alike || first === similar) return first;
    const whole = vocabulary.relation(wholeA, wholeB);
    if (whole === alike || whole === similar) return whole;
    return first === part || whole === part ? part : different;
  }

  /** The family name of one against the given name of the other. */
  crossed(a: number[], i: number, b: number[], j: number): number {
    const [family, given] = [a[i + formFamily]!, b[j + formGiven]!];
    if (family === 0 || given === 0) return different;
    const whole = this.vocabulary.relation(family, given);
    if (whole !== different) return whole;
    const first = b[j + formGivenFirst]!;
    return this.near(family, first) || this.near(a[i + formFamilyFirst]!, first) ? part : different;
  }

  middle(a: number, b: number): number {
    if (a === 0 || b === 0) return 0;
    const { vocabulary } = this;
    if (a === b) return vocabulary.isInitial(a) ? 2 : 1;
    if (vocabulary.isInitial(a) || vocabulary.isInitial(b)) {
      if (vocabulary.startAlike(a, b)) return 2;
      return vocabulary.initialOf(a) === vocabulary.initialOf(b) ? 0 : 3;
    }
    return vocabulary.relation(a, b) === different ? 3 : 1;
  }
}
