// One run: examinations arrive, readers come, ask, read and go. What decides is src/reading/dispatch, as it does live; a pool
// of readers and clients does not see the others.

import { bestReader } from '../dispatch/best-reader.ts';
import { ClassQueues } from '../dispatch/class-queues.ts';
import { type Index, pick } from '../dispatch/pick.ts';
import { ReadTimes } from '../dispatch/read-times.ts';
import type { WaitingCase } from '../dispatch/waiting-case.ts';
import { type Arrivals, MINUTE_MS } from './arrivals.ts';
import { DueHeap } from './due-heap.ts';
import type { Policy } from './policies.ts';
import { Random } from './random.ts';
import { poolOf, type Shift } from './roster.ts';
import { requestPriorityOf, type Scenario } from './scenario.ts';
import { Duty, FreeReaders, type SimClass, type SimKind, SimReader } from './sim-reader.ts';

export interface RunOptions {
  seed: number;
  pools: number;
  policy: Policy;
  /** Share of the clients at which each reader is privileged; 1: at all. */
  breadth?: number;
  /** Whether flags of triage reorder; they raise to the most urgent, never lower. */
  reorder?: boolean;
  /** Share of cases that a reader declines, and of claims that are lost with the reader's connection. */
  declined?: number;
  lost?: number;
}

/** Columns by arrival, and by shift. */
export interface Outcome {
  /** When reading began and ended; NaN where it never did. */
  startMs: Float64Array;
  endMs: Float64Array;
  readers: { pool: number; onMs: number; busyMs: number; rvu: number }[];
  declined: number;
  reassigned: number;
  /** Cases of which a reader was asked, and all readers on duty who might have had them then. */
  decisions: number;
  eligible: number;
  /** Pairs of a reader's shift and a client. */
  privileges: number;
}

/** A lease that is not renewed for so long is lost. */
const LEASE_MS = MINUTE_MS;

type Waiting = WaitingCase & { at: number };

export function run(scenario: Scenario, arrivals: Arrivals, shifts: readonly Shift[], options: RunOptions): Outcome {
  const outcome: Outcome = {
    startMs: new Float64Array(arrivals.count).fill(Number.NaN),
    endMs: new Float64Array(arrivals.count).fill(Number.NaN),
    readers: [],
    declined: 0,
    reassigned: 0,
    decisions: 0,
    eligible: 0,
    privileges: 0,
  };
  const { pools } = options;
  const order = Uint32Array.from({ length: arrivals.count }, (_, at) => at);
  const { hereMs } = arrivals;
  order.sort((a, b) => hereMs[a]! - hereMs[b]! || a - b);
  const cases = Array.from({ length: pools }, (): number[] => []);
  for (const at of order) cases[poolOf(arrivals.client[at]!, pools)]!.push(at);
  const shiftsOf = Array.from({ length: pools }, (): Shift[] => []);
  for (const shift of shifts) shiftsOf[shift.pool]!.push(shift);
  for (let pool = 0; pool < pools; pool++) {
    new PoolRun(scenario, arrivals, options, pool, outcome).run(cases[pool]!, shiftsOf[pool]!);
  }
  return outcome;
}

class PoolRun {
  readonly #scenario: Scenario;
  readonly #arrivals: Arrivals;
  readonly #options: RunOptions;
  readonly #outcome: Outcome;
  readonly #random: Random;
  readonly #index: Index;
  readonly #queues = new ClassQueues();
  readonly #free = new FreeReaders();
  readonly #busy = new DueHeap<() => void>();
  readonly #duty: Duty;
  readonly #classes = new Map<number, SimClass>();
  readonly #kinds = new Map<number, SimKind>();

  constructor(scenario: Scenario, arrivals: Arrivals, options: RunOptions, pool: number, outcome: Outcome) {
    this.#scenario = scenario;
    this.#arrivals = arrivals;
    this.#options = options;
    this.#outcome = outcome;
    this.#random = new Random(options.seed, `run of pool ${pool}`);
    this.#index = options.policy.index(this.#random);
    this.#duty = new Duty(new ReadTimes(), scenario.skills.length);
  }

  /** Until the last shift has ended and the last case that was begun is read. */
  run(cases: readonly number[], shifts: readonly Shift[]): void {
    const { hereMs } = this.#arrivals;
    let [nextCase, nextShift] = [0, 0];
    for (;;) {
      const arrives = nextCase < cases.length ? hereMs[cases[nextCase]!]! : Number.POSITIVE_INFINITY;
      const begins = shifts[nextShift]?.fromMs ?? Number.POSITIVE_INFINITY;
      const { nextAt } = this.#busy;
      const now = Math.min(arrives, begins, nextAt);
      if (now === Number.POSITIVE_INFINITY) return;
      if (nextAt === now) this.#busy.pop()!();
      else if (begins === now) this.#begin(shifts[nextShift++]!, nextShift);
      else this.#arrive(this.#waiting(cases[nextCase++]!), now);
    }
  }

  #begin(shift: Shift, number: number): void {
    const reader = new SimReader(String(number), shift, this.#duty, this.#privileges());
    this.#duty.enter(reader);
    this.#busy.push(shift.toMs, () => this.#leave(reader));
    this.#ask(reader, shift.fromMs);
  }

