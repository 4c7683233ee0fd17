// Whatever waits while one batch is being committed makes the next: many who wait for a synced commit share it.

import { asProblem, Problem } from '../base/problem.ts';

type Waiting<Request, Answer> = { request: Request; resolve(answer: Answer): void; reject(problem: Problem): void };

export class GroupCommit<Request, Answer> {
  readonly #commit: (requests: readonly Request[]) => Promise<readonly Answer[]>;
  readonly #limits: { batch: number; queued: number };
  #queue: Waiting<Request, Answer>[] = [];
  #running: Promise<void> | undefined;

  /**
   * `commit` answers in the order of its requests, and all of them fail or none. Where the database refuses a batch each
   * request is committed by itself, so that none takes others with it.
   */
  constructor(
    commit: (requests: readonly Request[]) => Promise<readonly Answer[]>,
    limits: { batch: number; queued: number },
  ) {
    this.#commit = commit;
    this.#limits = limits;
  }

  /** Resolves once committed. Rejects with request/overloaded where too many wait, else with what the commit failed with. */
  add(request: Request): Promise<Answer> {
    if (this.#queue.length >= this.#limits.queued) {
      return Promise.reject(new Problem('request/overloaded', { limit: 'queued' }));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits. */
  async settle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // What comes in the same turn of the event loop shares the first batch.
    await undefined;
    while (this.#queue.length > 0) await this.#together(this.#queue.splice(0, this.#limits.batch));
    this.#running = undefined;
  }

  async #together(batch: readonly Waiting<Request, Answer>[]): Promise<void> {
    try {
      const answers = await this.#commit(batch.map(({ request }) => request));
      for (const [at, { resolve }] of batch.entries()) resolve(answers[at]!);
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (batch.length > 1 && problem.code === 'internal/unexpected')
        for (const each of batch) await this.#together([each]);
      else for (const { reject } of batch) reject(problem);
    }
  }
}
