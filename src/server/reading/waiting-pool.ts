// The cases that wait for a reader, in the memory of this node: all of them when it starts, and after that what the feed tells.
// What is missing or too much here costs an attempt, never a case: who has it is decided in the catalogue.

import type { Clock } from '../../base/clock.ts';
import type { ProblemCode } from '../../base/problem.ts';
import { clockOf, levelOf } from '../../reading/case/clocks.ts';
import { ClassQueues } from '../../reading/dispatch/class-queues.ts';
import { Classes, type GatedClass } from '../../reading/dispatch/gated-class.ts';
import { CASE_EVENT } from '../../reading/store/case-log.ts';
import { type WaitingRow, waitingCases } from '../../reading/store/dispatch-rows.ts';
import type { InUse } from '../../reading/store/in-use.ts';
import { roomOf } from '../../reading/store/rooms.ts';
import type { ServiceTerm, TermReference } from '../../reading/terms/service-term.ts';
import type { Database } from '../../storage/database.ts';
import { EVENT_CHANNEL, latestCursor, readEvents } from '../../storage/events.ts';
import { Follower } from '../../storage/follower.ts';

export const limits = {
  events: 1_000,
  /** Looks by itself so often: a notice was missed. */
  lookMs: 1_000,
  /** Between two looks while cases come and go. */
  pauseMs: 50,
  /** What changes by time alone is looked for so often: a subspecialty no longer demanded, nobody else on shift. */
  relaxMs: 10_000,
} as const;

export interface WaitingPoolOptions {
  database: Database;
  inUse: Pick<InUse, 'now'>;
  clock: Clock;
  term(reference: TermReference): ServiceTerm | undefined;
  /** Whether somebody on shift but these may have cases of a class: else who gave one back may be given it again. */
  isOpenBeside(of: GatedClass, readers: readonly string[]): boolean;
  /** These were signed. */
  signed(ids: readonly string[]): Promise<void>;
  failed(code: ProblemCode): void;
}

export class WaitingPool {
  readonly queues = new ClassQueues();
  readonly #options: WaitingPoolOptions;
  readonly #classes = new Classes();
  readonly #sequences = new Map<string, number>();
  /** Of each look at the catalogue that is under way: what was taken away since, and is not put back by what it read before. */
  readonly #taken = new Set<Set<string>>();
  #cursor: string | undefined;
  /** The feed was not followed while nothing could wait. */
  #isBehind = false;
  #relaxedAt = 0;
  #follower: Follower | undefined;

  constructor(options: WaitingPoolOptions) {
    this.#options = options;
  }

