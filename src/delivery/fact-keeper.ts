// normalise: reads on in the feed of what was kept, some time behind it, and writes what is found of each study beside it.
// One node at a time does it, whoever shares the catalogue; facts and the place in the feed are one transaction.

import type { Log } from '../base/log.ts';
import { asProblem } from '../base/problem.ts';
import { alone } from '../storage/alone.ts';
import type { Database } from '../storage/database.ts';
import { readEvents } from '../storage/events.ts';
import { type FactKind, type FactRow, replaceFacts } from '../storage/facts.ts';
import { askedAgain, foundAgain } from '../storage/facts-again.ts';
import { advance, feedPosition } from '../storage/feed-position.ts';
import { type StudyForRules, studiesForRules } from '../storage/study-for-rules.ts';
import type { FoundOfStudy } from './normalise-worker.ts';

export const limits = {
  /** Events that one transaction takes in. */
  events: 500,
  /** Studies that one transaction finds again. */
  again: 100,
  /** How long after a look the next one is: a study that arrives meanwhile is read once, not with every image. */
  lookMs: 5_000,
} as const;

export type KeptFacts = Omit<FoundOfStudy, 'input'> & { said?: string | undefined };

interface Found {
  tenant: number;
  study: string;
  facts: FactRow[];
  said: string | undefined;
  seriesSaid: ReadonlyMap<string, string>;
  foundBy: string;
}

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
    const { database, log } = this.#options;
    try {
      await alone(database, 'facts', async () => {
        while (!this.#isClosing && (await this.#step()));
        while (!this.#isClosing && (await this.#again()));
      });
    } catch (thrown) {
      // A stop leaves what it was at to the next start.
      if (this.#isClosing) return;
      log.warn({ code: asProblem(thrown).code }, 'studies cannot be normalised just now');
    }
  }

  /** Resolves to whether there may be more to read. */
  async #step(): Promise<boolean> {
    const { database } = this.#options;
    const from = await feedPosition(database, 'fact_cursor');
    const events = await readEvents(database, { ...(from && { after: from }), limit: limits.events });
    const to = events.at(-1)?.cursor;
    if (to === undefined) return false;
    const kept = events.filter(({ kind }) => kind === 'instances-kept').flatMap(({ studyId }) => studyId ?? []);
    const found = await this.#find([...new Set(kept)]);
    const isMine = await advance(database, 'fact_cursor', { from, to }, async (transaction) => {
      for (const { foundBy, ...facts } of found) await replaceFacts(transaction, facts, foundBy);
    });
    return isMine && events.length === limits.events;
  }

  /** What was asked for again, after what is new. Resolves to whether there may be more of it. */
  async #again(): Promise<boolean> {
    const { database } = this.#options;
    const asked = await askedAgain(database, limits.again);
    if (asked.length === 0) return false;
    const found = await this.#find(asked.map(({ study }) => study));
    await database.kysely.transaction().execute(async (transaction) => {
      for (const { foundBy, ...facts } of found) await replaceFacts(transaction, facts, foundBy);
      await foundAgain(transaction, asked);
    });
    return asked.length === limits.again;
  }

  async #find(ids: readonly string[]): Promise<Found[]> {
    const found: Found[] = [];
    if (ids.length === 0) return found;
    for (const study of await studiesForRules(this.#options.database, ids)) {
      if (this.#isClosing) throw new Error('the node stops');
      const normalised = await this.#options.normalised(study);
      const { foundBy, said, seriesSaid } = normalised;
      const facts = factsOf(normalised);
      found.push({ tenant: study.tenant, study: study.id, facts, said, seriesSaid, foundBy });
    }
    return found;
  }
}

export function factsOf({ procedure, series, headers }: Omit<KeptFacts, 'said' | 'seriesSaid'>): FactRow[] {
  const ofSeries = [...series].flatMap(([seriesUid, facts]) => rowsOf('series', facts, seriesUid));
  const ofHeaders = [...headers].flatMap(([seriesUid, { acquisition, repairs }]) => [
    ...rowsOf('acquisition', acquisition, seriesUid),
    ...rowsOf('repair', repairs, seriesUid),
  ]);
  return [...rowsOf('procedure', procedure), ...ofSeries, ...ofHeaders];
}

const rowsOf = (kind: FactKind, facts: readonly Omit<FactRow, 'kind'>[], seriesUid?: string): FactRow[] =>
  facts.map(({ attribute, value, sources, confidence, reason }) => ({
    kind,
    ...(seriesUid !== undefined && { seriesUid }),
    attribute,
    value,
    sources,
    confidence,
    reason,
  }));
