// What becomes of the instances of one STOW-RS request, in the order of the request. Each succeeds or fails alone (PS3.18
// 10.5.3); several are made durable at the same time, up to a limit.

import { asProblem, Problem } from '../../base/problem.ts';
import type { FailedPartDetails, PartSink } from '../handlers.ts';
import { limits } from '../limits.ts';
import type { PartOutcome } from './stow-response.ts';

export class StoreOutcomes {
  readonly #requestId: string;
  /** Empty until it is decided. */
  readonly #outcomes: (PartOutcome | undefined)[] = [];
  readonly #unsettled = new Set<Promise<void>>();

  constructor(requestId: string) {
    this.#requestId = requestId;
  }

  /** Those that are decided. */
  get decided(): PartOutcome[] {
    return this.#outcomes.filter((outcome) => outcome !== undefined);
  }

  /** The place of an instance that has begun to come. */
  begin(): number {
    return this.#outcomes.push(undefined) - 1;
  }

  /** Returns the problem that is said. `known` are the UIDs of the instance, as far as the request has said them. */
  fail(place: number, error: unknown, known: FailedPartDetails = {}): Problem {
    const problem = asProblem(error, { requestId: this.#requestId });
    const failed = new Problem(problem.code, { ...known, ...problem.details }, problem.cause);
    this.#outcomes[place] = { failed };
    return failed;
  }

  /** All bytes were handed over: what `sink` says is the outcome. A promise asks to wait before another is begun. */
  finish(place: number, sink: PartSink, known: FailedPartDetails = {}): void | Promise<void> {
    const settled = sink.finish().then(
      (stored) => {
        this.#outcomes[place] = { stored };
      },
      (error) => {
        this.fail(place, error, known);
      },
    );
    const unsettled = settled.then(() => {
      this.#unsettled.delete(unsettled);
    });
    this.#unsettled.add(unsettled);
    if (this.#unsettled.size >= limits.partsAwaitingStore) return Promise.race(this.#unsettled);
  }

  /** Resolves when every instance that was handed over whole is decided. */
  async settled(): Promise<void> {
    await Promise.all(this.#unsettled);
  }
}
