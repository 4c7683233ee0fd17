// Time limits of the wire. The clock and the waiting are handed in, so that tests own them.

export interface Timers {
  /** Never goes back, in milliseconds. */
  monotonicMs(): number;
  /** Runs `act` once, after `ms`; the answer cancels it. */
  after(ms: number, act: () => void): () => void;
}

export const systemTimers: Timers = {
  monotonicMs: () => performance.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms).unref();
    return () => clearTimeout(timer);
  },
};

/**
 * One time limit that is moved often. Moving it further away costs a look at the clock: the timer underneath is only
 * started anew when it has run out too early, or when the limit comes nearer.
 */
export class Deadline {
  readonly #timers: Timers;
  readonly #expired: () => void;
  #at = Infinity;
  #timerAt = Infinity;
  #cancel: (() => void) | undefined;

  constructor(timers: Timers, expired: () => void) {
    this.#timers = timers;
    this.#expired = expired;
  }

  /** Expires in `ms` unless moved or cleared before. */
  set(ms: number): void {
    this.#at = this.#timers.monotonicMs() + ms;
    if (this.#at < this.#timerAt) this.#start(ms);
  }

  /** Does not expire until set again; the timer underneath is left to run out. */
  clear(): void {
    this.#at = Infinity;
  }

  /** Ends the timer as well. */
  close(): void {
    this.clear();
    this.#cancel?.();
  }

  #start(ms: number): void {
    this.#cancel?.();
    this.#timerAt = this.#at;
    this.#cancel = this.#timers.after(ms, () => {
      this.#timerAt = Infinity;
      const left = this.#at - this.#timers.monotonicMs();
      if (left <= 0) {
        this.#at = Infinity;
        this.#expired();
      } else if (left !== Infinity) {
        this.#start(left);
      }
    });
  }
}
