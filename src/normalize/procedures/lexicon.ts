// The vocabulary as it is looked up: phrases of tokens, each with what it means in which languages, and the words that are
// not in it traced to the ones that are: another ending, a compound, a shortened or mistyped word.

import { isIdeographic, spellingsOf } from './fold.ts';
import { type Language, linesOf, vocabularies } from './vocabulary/index.ts';

const limits = {
  /** Tokens of the longest phrase looked for. */
  phraseTokens: 16,
  /** Letters below which a word is not taken for a mistyped or shortened one. */
  mistyped: 5,
  twiceMistyped: 9,
  shortened: 4,
  /** Letters below which a piece of a compound must be a modality or stand in the vocabulary of abbreviations. */
  piece: 4,
  compound: 40,
};

export interface Sense {
  language: Language;
  concepts: string[];
}

/** How a word was found: as it stands, with another ending, shortened, mistyped, or as part of a compound. */
export type Found = 'exact' | 'ending' | 'shortened' | 'mistyped' | 'compound';

type Knows = (word: string, language: Language, concept: string) => boolean;

export interface Traced {
  tokens: string[];
  found: Found;
}

export class Lexicon {
  readonly #phrases = new Map<string, Sense[]>();
  readonly #words = new Set<string>();
  readonly #byStem = new Map<string, string>();
  readonly #byStart = new Map<string, string[]>();
  readonly #pieces = new Map<string, string[]>();
  readonly #traced = new Map<string, Traced | undefined>();
  readonly #knows: Knows;

