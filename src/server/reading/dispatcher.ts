// Who gets which case: a reader asks and is given the one that is worth most, a case that is running late is offered to the
// reader it costs least. What is decided here counts only once the catalogue has taken it: of two nodes one has the case.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { newUid } from '../../dicom/uid.ts';
import type { CaseHappening } from '../../reading/case/case-event.ts';
import type { ReadingCase } from '../../reading/case/reading-case.ts';
import { bestReader, type FreeReader } from '../../reading/dispatch/best-reader.ts';
import { type ExplainedPick, explainCase, explainPick } from '../../reading/dispatch/explain-pick.ts';
import type { GatedClass } from '../../reading/dispatch/gated-class.ts';
import { lookAhead } from '../../reading/dispatch/pick.ts';
import type { WaitingCase } from '../../reading/dispatch/waiting-case.ts';
import type { GateFailure, GateResult, Stage } from '../../reading/gate/gate.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import {
  busyReaders,
  type Decision,
  decisionsOf,
  keepDecision,
  offeredTo,
  readings,
} from '../../reading/store/dispatch-rows.ts';
import type { Database } from '../../storage/database.ts';
import { transact } from '../../storage/transaction.ts';
import { limits as desk } from './case-desk.ts';
import type { ReadersOnDuty } from './readers-on-duty.ts';
import type { WaitingPool } from './waiting-pool.ts';

export const limits = {
  /** Cases that others took before a reader who asks is told that there is none. */
  attempts: 20,
  /** Cases that are fetched ahead for a reader, and not bound. */
  ahead: 3,
} as const;

export interface DispatcherOptions {
  database: Database;
  clock: Clock;
  log: CaseLog;
  pool: WaitingPool;
  onDuty: ReadersOnDuty;
  /** Whether a reader may have a case now, by all that is known of it: what binds. */
  gatesOf(reading: ReadingCase, reader: string, stage: Stage): Promise<GateResult>;
}

export interface Given {
  case: string;
  /** Row of reading_decision; absent of what was offered before. */
  decision?: string;
  /** Codes of what would be next, for fetching images; nobody is bound by it. */
  ahead: string[];
}

export interface Explained {
  decisions: Decision[];
  /** While it waits: who would have it soonest first, and which gates are closed to the others. */
  readers: { reader: string; score?: number; before?: number; isBarred: boolean; failed: readonly GateFailure[] }[];
}

