// Sees that no case is forgotten: takes back what was offered or claimed and nobody holds any more, and climbs the ladder of a
// case whose clock runs out. One node at a time does it; all it goes by are rows.

import type { Clock } from '../../base/clock.ts';
import { asProblem, type ProblemCode } from '../../base/problem.ts';
import type { CaseHappening } from '../../reading/case/case-event.ts';
import { levelOf } from '../../reading/case/clocks.ts';
import { type Rung, rungsDue } from '../../reading/case/escalation.ts';
import type { ReadingCase } from '../../reading/case/reading-case.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import { timeIsUp } from '../../reading/store/dispatch-rows.ts';
import type { ServiceTerm, TermReference } from '../../reading/terms/service-term.ts';
import { alone } from '../../storage/alone.ts';
import type { Database } from '../../storage/database.ts';
import { Follower } from '../../storage/follower.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { WaitingPool } from './waiting-pool.ts';

export const limits = {
  lookMs: 1_000,
  /** Whether somebody on shift may have each case is looked at so often. */
  coverMs: 15_000,
  /** What is not urgent waits so long for a shift before it is widened. */
  uncoveredMs: 4 * 3_600_000,
} as const;

export interface DispatchKeeperOptions {
  database: Database;
  clock: Clock;
  log: CaseLog;
  pool: WaitingPool;
  dispatcher: Pick<Dispatcher, 'push' | 'isCovered'>;
  term(reference: TermReference): ServiceTerm | undefined;
  failed(code: ProblemCode): void;
}

const exchange = { kind: 'exchange', id: 'dispatch' } as const;

export class DispatchKeeper {
  readonly #options: DispatchKeeperOptions;
  #follower: Follower | undefined;
  #coveredAt = 0;
  #looking: Promise<unknown> = Promise.resolve();

  constructor(options: DispatchKeeperOptions) {
    this.#options = options;
  }

  async open(): Promise<this> {
    const { database, failed } = this.#options;
    const { notices } = database;
    this.#follower = await Follower.open({
      notices,
      channels: [],
      lookMs: limits.lookMs,
      look: () => this.look(),
      failed,
    });
    return this;
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  /** Has looked, after this was called, when it resolves; unless another node is at it. */
  look(): Promise<void> {
    const next = this.#looking.then(() => this.#look());
    this.#looking = next.catch(() => undefined);
    return next;
  }

  async #look(): Promise<void> {
    const { database, clock } = this.#options;
    await alone(database, 'reading dispatch', async () => {
      const now = clock.now();
      const { offers, leases, rungs } = await timeIsUp(database, new Date(now));
      for (const { reading } of offers) await this.#one(reading.id, (before) => expired(before, clock.now()));
      for (const { reading } of leases) await this.#one(reading.id, (before) => lost(before, clock.now()));
      for (const { reading } of rungs) await this.#climb(reading);
      if (now - this.#coveredAt < limits.coverMs) return;
      this.#coveredAt = now;
      for (const waiting of [...this.#options.pool.queues]) await this.#cover(waiting.id, waiting.readyAt, now);
    });
  }

  /** What is pushed is offered at once; who is to be called hears of it in the feed, by the entry of its rung. */
  async #climb(reading: ReadingCase): Promise<void> {
    const due = (before: ReadingCase): Rung[] => {
      const term = before.term && this.#options.term(before.term);
      const level = term && levelOf(term, before.facts.priority);
      return level === undefined ? [] : rungsDue(before, level, this.#options.clock.now());
    };
    const rungs = due(reading);
    await this.#one(reading.id, (before) => {
      const climbed = due(before);
      return [
        ...climbed.map((rung): CaseHappening => ({ kind: 'escalated', rung, reason: reasonOf(before, rung) })),
        ...(climbed.includes('pushed') ? notBegun(before) : []),
      ];
    });
    if (rungs.includes('pushed') || rungs.includes('paged')) {
      await this.#options.pool.refresh([reading.id]);
      await this.#options.dispatcher.push(reading.id);
    }
  }

  /** A shift that nobody took: urgent cases are widened at once, others after some hours, and nobody has to say so. */
  async #cover(id: string, readyAt: number, now: number): Promise<void> {
    const { dispatcher } = this.#options;
    if (dispatcher.isCovered(id)) return;
    await this.#one(id, ({ state, facts: { priority }, rungs }) => {
      const isUrgent = priority === 'stat' || priority === 'asap' || priority === 'urgent';
      if (state !== 'ready' || rungs.includes('widened') || !(isUrgent || now - readyAt >= limits.uncoveredMs))
        return [];
      return [{ kind: 'escalated', rung: 'widened', reason: 'uncovered' }];
    });
  }

  /** One that cannot be judged holds up no other. */
  async #one(id: string, decide: (before: ReadingCase) => CaseHappening[]): Promise<void> {
    try {
      await this.#options.log.change(id, exchange, ({ reading }) => decide(reading));
    } catch (thrown) {
      const { code } = asProblem(thrown);
      if (code.startsWith('storage/')) throw thrown;
      this.#options.failed(code);
    }
  }
}

function expired({ offer }: ReadingCase, now: number): CaseHappening[] {
  if (offer === undefined || offer.expiresAt > now) return [];
  return [{ kind: 'offer-ended', reader: offer.reader, why: 'expired' }];
}

/** A reader who parked a case waits for somebody else: that claim stays. */
function lost({ claim, state }: ReadingCase, now: number): CaseHappening[] {
  if (claim === undefined || claim.leaseUntil > now || state === 'parked') return [];
  return [{ kind: 'requeued', reader: claim.reader, why: 'lease-lost' }];
}

/** Whoever claimed it and has not opened it by then does not keep it. */
function notBegun({ claim, state }: ReadingCase): CaseHappening[] {
  return claim !== undefined && state === 'claimed' ? [{ kind: 'requeued', reader: claim.reader, why: 'overdue' }] : [];
}

function reasonOf({ state, offer, claim }: ReadingCase, rung: Rung): string {
  if (rung !== 'breached') return state;
  return claim !== undefined
    ? 'in-reading'
    : offer !== undefined
      ? 'offered'
      : state === 'ready'
        ? 'not-claimed'
        : state;
}
