// normalise: reads on in the feed of what was kept, some time behind it, and writes what is found of each study beside it.
// One node at a time does it, whoever shares the catalogue; facts and the place in the feed are one transaction.

import { sql, type Transaction } from 'kysely';
import type { Log } from '../base/log.ts';
import { asProblem } from '../base/problem.ts';
import type { Database } from '../storage/database.ts';
import { readEvents } from '../storage/events.ts';
import { type FactRow, replaceFacts } from '../storage/facts.ts';
import { type StudyForRules, studiesForRules } from '../storage/study-for-rules.ts';
import type { Tables } from '../storage/tables.ts';
import type { FoundOfStudy } from './normalise-worker.ts';

export const limits = {
  /** Events that one transaction takes in. */
  events: 500,
  /** How long after a look the next one is: a study that arrives meanwhile is read once, not with every image. */
  lookMs: 5_000,
} as const;

type KeptFacts = Omit<FoundOfStudy, 'input'>;

export interface FactKeeperOptions {
  database: Database;
  log: Log;
  normalised(study: StudyForRules): Promise<KeptFacts>;
  /** Between looks; `limits.lookMs` by default. */
  lookMs?: number;
}

export class FactKeeper {
  readonly #options: FactKeeperOptions;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;
  #isClosing = false;

  constructor(options: FactKeeperOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.look(), options.lookMs ?? limits.lookMs).unref();
  }

  /** Resolves once everything that was kept until now has its facts, or another node is at it. */
  look(): Promise<void> {
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (!this.#isClosing && (await this.#step()));
    } catch (thrown) {
      // A stop leaves what it was at to the next start.
      if (this.#isClosing) return;
      this.#options.log.warn({ code: asProblem(thrown).code }, 'studies cannot be normalised just now');
    }
  }

  /** One transaction; resolves to whether there may be more to read. */
  async #step(): Promise<boolean> {
    const { database } = this.#options;
    return database.kysely.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ cursor: string | null }>`
        select cursor from fact_cursor for update skip locked`.execute(transaction);
      const [row] = rows;
      if (row === undefined) return false;
      const events = await readEvents(database, { ...(row.cursor && { after: row.cursor }), limit: limits.events });
      const last = events.at(-1);
      if (last === undefined) return false;
      const kept = events.filter(({ kind }) => kind === 'instances-kept').flatMap(({ studyId }) => studyId ?? []);
      await this.#find(transaction, [...new Set(kept)]);
      await sql`update fact_cursor set cursor = ${last.cursor}`.execute(transaction);
      return events.length === limits.events;
    });
  }

  async #find(transaction: Transaction<Tables>, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    for (const study of await studiesForRules(this.#options.database, ids)) {
      if (this.#isClosing) throw new Error('the node stops');
      const normalised = await this.#options.normalised(study);
      const facts = factsOf(normalised);
      await replaceFacts(transaction, { tenant: study.tenant, study: study.id, facts }, normalised.foundBy);
    }
  }
}

export function factsOf({ procedure, series }: KeptFacts): FactRow[] {
  const ofSeries = [...series].flatMap(([seriesUid, facts]) => facts.map((fact) => ({ ...fact, seriesUid })));
  return [...procedure, ...ofSeries];
}
