// Group commit: whatever waits while one batch is being committed makes the next. One connection, one round trip and one
// synced commit for a batch, however many associations and requests its instances came from.

import type pg from 'pg';
import { type Clock, systemClock } from '../base/clock.ts';
import { asProblem, Problem } from '../base/problem.ts';
import type { Database } from './database.ts';
import { DatabaseFault } from './database-problem.ts';
import { Announcer } from './events.ts';
import { type BatchAnswer, KeepBatch, KnownIds } from './keep-batch.ts';
import { KeepMark } from './keep-mark.ts';
import type { KeepAnswer, KeepRequest } from './keep-rows.ts';

export const limits = {
  batchInstances: 256,
  /** Instances that wait for their commit; beyond that the sender is told to come again. */
  queuedInstances: 4096,
  /** How long a batch waits for the objects that are just arriving; a commit costs the same for one and for many. */
  gatherMs: 1,
  /** Objects that gather; more are not waited for. */
  gatheredInstances: 16,
  /** Deadlocks and serialisation failures in a row before a batch fails. */
  attempts: 5,
  /** How long a batch is tried again when the database went away in the middle of it: nobody knows then what it committed. */
  inDoubtMs: 10_000,
  inDoubtPauseMs: 100,
} as const;

/** SQLSTATEs after which the same batch may go through: deadlock, serialisation, a remembered row that is gone. */
const AGAIN = new Set(['40P01', '40001', '23503']);

type Waiting = { request: KeepRequest; resolve(answer: KeepAnswer): void; reject(problem: Problem): void };

/** A batch whose fate nobody knows, because the database was lost in the middle and did not come back. */
export class InDoubt extends Problem {
  constructor(cause: unknown) {
    super('storage/unavailable', {}, cause);
  }
}

export class Keeper {
  readonly mark: KeepMark;
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #announcer: Announcer;
  readonly #newStudies: () => void;
  readonly #known = new KnownIds();
  #queue: Waiting[] = [];
  #client: pg.PoolClient | undefined;
  #running: Promise<void> | undefined;
  /** Objects on their way that have not asked to be kept. */
  #arriving = 0;
  #gathered: (() => void) | undefined;

  /** `newStudies` is called when some are committed. */
  constructor(database: Database, options: { node?: string; clock?: Clock; newStudies?: () => void } = {}) {
    this.#database = database;
    this.#clock = options.clock ?? systemClock;
    this.#announcer = new Announcer(database);
    this.#newStudies = options.newStudies ?? (() => undefined);
    this.mark = new KeepMark(database, options.node ?? 'node', this.#clock);
  }

  get queued(): number {
    return this.#queue.length;
  }

  /** Resolves once the row is committed. Whoever asked calls `mark.durable` with the id when the file is durable too. */
  keep(request: KeepRequest): Promise<KeepAnswer> {
    if (this.#queue.length >= limits.queuedInstances) {
      return Promise.reject(new Problem('request/overloaded', { limit: 'queuedInstances' }));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** An object begins to arrive. Whoever calls calls the answer, once, when it is to be kept or will not be. */
  arrives(): () => void {
    this.#arriving += 1;
    return () => {
      this.#arriving -= 1;
      if (this.#arriving === 0) this.#gathered?.();
    };
  }

  /** The row of an instance whose file failed after its commit; nobody was told that it is kept. */
  async takeBack(instanceId: string): Promise<void> {
    await this.#database.query('select take_back($1)', [[instanceId]]);
    // Its study and series may be gone with it.
    this.#known.clear();
    this.mark.durable(instanceId);
  }

  async close(): Promise<void> {
    await this.#running;
    this.#client?.release();
    this.#client = undefined;
    await this.#announcer.close();
    await this.mark.save();
  }

  async #run(): Promise<void> {
    // What arrives in the same turn of the event loop shares the first batch.
    await undefined;
    while (this.#queue.length > 0) {
      await this.#gather();
      const batch = this.#queue.splice(0, limits.batchInstances);
      try {
        const answers = await this.#commit(batch.map(({ request }) => request));
        for (const { request, resolve } of batch) resolve(answers.get(request)!);
      } catch (thrown) {
        const problem = asProblem(thrown);
        if (batch.length === 1 || problem.code !== 'internal/unexpected')
          for (const { reject } of batch) reject(problem);
        else await this.#oneByOne(batch);
      }
      void this.mark.saveWhenDue();
    }
    this.#running = undefined;
  }

  /** Waits a moment for company, where some may come. */
  async #gather(): Promise<void> {
    if (this.#arriving === 0 || this.#queue.length >= limits.gatheredInstances) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const due = setTimeout(resolve, limits.gatherMs);
    this.#gathered = resolve;
    await promise;
    this.#gathered = undefined;
    clearTimeout(due);
  }

  /** One row that the database refuses must not take the others with it. */
  async #oneByOne(batch: readonly Waiting[]): Promise<void> {
    for (const { request, resolve, reject } of batch) {
      await this.#commit([request]).then(
        (answers) => resolve(answers.get(request)!),
        (thrown) => reject(asProblem(thrown)),
      );
    }
  }

  async #commit(requests: readonly KeepRequest[]): Promise<Map<KeepRequest, KeepAnswer>> {
    const start = this.#clock.monotonicMs();
    let doubt = false;
    for (let attempt = 1; ; attempt++) {
      const batch = new KeepBatch(requests, this.#known);
      try {
        const client = await this.#connect();
        doubt = true;
        const { rows } = await client.query<BatchAnswer>(batch.query());
        const answers = batch.read(rows[0]!);
        this.mark.committed(rows[0]!.ids);
        this.#announcer.announce();
        if (batch.hasNewStudies) this.#newStudies();
        return answers;
      } catch (thrown) {
        const problem = asProblem(thrown);
        const state = problem.cause instanceof DatabaseFault ? problem.cause.state : '';
        if (AGAIN.has(state) && attempt < limits.attempts) {
          this.#known.clear();
        } else if (problem.code === 'storage/unavailable') {
          this.#disconnect(problem);
          if (this.#clock.monotonicMs() - start > limits.inDoubtMs) throw doubt ? new InDoubt(problem) : problem;
          await new Promise((resolve) => setTimeout(resolve, limits.inDoubtPauseMs));
        } else throw problem;
      }
    }
  }

  async #connect(): Promise<pg.PoolClient> {
    if (this.#client) return this.#client;
    const client = await this.#database.pool.connect();
    // `on`, not `once`: a connection that is taken away reports the server's reason and then its end.
    client.on('error', () => {
      if (this.#client === client) this.#disconnect();
    });
    try {
      // Each batch is the same work: planning it anew costs more than the work does.
      await client.query('set jit = off; set plan_cache_mode = force_generic_plan');
    } catch (thrown) {
      client.release(true);
      throw thrown;
    }
    this.#client = client;
    return client;
  }

  #disconnect(problem?: Problem): void {
    this.#client?.release(problem ?? true);
    this.#client = undefined;
  }
}
