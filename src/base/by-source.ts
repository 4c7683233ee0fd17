// A setting that is one word for everybody, or a list that names sources: `CT1=reconciled, *=received`; `*` is every source that
// is not named.

export class BySource<Word extends string> {
  readonly #words: ReadonlyMap<string, Word>;
  readonly #usual: Word;

  /** `usual`: where nobody said anything. */
  constructor(words: ReadonlyMap<string, Word>, usual: Word) {
    this.#words = words;
    this.#usual = usual;
  }

  /** `names`: what the source is called, the closest first. */
  of(...names: readonly (string | null | undefined)[]): Word {
    const named = names.find((name) => this.#words.has(name?.trim() ?? ''));
    return this.#words.get(named?.trim() ?? '*') ?? this.#usual;
  }

  /** Whether it is so of any source at all. */
  isAny(word: Word): boolean {
    return [this.of(), ...this.#words.values()].includes(word);
  }
}

/** The first of `words` is the usual one. `fault` is told in a sentence what is none. */
export function readBySource<const Word extends string>(
  text: string,
  words: readonly [Word, ...Word[]],
  fault: (sentence: string) => void,
): BySource<Word> {
  const read = new Map<string, Word>();
  for (const entry of text.split(',').filter((part) => part.trim() !== '')) {
    const at = entry.lastIndexOf('=');
    const source = at < 0 ? '*' : entry.slice(0, at).trim();
    const word = words.find((each) => each === entry.slice(at + 1).trim());
    if (source !== '' && word !== undefined) read.set(source, word);
    else fault(`"${entry.trim()}" is neither one of ${words.join(', ')} nor SOURCE=${words.at(-1)}`);
  }
  return new BySource(read, words[0]);
}