  /** Has all that wait now when it resolves. */
  async open(): Promise<this> {
    const { database, failed } = this.#options;
    this.#cursor = await latestCursor(database);
    await this.refresh();
    const channels = [EVENT_CHANNEL];
    const { notices } = database;
    this.#follower = await Follower.open({
      notices,
      channels,
      lookMs: limits.lookMs,
      pauseMs: limits.pauseMs,
      look: () => this.#look(),
      failed,
    });
    return this;
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  /** The sequence that a case had when it was put here. */
  sequenceOf(id: string): number | undefined {
    return this.#sequences.get(id);
  }

  remove(id: string): void {
    this.queues.remove(id);
    this.#sequences.delete(id);
    for (const taken of this.#taken) taken.add(id);
  }

  /** Takes a case away from everybody who asks here; the answer puts it back as it was. */
  setAside(id: string): () => void {
    const [waiting, sequence] = [this.queues.get(id), this.#sequences.get(id)];
    this.remove(id);
    return () => {
      if (waiting === undefined || sequence === undefined || this.#sequences.has(id)) return;
      this.#sequences.set(id, sequence);
      this.queues.put(waiting);
    };
  }

  /** As the catalogue has them now: all, or these. */
  async refresh(ids?: readonly string[]): Promise<void> {
    const taken = new Set<string>();
    this.#taken.add(taken);
    try {
      const rows = await waitingCases(this.#options.database, ids);
      const rests = await this.#restsOf(rows);
      const isTaken = new Set(taken);
      const waiting = new Set(rows.map(({ reading }) => reading.id));
      for (const id of ids ?? [...this.#sequences.keys()]) if (!waiting.has(id)) this.remove(id);
      for (const row of rows) if (!isTaken.has(row.reading.id)) this.#put(row, rests.get(row.reading.facts.provider));
    } finally {
      this.#taken.delete(taken);
    }
  }

  /** Where the rooms of their providers are. */
  async #restsOf(rows: readonly WaitingRow[]): Promise<Map<string, string>> {
    const rests = new Map<string, string>();
    for (const provider of new Set(rows.map(({ reading }) => reading.facts.provider))) {
      const room = await roomOf(this.#options.database, provider);
      if (room !== undefined) rests.set(provider, room.restsAt);
    }
    return rests;
  }

  async #look(): Promise<void> {
    const { database, inUse, clock, signed } = this.#options;
    if (!(await inUse.now())) {
      this.#isBehind = true;
      return;
    }
    if (this.#isBehind) {
      this.#cursor = await latestCursor(database);
      await this.refresh();
      this.#isBehind = false;
    }
    for (;;) {
      const after = this.#cursor;
      const events = await readEvents(database, { ...(after && { after }), limit: limits.events });
      const told = events.filter(({ kind }) => kind === CASE_EVENT).map(({ detail }) => detail as Told);
      const ids = new Set(told.filter((each) => !this.#isGone(each)).map((each) => each.case));
      if (ids.size > 0) await this.refresh([...ids]);
      const ended = told.filter(({ kinds }) => kinds.some((kind) => SIGNED.has(kind)));
      if (ended.length > 0) await signed([...new Set(ended.map((each) => each.case))]);
      this.#cursor = events.at(-1)?.cursor ?? after;
      if (events.length < limits.events) break;
    }
    if (clock.now() - this.#relaxedAt < limits.relaxMs) return;
    this.#relaxedAt = clock.now();
    await this.refresh();
    const keys = new Set([...this.queues.classes()].map((each) => each.class.key));
    this.#classes.forget((key) => keys.has(key));
  }

  /** Nothing has to be read of a case that waits no longer, or of which nothing has changed that dispatch goes by. */
  #isGone({ case: id, sequence, kinds }: Told): boolean {
    if (kinds.every((kind) => NEUTRAL.has(kind))) return true;
    if (!TAKEN.has(kinds.at(-1)!)) return false;
    if ((this.#sequences.get(id) ?? 0) < sequence) this.remove(id);
    return true;
  }

  #put({ reading, room, knownTo }: WaitingRow, restsAt: string | undefined): void {
    const term = reading.term && this.#options.term(reading.term);
    const level = term && levelOf(term, reading.facts.priority);
    const { ready: readyAt } = reading.clocks;
    if (reading.term === undefined || term === undefined || level === undefined || readyAt === undefined) return;
    const now = this.#options.clock.now();
    const { dueAt = readyAt + level.minutes * 60_000, usedMs } = clockOf(reading, level, now);
    const { relaxAt } = term.subspecialty;
    const isRelaxed = relaxAt !== undefined && usedMs >= relaxAt * level.minutes * 60_000;
    const known = {
      widened: reading.rungs.includes('widened'),
      ...(isRelaxed && { elapsed: relaxAt }),
      ...(restsAt !== undefined && { dataRestsAt: restsAt }),
    };
    const { preliminary, declined, facts } = reading;
    const of = this.#classes.of({ reading, term: reading.term, level, room, known });
    const never = [...facts.readBy, ...(preliminary === undefined ? [] : [preliminary.reader])];
    const isLeft = declined.length > 0 && !this.#options.isOpenBeside(of, [...declined, ...never]);
    const barred = isLeft ? never : [...declined, ...never];
    this.#sequences.set(reading.id, reading.sequence);
    this.queues.put({ id: reading.id, class: of, ...{ readyAt, dueAt, barred, knownTo } });
  }
}

interface Told {
  case: string;
  sequence: number;
  kinds: string[];
}

const TAKEN: ReadonlySet<string> = new Set([
  ...[
    'claimed',
    'over-read-begun',
    'offered',
    'held',
    'final-signed',
    'answered',
    'cancelled',
    'rejected',
    'entered-in-error',
  ],
]);
const NEUTRAL: ReadonlySet<string> = new Set(['opened', 'drafted', 'parked', 'resumed', 'delivered', 'seen', 'closed']);
const SIGNED: ReadonlySet<string> = new Set(['preliminary-signed', 'final-signed']);