  /** @param knows leaves words out, so that what happens to unknown ones can be learned. */
  constructor(knows: Knows = () => true) {
    this.#knows = knows;
    for (const language of Object.keys(vocabularies) as Language[]) this.#read(language);
    for (const word of this.#words) this.#index(word);
  }

  /** What the phrase of these tokens means, in each language that has it. */
  senses(phrase: string): Sense[] | undefined {
    return this.#phrases.get(phrase);
  }

  /** Tokens that begin at `from` and are the longest phrase known, as their number; 0 when none is. */
  longest(tokens: readonly string[], from: number): number {
    for (let length = Math.min(limits.phraseTokens, tokens.length - from); length > 0; length--) {
      if (this.#phrases.has(tokens.slice(from, from + length).join(' '))) return length;
    }
    return 0;
  }

  /** The known words that a word stands for; undefined when it stands for none. */
  trace(word: string): Traced | undefined {
    if (this.#words.has(word)) return { tokens: [word], found: 'exact' };
    if (isIdeographic(word) || /^\p{N}/u.test(word)) return undefined;
    if (!this.#traced.has(word)) this.#traced.set(word, this.#search(word));
    return this.#traced.get(word);
  }

  #read(language: Language): void {
    for (const { concept, words } of linesOf(language)) {
      for (const word of words) {
        if (!this.#knows(word, language, concept)) continue;
        for (const phrase of spellingsOf(word)) this.#add(phrase, language, concept);
      }
    }
  }

  #add(phrase: string, language: Language, concept: string): void {
    const senses = this.#phrases.get(phrase) ?? [];
    this.#phrases.set(phrase, senses);
    const sense = senses.find((other) => other.language === language);
    if (sense === undefined) senses.push({ language, concepts: [concept] });
    else if (!sense.concepts.includes(concept)) sense.concepts.push(concept);
    for (const word of phrase.split(' ')) this.#words.add(word);
  }

  #index(word: string): void {
    if (isIdeographic(word) || word.length < 3) return;
    const stem = stemOf(word);
    if (stem.length >= 4 && !this.#byStem.has(stem)) this.#byStem.set(stem, word);
    const alone = this.#phrases.has(word);
    for (const start of [word.slice(0, limits.shortened), word.slice(1, 1 + limits.shortened)]) {
      if (start.length === limits.shortened) collect(this.#byStart, start, word);
    }
    if (alone && (word.length >= limits.piece || pieces.has(word))) {
      collect(this.#pieces, word[0]!, word);
    }
  }

  #search(word: string): Traced | undefined {
    const sameStem = word.length > limits.shortened ? this.#byStem.get(stemOf(word)) : undefined;
    if (sameStem !== undefined) return { tokens: [sameStem], found: 'ending' };
    const parts = word.length <= limits.compound ? this.#compound(word) : undefined;
    const near = this.#nearest(word);
    if (near !== undefined && near.edits === 1) return { tokens: [near.word], found: 'mistyped' };
    if (parts !== undefined) return { tokens: parts, found: 'compound' };
    const whole = this.#completed(word);
    if (whole !== undefined) return { tokens: [whole], found: 'shortened' };
    return near && { tokens: [near.word], found: 'mistyped' };
  }

  /** `abdom` → abdomen: the shortest known word that begins so. */
  #completed(word: string): string | undefined {
    if (word.length < limits.shortened) return undefined;
    const longer = (this.#byStart.get(word.slice(0, limits.shortened)) ?? []).filter((known) => known.startsWith(word));
    return longer.sort((a, b) => a.length - b.length)[0];
  }

  #nearest(word: string): { word: string; edits: number } | undefined {
    if (word.length < limits.mistyped) return undefined;
    const most = word.length >= limits.twiceMistyped ? 2 : 1;
    const candidates = new Set([
      ...(this.#byStart.get(word.slice(0, limits.shortened)) ?? []),
      ...(this.#byStart.get(word.slice(1, 1 + limits.shortened)) ?? []),
      ...(this.#byStart.get(word.slice(2, 2 + limits.shortened)) ?? []),
      ...this.#startingLike(word),
    ]);
    let best: { word: string; edits: number } | undefined;
    for (const known of candidates) {
      if (known.length < limits.mistyped || Math.abs(known.length - word.length) > most) continue;
      const edits = editsBetween(word, known, most);
      if (edits <= most && (best === undefined || edits < best.edits)) best = { word: known, edits };
    }
    return best;
  }

  /** Words that share the first two letters: an error among the third to fifth leaves no common four. */
  *#startingLike(word: string): Iterable<string> {
    for (const [start, words] of this.#byStart) if (start.startsWith(word.slice(0, 2))) yield* words;
  }

  /** Fewest known pieces, with the linking letters of Germanic compounds between them. */
  #compound(word: string): string[] | undefined {
    const best: (string[] | undefined)[] = [[]];
    for (let end = 1; end <= word.length; end++) best.push(undefined);
    for (let from = 0; from < word.length; from++) {
      const before = best[from];
      if (before === undefined) continue;
      for (const piece of this.#pieces.get(word[from]!) ?? []) {
        if (!word.startsWith(piece, from)) continue;
        for (const link of links) {
          const end = from + piece.length + link.length;
          if (end > word.length || (link !== '' && end === word.length && piece.length < 5)) continue;
          if (!word.startsWith(link, from + piece.length)) continue;
          if (best[end] === undefined || best[end].length > before.length + 1) best[end] = [...before, piece];
        }
      }
    }
    const parts = best[word.length];
    return parts !== undefined && parts.length > 1 ? parts : undefined;
  }
}

/** Pieces of compounds and codes that are shorter than a word. */
const pieces = new Set(
  'ct mr us xr mri mrt ctu irm tdm rx rm tc tac usg sono angio hws bws lws nnh knie knee hip abd pel pelv wo con hand foot arm bein'.split(
    ' ',
  ),
);
const links = ['', 's', 'n', 'en', 'es', 'er', 'e', 'o'];

function stemOf(word: string): string {
  return word.replace(/(?<=.{4})[aeiouyns]{1,3}$/, '');
}

/** Insertions, deletions, changes and swaps of neighbours; stops counting above `most`. */
function editsBetween(a: string, b: string, most: number): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let edits = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits = Math.min(edits, before[j - 2]! + 1);
      next.push(edits);
      if (edits < least) least = edits;
    }
    if (least > most) return most + 1;
    before = row;
    row = next;
  }
  return row[b.length]!;
}

function collect(into: Map<string, string[]>, key: string, word: string): void {
  const words = into.get(key);
  if (words === undefined) into.set(key, [word]);
  else words.push(word);
}
