// Whose turn it is where only so many may work at once: first come, first served, and only so many may wait.

import { Problem } from '../../base/problem.ts';

export class Turns {
  readonly #mostAtOnce: number;
  readonly #mostWaiting: number;
  readonly #limit: string;
  #taken = 0;
  /** In the order they came. */
  readonly #queue = new Set<() => void>();

  /** `limit`: the name of the second number, for those who come too late. */
  constructor(mostAtOnce: number, mostWaiting: number, limit: string) {
    this.#limit = limit;
    this.#mostAtOnce = mostAtOnce;
    this.#mostWaiting = mostWaiting;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * Resolves when it is the caller's turn. Rejects with request/overloaded, unless the caller is patient, or with
   * request/cancelled once `signal` aborts.
   */
  async take(signal?: AbortSignal, isPatient = false): Promise<void> {
    if (signal?.aborted) throw new Problem('request/cancelled');
    if (this.#taken < this.#mostAtOnce) {
      this.#taken += 1;
      return;
    }
    if (!isPatient && this.#queue.size >= this.#mostWaiting)
      throw new Problem('request/overloaded', { limit: this.#limit });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = () => {
      this.#queue.delete(resolve);
      reject(new Problem('request/cancelled'));
    };
    this.#queue.add(resolve);
    signal?.addEventListener('abort', leave, { once: true });
    try {
      await promise;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  /** The turn goes to who waits longest. */
  give(): void {
    const [next] = this.#queue;
    if (next === undefined) {
      this.#taken -= 1;
      return;
    }
    this.#queue.delete(next);
    next();
  }
}