  #leave(reader: SimReader): void {
    this.#duty.leave(reader);
    this.#free.delete(reader);
    if (!reader.isBusy) this.#record(reader, reader.shift.toMs);
  }

  #arrive(waiting: Waiting, now: number): void {
    if (this.#free.size > 0) {
      const candidates = this.#free.candidates(waiting.class);
      for (const reader of candidates) reader.lookAround(now, this.#scenario.skills.length);
      const reader = bestReader(waiting, candidates, now);
      if (reader !== undefined) {
        this.#free.delete(reader);
        this.#read(reader, waiting, now);
        return;
      }
    }
    this.#queues.put(waiting);
  }

  #ask(reader: SimReader, now: number): void {
    reader.lookAround(now, this.#scenario.skills.length);
    const waiting = pick(this.#queues, reader, now, this.#index) as Waiting | undefined;
    if (waiting === undefined) {
      reader.freeSince = now;
      this.#free.add(reader);
      return;
    }
    this.#queues.remove(waiting.id);
    this.#read(reader, waiting, now);
  }

  #read(reader: SimReader, waiting: Waiting, now: number): void {
    const { declined = 0, lost = 0 } = this.#options;
    this.#outcome.decisions += 1;
    this.#outcome.eligible += this.#duty.share((waiting.class.kind as SimKind).skill) * this.#duty.readers.size;
    if (declined > 0 && this.#random.uniform() < declined) this.#decline(reader, waiting, now);
    else if (lost > 0 && this.#random.uniform() < lost) this.#lose(reader, waiting, now);
    else this.#take(reader, waiting, now);
  }

  #take(reader: SimReader, waiting: Waiting, now: number): void {
    const { at } = waiting;
    const readMs = (this.#arrivals.readMinutes[at]! * MINUTE_MS) / this.#scenario.roster.readingShareOfShift;
    this.#outcome.startMs[at] = now;
    this.#outcome.endMs[at] = now + readMs;
    reader.isBusy = true;
    this.#busy.push(now + readMs, () => this.#end(reader, waiting, now, readMs));
  }

  #end(reader: SimReader, { class: { kind } }: Waiting, began: number, readMs: number): void {
    const now = began + readMs;
    reader.isBusy = false;
    reader.busyMs += readMs;
    reader.rvu += kind.rvu;
    this.#duty.times.add(reader.id, kind.procedure, readMs);
    if (now < reader.shift.toMs) this.#ask(reader, now);
    else this.#record(reader, now);
  }

  #decline(reader: SimReader, waiting: Waiting, now: number): void {
    this.#outcome.declined += 1;
    this.#arrive({ ...waiting, barred: [...(waiting.barred ?? []), reader.id] }, now);
    this.#ask(reader, now);
  }

  /** The reader is gone for the rest of the shift; the case comes back when the lease has run out. */
  #lose(reader: SimReader, waiting: Waiting, now: number): void {
    this.#outcome.reassigned += 1;
    this.#duty.leave(reader);
    this.#busy.push(now + LEASE_MS, () => this.#arrive({ ...waiting, barred: [reader.id] }, now + LEASE_MS));
  }

  #record(reader: SimReader, until: number): void {
    const { pool, fromMs } = reader.shift;
    this.#outcome.readers.push({ pool, onMs: until - fromMs, busyMs: reader.busyMs, rvu: reader.rvu });
  }

  #waiting(at: number): Waiting {
    const { atMs, skill, client, flagged } = this.#arrivals;
    const isRaised = this.#options.reorder === true && flagged[at] === 1;
    const priority = isRaised ? 0 : this.#arrivals.priority[at]!;
    const of = this.#classOf(skill[at]!, priority, this.#options.breadth === undefined ? 0 : client[at]!);
    return { id: String(at), at, class: of, readyAt: atMs[at]!, dueAt: atMs[at]! + of.kind.slaMs };
  }

  /** Clients are told apart only where readers are privileged at some of them. */
  #classOf(skill: number, priority: number, clientIndex: number): SimClass {
    const { skills, priorities, slaMinutes, rvu } = this.#scenario;
    const number = skill * priorities.length + priority;
    let kind = this.#kinds.get(number);
    if (kind === undefined) {
      const slaMs = slaMinutes[priority]! * MINUTE_MS;
      kind = { skill, procedure: skills[skill]!, priority: requestPriorityOf(priority), slaMs, rvu: rvu[skill]! };
      this.#kinds.set(number, kind);
    }
    const key = number * this.#scenario.clients + clientIndex;
    let of = this.#classes.get(key);
    if (of === undefined) {
      of = { key: String(key), client: String(clientIndex), clientIndex, kind };
      this.#classes.set(key, of);
    }
    return of;
  }

  #privileges(): Uint8Array | undefined {
    const { clients } = this.#scenario;
    const { breadth } = this.#options;
    if (breadth === undefined) {
      this.#outcome.privileges += clients / this.#options.pools;
      return undefined;
    }
    const count = Math.max(1, Math.round(breadth * clients));
    this.#outcome.privileges += count;
    const order = Array.from({ length: clients }, (_, client) => ({ client, at: this.#random.uniform() }));
    const privileges = new Uint8Array(clients);
    for (const { client } of order.sort((a, b) => a.at - b.at).slice(0, count)) privileges[client] = 1;
    return privileges;
  }
}
