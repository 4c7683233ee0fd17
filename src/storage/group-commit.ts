// Many small writes in one statement: what arrives while one is under way goes together with the next. Nobody waits for
// company, and a busy node pays one commit for many.

export interface GroupCommitLimits {
  /** Items of one statement. */
  items: number;
  /** Bytes of one statement, as `sizeOf` counts them; one larger item goes alone. */
  bytes: number;
}

export class GroupCommit<Item, Result> {
  readonly #write: (items: readonly Item[]) => Promise<readonly Result[]>;
  readonly #sizeOf: (item: Item) => number;
  readonly #limits: GroupCommitLimits;
  #waiting: { item: Item; resolve(result: Result): void; reject(error: unknown): void }[] = [];
  #isWriting = false;

  /** `write` resolves to one result for each item, in order; where it rejects, so does each of them. */
  constructor(
    write: (items: readonly Item[]) => Promise<readonly Result[]>,
    limits: GroupCommitLimits,
    sizeOf: (item: Item) => number,
  ) {
    this.#write = write;
    this.#limits = limits;
    this.#sizeOf = sizeOf;
  }

  add(item: Item): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    this.#waiting.push({ item, resolve, reject });
    if (!this.#isWriting) this.#writeAll();
    return promise;
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    // What arrives in the same turn goes along.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, this.#groupLength());
      try {
        const results = await this.#write(group.map(({ item }) => item));
        for (const [at, { resolve }] of group.entries()) resolve(results[at]!);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#isWriting = false;
  }

  #groupLength(): number {
    let bytes = 0;
    let length = 0;
    for (const { item } of this.#waiting) {
      bytes += this.#sizeOf(item);
      if (length > 0 && (length >= this.#limits.items || bytes > this.#limits.bytes)) break;
      length++;
    }
    return length;
  }
}
