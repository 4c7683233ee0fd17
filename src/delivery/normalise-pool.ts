// Studies are normalised in a thread of their own, begun when the first rule asks: vocabularies and models take half a
// second to read, and a study with many long descriptions a tenth, which no association should wait for.

import { Piscina } from 'piscina';
import type { Log } from '../base/log.ts';
import { asProblem } from '../base/problem.ts';
import type { Database } from '../storage/database.ts';
import { LeastRecentlyUsed } from '../storage/least-recently-used.ts';
import { metadataOfInstances, type StudyForRules } from '../storage/study-for-rules.ts';
import type { FoundOfStudy, NormaliseTask } from './normalise-worker.ts';

export const limits = {
  /** Series of a study that are looked at, those that came first. */
  series: 200,
  /** Studies that are remembered: one is asked about again with every batch of its instances. */
  remembered: 2000,
  /** A thread that nobody asked for so long is let go, with its vocabularies. */
  idleMs: 600_000,
} as const;

const nothing: FoundOfStudy = { procedure: [], series: new Map(), foundBy: '' };

export class NormalisePool {
  readonly #database: Database;
  readonly #log: Log;
  readonly #remembered = new LeastRecentlyUsed<string, FoundOfStudy>(limits.remembered);
  #workers: Piscina<NormaliseTask, FoundOfStudy> | undefined;

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  /** What cannot be normalised has no facts, which is told in the log; it is routed nevertheless. */
  async of({ id, series }: StudyForRules): Promise<FoundOfStudy> {
    const firsts = series.slice(0, limits.series).map(({ firstInstance }) => firstInstance);
    const key = [id, ...firsts].join(' ');
    const remembered = this.#remembered.get(key);
    if (remembered !== undefined) return remembered;
    const metadata = await metadataOfInstances(this.#database, firsts);
    const normalised = await this.#threads()
      .run(metadata)
      .catch((thrown) => {
        this.#log.warn({ code: asProblem(thrown).code }, 'a study cannot be normalised');
        return nothing;
      });
    this.#remembered.set(key, normalised);
    return normalised;
  }

  async close(): Promise<void> {
    await this.#workers?.destroy();
  }

  #threads(): Piscina<NormaliseTask, FoundOfStudy> {
    this.#workers ??= new Piscina<NormaliseTask, FoundOfStudy>({
      filename: new URL('./normalise-worker.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: limits.idleMs,
    });
    return this.#workers;
  }
}
