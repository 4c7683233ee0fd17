// Persons by a name or a birth date, for searches that ask for exactly that. Whoever is meant is among them; whoever reads the
// answer compares what the person is really called. What is asked for is looked up, however many persons there are.

import { keyOfDay, keyOfWord } from './blocking.ts';
import { fold } from './fold.ts';
import type { IdentityIndex } from './identity-index.ts';
import { particles } from './name-words.ts';
import type { PersonId } from './persons.ts';

export class Directory {
  private readonly index: IdentityIndex;
  /** Words of names as they are looked for, by their ids in the vocabulary, as far as they were taken in. */
  private readonly written: string[] = [];
  /** Ids of the words that begin, or of which a part begins, with these letters. */
  private readonly byStart = new Map<string, number[]>();

  constructor(index: IdentityIndex) {
    this.index = index;
  }

  /** Everybody. */
  all(): Set<PersonId> {
    const { registry, persons } = this.index;
    const found = new Set<PersonId>();
    for (let node = 0; node < registry.store.size; node++) {
      if (registry.registrationOf[node]! >= 0) found.add(persons.idOf(node));
    }
    return found;
  }

  /** Of whom a name has a word that begins with (`inside`: holds) one of `text`; undefined where it says nothing of a name. */
  named(text: string, inside: boolean): Set<PersonId> | undefined {
    const asked = fold(text)
      .split(' ')
      .filter((word) => word !== '' && !particles.has(word))
      .map(withoutGermanE);
    if (asked.length === 0) return undefined;
    this.takeInWords();
    const words = new Set(asked.flatMap((each) => (inside ? this.wordsWith(each) : this.wordsFrom(each))));
    return this.posted([...words].map(keyOfWord));
  }

  /** `day`: YYYYMMDD. */
  bornOn(day: string): Set<PersonId> {
    return this.posted([keyOfDay(Number(day))]);
  }

  private posted(keys: readonly number[]): Set<PersonId> {
    const { registry, persons, neighbours } = this.index;
    const leaders = new Set<number>();
    const take = (node: number): void => {
      if (registry.registrationOf[node]! >= 0) leaders.add(persons.leaderOf(node));
    };
    for (const key of keys) neighbours.postings.visit(key, take, Number.POSITIVE_INFINITY);
    return new Set([...leaders].map((leader) => persons.idOf(leader)));
  }

  private takeInWords(): void {
    const { words } = this.index.vocabulary;
    for (let id = this.written.length; id < words.length; id++) {
      const word = withoutGermanE(words[id]!);
      this.written.push(word);
      for (const start of new Set(word.split(' ').map(startOf))) {
        const list = this.byStart.get(start);
        if (list === undefined) this.byStart.set(start, [id]);
        else list.push(id);
      }
    }
  }

  private wordsFrom(text: string): number[] {
    const begins = (id: number): boolean => ` ${this.written[id]!}`.includes(` ${text}`);
    if (text.length >= startLength) return (this.byStart.get(startOf(text)) ?? []).filter(begins);
    return [...this.byStart].flatMap(([start, ids]) => (start.startsWith(text) ? ids : []));
  }

  private wordsWith(text: string): number[] {
    return this.written.flatMap((word, id) => (word.includes(text) ? [id] : []));
  }
}

const startLength = 2;

const startOf = (word: string): string => word.slice(0, startLength);

/** `fold` writes ü as ue; who searches writes u. */
const withoutGermanE = (word: string): string => word.replace(/([aou])e/g, '$1');
