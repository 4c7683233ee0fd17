// Whether readings are outsourced here at all: until somebody agreed on it nothing follows from what happens, and the followers of
// the exchange cost an archive nothing.

import type { Database } from '../../storage/database.ts';

export const limits = {
  /** So long nobody asks again whether it has begun. */
  askAgainMs: 500,
} as const;

export class InUse {
  readonly #database: Database;
  #answer: Promise<boolean> | undefined;
  #askedAt = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Once it is, it is for good: cases go on when contracts end. */
  now(): Promise<boolean> {
    const at = performance.now();
    if (this.#answer === undefined || at - this.#askedAt > limits.askAgainMs) {
      this.#askedAt = at;
      this.#answer = this.#ask();
    }
    return this.#answer;
  }

  async #ask(): Promise<boolean> {
    const [row] = await this.#database.query<{ isUsed: boolean }>(
      `select exists (select from reading_contract) or exists (select from reading_room)
         or exists (select from reading_case) as "isUsed"`,
    );
    if (row!.isUsed) this.#askedAt = Number.POSITIVE_INFINITY;
    return row!.isUsed;
  }
}
