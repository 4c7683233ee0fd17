// Whether a node has nothing to do for anybody, for work that can wait: it begins when all is quiet and is told to stop at
// the moment when something comes.

import { type Clock, systemClock } from '../base/clock.ts';
import type { Receive } from '../ingest/arrival.ts';

export const limits = {
  /** How long nothing must have gone on: within a study the instances follow each other faster. */
  quietMs: 1000,
  /** How long after an object has arrived the next one is still expected: a sender makes a pause between two. */
  betweenArrivalsMs: 250,
} as const;

export class Idleness {
  readonly #quietMs: number;
  #working = 0;
  #arriving = 0;
  #arrivedMs = Number.NEGATIVE_INFINITY;
  readonly #clock: Clock;
  #rest: AbortController | undefined = new AbortController();
  #resting = Promise.withResolvers<AbortSignal>();
  #quiet: NodeJS.Timeout | undefined;

  constructor(quietMs: number = limits.quietMs, clock: Clock = systemClock) {
    this.#clock = clock;
    this.#quietMs = quietMs;
    this.#resting.resolve(this.#rest!.signal);
  }

  /** Something begins that somebody waits for; it is over when the function it gives is called. */
  begin(): () => void {
    this.#working += 1;
    clearTimeout(this.#quiet);
    if (this.#rest !== undefined) {
      this.#resting = Promise.withResolvers();
      const rest = this.#rest;
      this.#rest = undefined;
      rest.abort();
    }
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#working -= 1;
      if (this.#working === 0) this.#quiet = setTimeout(() => this.#begun(), this.#quietMs).unref();
    };
  }

  /** Resolves once nothing goes on; to a signal that aborts when something begins. */
  rest(): Promise<AbortSignal> {
    return this.#resting.promise;
  }

  /** Whether objects arrive, one after the other. */
  get isReceiving(): boolean {
    return this.#arriving > 0 || this.#clock.monotonicMs() - this.#arrivedMs < limits.betweenArrivalsMs;
  }

  /** `receive`, an object on its way in being something that goes on. */
  during(receive: Receive): Receive {
    return (arrival) => {
      const receiving = receive(arrival);
      const working = this.begin();
      this.#arriving += 1;
      let isOver = false;
      const end = (): void => {
        if (!isOver) this.#arriving -= 1;
        isOver = true;
        this.#arrivedMs = this.#clock.monotonicMs();
        working();
      };
      return {
        write: (chunk) => receiving.write(chunk),
        finish: () => receiving.finish().finally(end),
        abort(reason) {
          receiving.abort(reason);
          end();
        },
      };
    };
  }

  #begun(): void {
    this.#rest = new AbortController();
    this.#resting.resolve(this.#rest.signal);
  }
}
