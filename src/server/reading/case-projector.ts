// Reads on in the feed: what others are told of a case follows its log. One node at a time does it; each step can be done again,
// and says how things stand now, not what happened.

import { asProblem } from '../../base/problem.ts';
import { caseOfTask } from '../../reading/case/reading-task.ts';
import { CASE_EVENT } from '../../reading/store/case-log.ts';
import type { CatalogueEvent } from '../../storage/events.ts';
import { FeedFollower } from '../../storage/feed-follower.ts';
import type { Core } from '../core.ts';
import { isOwnWriter } from '../fhir/own-writers.ts';
import { CaseTasks } from './case-tasks.ts';
import { CaseWorkitems } from './case-workitems.ts';

export const limits = {
  /** Events that one step takes in. */
  events: 500,
  /** Between two looks at a feed that goes on. */
  pauseMs: 250,
  /** Looks by itself so often: a notice was missed, or the node that did it is gone. */
  lookMs: 2_000,
} as const;

interface Changed {
  tenant: number;
  type: string;
  id: string;
  by: string;
}

export class CaseProjector {
  readonly #core: Core;
  readonly #tasks: CaseTasks;
  readonly #workitems: CaseWorkitems;
  #follower: FeedFollower | undefined;

  constructor(core: Core) {
    this.#core = core;
    this.#tasks = new CaseTasks(core);
    this.#workitems = new CaseWorkitems(core);
  }

  async follow(): Promise<void> {
    const { database, log, readingInUse } = this.#core;
    this.#follower = await FeedFollower.open({
      ...{ database, reader: 'reading_projection_cursor', ...limits },
      isWanted: () => readingInUse.now(),
      take: (events, signal) => this.#take(events, signal),
      failed: (code) => log.warn({ code }, 'what is told of readings waits'),
    });
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  async #take(events: readonly CatalogueEvent[], signal: AbortSignal): Promise<void> {
    for (const { tenant, id, by } of tasksOfOthers(events)) {
      await this.#one(() => this.#tasks.asked(tenant, id, by));
    }
    for (const code of casesIn(events)) {
      if (signal.aborted) return;
      await this.#one(() => this.#workitems.keep(code));
      await this.#one(() => this.#tasks.keep(code));
    }
  }

  /** What cannot be told of one case holds up no other; where the catalogue is away all of them wait. */
  async #one(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      const { code, cause } = asProblem(thrown);
      // Whoever was overtaken looks again.
      if (code.startsWith('storage/') || code === 'reading/moved') throw thrown;
      const error = code === 'internal/unexpected' ? { error: cause } : {};
      this.#core.log.warn({ code, ...error }, 'how a reading stands could not be told');
    }
  }
}

/** Each once; also those whose report has come home. */
function casesIn(events: readonly CatalogueEvent[]): Set<string> {
  const told = events.filter(({ kind }) => kind === CASE_EVENT).map(({ detail }) => (detail as { case: string }).case);
  const reported = changesIn(events)
    .filter(({ type, by }) => type === 'DiagnosticReport' && isOwnWriter(by))
    .flatMap(({ id }) => caseOfTask(id) ?? []);
  return new Set([...told, ...reported]);
}

const tasksOfOthers = (events: readonly CatalogueEvent[]): Changed[] =>
  changesIn(events).filter(({ type, by }) => type === 'Task' && !isOwnWriter(by));

const changesIn = (events: readonly CatalogueEvent[]): Changed[] =>
  events
    .filter(({ kind }) => kind === 'resource-changed')
    .map(({ tenant, detail }) => ({ ...(detail as Omit<Changed, 'tenant'>), tenant }));
