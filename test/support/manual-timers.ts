// Time limits that run out when the test says so.

import type { Timers } from '../../src/base/timers.ts';

export class ManualTimers implements Timers {
  #now = 0;
  readonly #waiting = new Set<{ at: number; act: () => void }>();

  monotonicMs(): number {
    return this.#now;
  }

  after(ms: number, act: () => void): () => void {
    const waiting = { at: this.#now + ms, act };
    this.#waiting.add(waiting);
    return () => this.#waiting.delete(waiting);
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const waiting of [...this.#waiting]) {
      if (waiting.at > this.#now) continue;
      this.#waiting.delete(waiting);
      waiting.act();
    }
  }
}
