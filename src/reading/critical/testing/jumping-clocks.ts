// Nodes whose clocks jump: true time goes on evenly, the clock on the wall is put forward and back, nodes die and come up again.

import type { Moment } from '../wait.ts';

export class JumpingClocks {
  readonly #random: () => number;
  #trueMs = 0;
  #wallOffsetMs = 1_700_000_000_000;
  #run = 0;
  #runSince = 0;

  /** `random`: 0 to below 1. */
  constructor(random: () => number) {
    this.#random = random;
  }

  get trueMs(): number {
    return this.#trueMs;
  }

  now(): Moment {
    return {
      run: `run ${this.#run}`,
      monotonicMs: this.#trueMs - this.#runSince,
      wallMs: this.#trueMs + this.#wallOffsetMs,
    };
  }

  pass(ms: number): void {
    this.#trueMs += ms;
  }

  /** By up to a day, either way. */
  jump(): void {
    this.#wallOffsetMs += (this.#random() - 0.5) * 2 * 86_400_000;
  }

  /** The node is gone for a while, in which the wall may be put as well. */
  restart(downMs: number, jumps: boolean): void {
    this.#trueMs += downMs;
    if (jumps) this.jump();
    this.#run += 1;
    this.#runSince = this.#trueMs;
  }
}
