// Rows of several keys at once: whoever asks while one statement is under way shares the next with all who wait, so that many
// small questions cost the catalogue as much as few.

import { GroupCommit } from './group-commit.ts';

export const limits = {
  /** Questions that one statement answers. */
  batch: 64,
  /** Questions that wait. */
  queued: 10_000,
} as const;

export interface Reading<Key, Row> {
  /** The rows of all these keys, in an order that does not depend on which others are asked for. */
  read(keys: readonly Key[]): Promise<readonly Row[]>;
  /** What a key and its rows have in common. */
  nameOf(key: Key): string;
  keyOf(row: Row): string;
}

export class SharedReads<Key, Row> {
  readonly #waiting: GroupCommit<readonly Key[], Row[]>;

  constructor({ read, nameOf, keyOf }: Reading<Key, Row>) {
    this.#waiting = new GroupCommit(async (questions) => {
      const keys = new Map(questions.flat().map((key) => [nameOf(key), key]));
      const rows = await read([...keys.values()]);
      return questions.map((asked) => {
        const names = new Set(asked.map(nameOf));
        return rows.filter((row) => names.has(keyOf(row)));
      });
    }, limits);
  }

  /** Of one statement that begins after this call. Rejects with request/overloaded where too many wait. */
  async of(keys: readonly Key[]): Promise<Row[]> {
    return keys.length === 0 ? [] : this.#waiting.add(keys);
  }
}
