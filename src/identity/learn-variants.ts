// Spellings of one name that this population uses, learned without labels: from names written in two scripts in one field,
// and from certain links between registrations that agree on everything but one word of the name.

import type { Comparator } from './comparator.ts';
import { type Facts, formFamily, formFlags, formGivenFirst, formStride, guessedFlag } from './facts.ts';
import { at } from './model.ts';
import { dateSame } from './value-levels.ts';
import { different, part, same, similar, type Vocabulary } from './vocabulary.ts';

const limits = {
  /** Certain links that show a pair of words before it is believed, and times that chance would show it. */
  links: 3,
  lift: 8,
};

export class VariantCounts {
  private readonly parallel = new Map<string, number>();
  private readonly linked = new Map<string, number>();
  private readonly words = new Map<number, number>();
  private links = 0;
  private readonly vocabulary: Vocabulary;

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** The groups of one name field: each says the same name. */
  addParallel({ forms }: Facts): void {
    for (let form = formStride; form < forms.length; form += formStride) {
      if (((forms[0 + formFlags]! | forms[form + formFlags]!) & guessedFlag) !== 0) continue;
      for (const word of [formFamily, formGivenFirst]) this.note(this.parallel, forms[word]!, forms[form + word]!);
    }
  }

  /** Two registrations of one person, as the comparator has just compared them. */
  addLinked(a: Facts, b: Facts, { levels }: Comparator): void {
    if (levels[at.date] !== dateSame || levels[at.order] !== 0 || levels[at.sex] === 2) return;
    const [family, given] = [levels[at.family]!, levels[at.given]!];
    const word =
      given === same && isUnlike(family) ? formFamily : family === same && isUnlike(given) ? formGivenFirst : undefined;
    this.links++;
    for (const { forms } of [a, b]) for (const place of [formFamily, formGivenFirst]) this.count(forms[place]!);
    if (word !== undefined) this.note(this.linked, a.forms[word]!, b.forms[word]!);
  }

  pairs(): [string, string][] {
    const learned = [...this.linked].filter(
      ([pair, times]) => times >= limits.links && times > limits.lift * this.expected(pair),
    );
    return [...new Set([...this.parallel.keys(), ...learned.map(([pair]) => pair)])]
      .toSorted()
      .map((pair) => pair.split(' ') as [string, string]);
  }

  private expected(pair: string): number {
    const [a, b] = pair.split(' ').map((word) => this.words.get(this.vocabulary.intern(word)) ?? 0) as [number, number];
    return (a * b) / (2 * Math.max(1, this.links));
  }

  private count(word: number): void {
    this.words.set(word, (this.words.get(word) ?? 0) + 1);
  }

  private note(table: Map<string, number>, a: number, b: number): void {
    if (a === 0 || b === 0 || a === b || this.vocabulary.isInitial(a) || this.vocabulary.isInitial(b)) return;
    if (this.vocabulary.relation(a, b) === 2) return;
    const pair = [this.vocabulary.words[a]!, this.vocabulary.words[b]!].toSorted().join(' ');
    table.set(pair, (table.get(pair) ?? 0) + 1);
  }
}

const isUnlike = (level: number): boolean => level === different || level === similar || level === part;
