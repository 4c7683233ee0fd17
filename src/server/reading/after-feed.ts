// Reads on in the feed: what happened to a case is handed to those whose work follows from it. One node at a time does it; each
// step can be done again.

import { asProblem } from '../../base/problem.ts';
import type { HappeningKind } from '../../reading/case/transitions.ts';
import { CASE_EVENT } from '../../reading/store/case-log.ts';
import type { CatalogueEvent } from '../../storage/events.ts';
import { FeedFollower } from '../../storage/feed-follower.ts';
import type { Core } from '../core.ts';

export const limits = {
  /** Events that one step takes in. */
  events: 200,
  /** Between two looks at a feed that goes on. */
  pauseMs: 250,
  /** Looks by itself so often: a notice was missed, or the node that did it is gone. */
  lookMs: 2_000,
} as const;

export interface Following {
  /** Of these happenings the case is told of. */
  kinds: readonly HappeningKind[];
  follow(caseId: string): Promise<void>;
}

export interface AfterFeedOptions {
  core: Pick<Core, 'database' | 'log' | 'readingInUse'>;
  followings: readonly Following[];
  /** What is done of events of other kinds, by kind. */
  others: Readonly<Record<string, (tenant: number, detail: unknown) => Promise<void>>>;
}

export class AfterFeed {
  readonly #options: AfterFeedOptions;

  private constructor(options: AfterFeedOptions) {
    this.#options = options;
  }

  static open(options: AfterFeedOptions): Promise<FeedFollower> {
    const feed = new AfterFeed(options);
    const { database, log, readingInUse } = options.core;
    return FeedFollower.open({
      ...{ database, reader: 'reading_after_cursor', ...limits },
      isWanted: () => readingInUse.now(),
      take: (events, signal) => feed.#take(events, signal),
      failed: (code) => log.warn({ code }, 'what follows readings waits'),
    });
  }

  async #take(events: readonly CatalogueEvent[], signal: AbortSignal): Promise<void> {
    for (const work of this.#workOf(events)) {
      if (signal.aborted) return;
      await this.#one(work);
    }
  }

  /** A case is told of once, however often and to whomever it was. */
  #workOf(events: readonly CatalogueEvent[]): (() => Promise<void>)[] {
    const { followings, others } = this.#options;
    const happened = new Map<string, Set<string>>();
    const works: (() => Promise<void>)[] = [];
    for (const { kind, tenant, detail } of events) {
      if (kind === CASE_EVENT) {
        const { case: code, kinds } = detail as { case: string; kinds: string[] };
        happened.set(code, new Set([...(happened.get(code) ?? []), ...kinds]));
      } else if (others[kind] !== undefined) {
        works.push(() => others[kind]!(tenant, detail));
      }
    }
    for (const [code, kinds] of happened) {
      for (const { kinds: wanted, follow } of followings) {
        if (wanted.some((kind) => kinds.has(kind))) works.push(() => follow(code));
      }
    }
    return works;
  }

  /** What cannot be done for one case holds up no other; where the catalogue is away all of them wait. */
  async #one(work: () => Promise<void>, attempts = 5): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      const { code, cause } = asProblem(thrown);
      if (code.startsWith('storage/')) throw thrown;
      // The case moved on while we wrote.
      if (code === 'reading/moved' && attempts > 1) return this.#one(work, attempts - 1);
      const error = code === 'internal/unexpected' ? { error: cause } : {};
      this.#options.core.log.warn({ code, ...error }, 'what follows a reading could not be done');
      // Nobody else would look at it again.
      if (code === 'reading/moved' || code === 'internal/unexpected') throw thrown;
    }
  }
}