export class Dispatcher {
  readonly #options: DispatcherOptions;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /**
   * The case that this reader reads next, claimed when it resolves: one that is offered to them, else the one that is worth
   * most; undefined where there is none. Rejects with auth/forbidden where nobody is known by this id.
   */
  async next(reader: string): Promise<Given | undefined> {
    const asking = this.#options.onDuty.asking(reader, 'claim');
    if (asking === undefined) throw new Problem('auth/forbidden', { action: 'report' });
    const { database, pool, clock } = this.#options;
    const now = clock.now();
    for (const { reading } of await offeredTo(database, reader, new Date(now))) {
      const { open } = await this.#options.gatesOf(reading, reader, 'claim');
      if (open && (await this.#claim(reading, asking, undefined))) return this.#given(reading.id, asking);
    }
    const closed: (() => void)[] = [];
    try {
      for (let attempt = 0; attempt < limits.attempts; attempt++) {
        const explained = explainPick(pool.queues, asking, clock.now());
        if (explained.picked === undefined) return undefined;
        const decision = await this.#take(explained.picked, asking, explained, closed);
        if (decision !== undefined) return this.#given(explained.picked, asking, decision);
      }
      return undefined;
    } finally {
      for (const putBack of closed) putBack();
    }
  }

  /** Offers a case to the reader whom it costs least of those on shift who are free. Resolves to whom; undefined where nobody is. */
  async push(id: string): Promise<string | undefined> {
    const { pool, onDuty, database, clock, log } = this.#options;
    const waiting = pool.queues.get(id);
    const sequence = pool.sequenceOf(id);
    if (waiting === undefined || sequence === undefined) return undefined;
    const busy = await busyReaders(database);
    const free = onDuty.onShift().flatMap((each) => (busy.has(each) ? [] : (onDuty.asking(each, 'offer') ?? [])));
    const best = bestReader(waiting, free, clock.now());
    if (best === undefined) return undefined;
    const reading = await log.read(id);
    const { open } = await this.#options.gatesOf(reading, best.id, 'offer');
    if (!open) return undefined;
    const decision = randomUUID();
    const detail = { readers: explainCase(pool.queues, waiting, free, clock.now()) };
    const expiresAt = clock.now() + desk.offerMs;
    const offered: CaseHappening = { kind: 'offered', reader: best.id, expiresAt, decision };
    const isMine = await this.#bind(reading, offered, { id: decision, reader: best.id, how: 'pushed', detail });
    return isMine ? best.id : undefined;
  }

  /** Whether somebody on shift may have it. */
  isCovered(id: string): boolean {
    const { pool, onDuty } = this.#options;
    const waiting = pool.queues.get(id);
    return waiting === undefined || onDuty.onShift().some((each) => this.#mayHave(each, waiting));
  }

  /** Why it went to whom it went to; and while it waits, who may have it and who may not. `only`: for one reader. */
  async explain(id: string, only?: string): Promise<Explained> {
    const { pool, onDuty, database, clock } = this.#options;
    const decisions = (await decisionsOf(database, id)).filter((each) => only === undefined || each.reader === only);
    const waiting = pool.queues.get(id);
    if (waiting === undefined) return { decisions, readers: [] };
    const now = clock.now();
    const readers = onDuty.all().filter((each) => only === undefined || each.id === only);
    const asking = readers.flatMap((each) => onDuty.asking(each.id, 'claim') ?? []);
    const failed = new Map(
      readers.map((each) => [each.id, onDuty.judge(each, waiting.class as GatedClass, 'claim', now).failed]),
    );
    return {
      decisions,
      readers: explainCase(pool.queues, waiting, asking, now).map(({ reader, score, before, isBarred }) => ({
        ...{ reader, isBarred, failed: failed.get(reader) ?? [] },
        ...(score === undefined ? {} : { score }),
        ...(before === undefined ? {} : { before }),
      })),
    };
  }

  /** These were signed: what they took is learnt. */
  async signed(ids?: readonly string[]): Promise<void> {
    this.#options.onDuty.add(await readings(this.#options.database, ids));
  }

  #mayHave(reader: string, waiting: WaitingCase): boolean {
    const asking = this.#options.onDuty.asking(reader, 'offer');
    return asking?.mayRead(waiting.class) === true && waiting.barred?.includes(reader) !== true;
  }

  /**
   * Out of the queue before anybody else on this node looks. Where another was first the feed says what became of it; what a
   * gate closes to this reader goes back for others, by way of `closed`, when this reader has been answered.
   */
  async #take(
    id: string,
    asking: FreeReader,
    detail: ExplainedPick,
    closed: (() => void)[],
  ): Promise<string | undefined> {
    const { pool, log } = this.#options;
    const sequence = pool.sequenceOf(id);
    const putBack = pool.setAside(id);
    const decision = randomUUID();
    try {
      const reading = await log.read(id);
      if (reading.sequence !== sequence) return undefined;
      const { open } = await this.#options.gatesOf(reading, asking.id, 'claim');
      if (!open) closed.push(putBack);
      else if (await this.#claim(reading, asking, { id: decision, reader: asking.id, how: 'pulled', detail }))
        return decision;
      return undefined;
    } catch (thrown) {
      putBack();
      throw thrown;
    }
  }

  async #claim(
    reading: ReadingCase,
    { id: reader }: FreeReader,
    decision: Omit<Decision, 'case' | 'at'> | undefined,
  ): Promise<boolean> {
    const claim = {
      reader,
      transactionUid: newUid(randomBytes(16)),
      leaseUntil: this.#options.clock.now() + desk.leaseMs,
    };
    const claimed: CaseHappening =
      reading.preliminary === undefined
        ? { kind: 'claimed', ...claim, ...(decision && { decision: decision.id }) }
        : { kind: 'over-read-begun', ...claim };
    return this.#bind(reading, claimed, decision);
  }

  /** Entry and decision together, or neither: false where the case has moved on. */
  async #bind(
    reading: ReadingCase,
    happening: CaseHappening,
    decision: Omit<Decision, 'case' | 'at'> | undefined,
  ): Promise<boolean> {
    const { database, log, clock, pool } = this.#options;
    const actor = { kind: 'exchange', id: 'dispatch' } as const;
    try {
      await transact(database, async (transaction) => {
        await log.append(reading.id, reading.sequence, actor, [happening], { transaction });
        if (decision !== undefined) {
          await keepDecision(transaction, { ...decision, case: reading.id, at: clock.now() });
        }
      });
      // A look at the catalogue that began meanwhile may have put it back.
      pool.remove(reading.id);
      return true;
    } catch (thrown) {
      if (thrown instanceof Problem && LOST.has(thrown.code)) return false;
      throw thrown;
    }
  }

  #given(id: string, asking: FreeReader, decision?: string): Given {
    const { pool, clock } = this.#options;
    const ahead = lookAhead(pool.queues, asking, clock.now(), limits.ahead);
    return { case: id, ...(decision && { decision }), ahead: ahead.map((each) => each.id) };
  }
}

/** Somebody else was first, or it is not to be had by this reader any more. */
const LOST: ReadonlySet<string> = new Set([
  'reading/moved',
  'reading/not-possible',
  'reading/not-holder',
  'reading/read-before',
  'reading/unknown-case',
]);
