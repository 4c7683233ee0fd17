// What a test sent to a node, and what of it the node said that it had.

import type { MadeInstance } from './instances.ts';

export class Ledger {
  readonly sent = new Map<string, MadeInstance>();
  readonly acknowledged = new Set<string>();
  #waiting: { count: number; reached: () => void } | undefined;

  acknowledge(uid: string): void {
    this.acknowledged.add(uid);
    if (this.#waiting && this.acknowledged.size >= this.#waiting.count) this.#waiting.reached();
  }

  /** Resolves when so many more are acknowledged. */
  more(count: number): Promise<void> {
    return new Promise((reached) => {
      this.#waiting = { count: this.acknowledged.size + count, reached };
    });
  }
}
