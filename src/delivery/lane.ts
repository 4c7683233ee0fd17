// Everything that this node sends to one destination: the most urgent consignment first, a few objects at a time, over as
// many lines as the destination keeps up with. When it cannot be reached nothing is tried but by one line, now and then.

import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../base/log.ts';
import { asProblem } from '../base/problem.ts';
import {
  type NoteOutcome,
  rejectedCopies,
  settleNote,
  takeNote,
  type WaitingNote,
} from '../storage/correction-notes.ts';
import { noteSentUnder } from '../storage/corrections.ts';
import type { Database } from '../storage/database.ts';
import { reportDestination, type StoredDestination } from '../storage/destinations.ts';
import {
  type Consignment,
  holdOn,
  limits as ledger,
  nextDue,
  putBack,
  releaseHeld,
  type Settled,
  settle,
  takeConsignment,
  type Waiting,
  waitingOf,
} from '../storage/ledger.ts';
import { settleVerified, takeToVerify } from '../storage/ledger-verify.ts';
import { limits as backOff, pauseMs } from './back-off.ts';
import { correctionNote } from './correction-note.ts';
import { formOf } from './form-of.ts';
import type { Line, Outcome } from './line.ts';
import { Pace } from './pace.ts';
import { asReceived, type SentPatient } from './sent-patient.ts';
import { verifyConsignment } from './verify.ts';

export const limits = {
  /** Lines to one destination, where its settings say nothing. */
  lines: 4,
  /** How long a line that has nothing to send stays open. */
  idleLineMs: 10_000,
  /** Looks by itself so often: another node may have ended with what it held. */
  lookMs: 30_000,
  /** How long what is on the wire may take when the node stops, and what was broken off to end. */
  closeMs: 4_000,
  abortMs: 500,
  /** Between attempts to write what became of objects, while the catalogue is away. */
  writeAgainMs: 250,
} as const;

export interface LaneOptions {
  database: Database;
  log: Log;
  destination: StoredDestination;
  /** The name of this node. */
  holder: string;
  open(): Line;
  /** Under whom objects of a consignment leave; `isCurrent`: once everything that is logged until now is known. */
  patientOf(consignment: Consignment, isCurrent: boolean): Promise<SentPatient>;
  /** Lines at once; `limits.lines` where absent. */
  lines?: number;
}

export class Lane {
  readonly #options: LaneOptions;
  readonly #idle: { line: Line; timer: NodeJS.Timeout }[] = [];
  readonly #working = new Set<Promise<void>>();
  /** Lines over which something is sent. */
  readonly #active = new Set<Line>();
  readonly #pace = new Pace();
  /** Lines that the destination has shown to keep up with. */
  #width = 1;
  /** Times in a row that it could not be reached. */
  #failures = 0;
  /** Not at first: the node before may have left a trouble on record. */
  #isKnownToBeWell = false;
  #timer: NodeJS.Timeout | undefined;
  #quietUntil = 0;
  /** Something may wait that no line has looked for. */
  #isBehind = false;
  /** The catalogue failed while something was taken: it may be held for us, and we do not know of it. */
  #isInDoubt = false;
  #isClosing = false;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** Whether it could be reached the last time. */
  get isReachable(): boolean {
    return this.#failures === 0;
  }

  /** Something may wait. */
  look(): void {
    const now = Date.now();
    if (this.#isClosing || this.#options.destination.pausedAt !== undefined) return;
    if (now < this.#quietUntil) this.#lookAt(this.#quietUntil);
    else if (this.#working.size < this.#width) this.#start();
    // Whoever works may have looked already for the last time.
    else this.#isBehind = true;
  }

  /** Lets what is on the wire arrive, for a while: what does not is sent again. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#timer);
    const worked = Promise.all(this.#working);
    const patience = new AbortController();
    const late = delay(limits.closeMs, undefined, { signal: patience.signal, ref: false }).catch(() => undefined);
    await Promise.race([worked, late]);
    patience.abort();
    for (const line of this.#active) line.abort();
    await Promise.race([worked, delay(limits.abortMs, undefined, { ref: false })]);
    for (const { line, timer } of this.#idle.splice(0)) {
      clearTimeout(timer);
      await line.close().catch(() => undefined);
    }
  }

  #start(): void {
    // Not before it is counted as working.
    const work = Promise.resolve()
      .then(() => this.#work())
      .catch((thrown) => {
        this.#options.log.warn({ code: asProblem(thrown).code }, 'deliveries cannot be read just now');
        this.#isInDoubt = true;
        this.#lookAt(Date.now() + backOff.firstMs);
      })
      .finally(() => {
        this.#working.delete(work);
        if (!this.#isBehind) return;
        this.#isBehind = false;
        this.look();
      });
    this.#working.add(work);
  }

  async #work(): Promise<void> {
    const { database, destination, holder } = this.#options;
    let line: Line | undefined;
    try {
      while (!this.#isClosing && Date.now() >= this.#quietUntil) {
        // Nobody else of us holds anything: what is held is what nobody knows of.
        if (this.#isInDoubt && this.#working.size === 1) {
          await releaseHeld(database, holder, destination.id);
          this.#isInDoubt = false;
        }
        const note = await takeNote(database, destination.id, holder);
        const consignment = note === undefined ? await takeConsignment(database, destination.id, holder) : undefined;
        // Another line takes another study, if there is one: this one's order is kept.
        if (consignment !== undefined) this.look();
        line ??= this.#openLine();
        this.#active.add(line);
        if (note !== undefined) await this.#tell(line, note);
        else if (consignment !== undefined) await this.#deliver(line, consignment);
        else if (!(await this.#verifyNext(line))) break;
      }
    } finally {
      if (line !== undefined) {
        this.#active.delete(line);
        this.#rest(line);
      }
    }
    const due = this.#isClosing ? undefined : await nextDue(database, destination.id);
    this.#lookAt(Math.min(due?.getTime() ?? Infinity, Date.now() + limits.lookMs));
  }

  async #deliver(line: Line, consignment: Consignment): Promise<void> {
    const { database, holder } = this.#options;
    const settled: Settled[] = [];
    let retryAt: Date | undefined;
    let isDone = false;
    const hold = setInterval(
      () => void holdOn(database, consignment, holder).catch(() => undefined),
      (ledger.holdSeconds * 1000) / 3,
    );
    try {
      const waiting = await waitingOf(database, consignment.id);
      isDone = waiting.length === 0;
      const patient = isDone ? { label: asReceived } : await this.#patientOf(consignment);
      const form = formOf(consignment, this.#pace, patient);
      line.prepare(waiting, form);
      for (const object of waiting) {
        if (this.#isClosing) break;
        const outcome: Settled = object.isGone
          ? { instance: object.id, state: 'withdrawn' }
          : settledOf(object, await line.send(object, form));
        settled.push(outcome);
        if (outcome.state !== 'queued') continue;
        // Those behind it wait with it: a receiver without room has none for them, and a study arrives in its order.
        retryAt = new Date(Date.now() + pauseMs(object.attempts + 1));
        this.#width = 1;
        break;
      }
      if (waiting.length > 0 && retryAt === undefined) await this.#keepsUp();
    } catch (thrown) {
      if (isAway(thrown)) throw thrown;
      await this.#cannotBeReached(asProblem(thrown).code);
    } finally {
      clearInterval(hold);
      await this.#write(() => settle(database, consignment.id, settled));
      const verifyAt = isDone && line.questions ? new Date(Date.now() + line.questions.askAfterMs) : undefined;
      const state = { isDone, ...(retryAt && { retryAt }), ...(verifyAt && { verifyAt }) };
      await this.#write(() => putBack(database, consignment, holder, state));
    }
  }

  /** What a receiver said must not be forgotten: it would be sent the same again. */
  async #write(work: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await work();
      } catch (thrown) {
        if (this.#isClosing || !isAway(thrown)) throw thrown;
        await delay(limits.writeAgainMs);
      }
    }
  }

  /** The ledger knows of a patient before a receiver does: what is found out later is found out of all copies. */
  async #patientOf(consignment: Consignment): Promise<SentPatient> {
    const { database, patientOf } = this.#options;
    const known = new Set(consignment.patients);
    let patient = await patientOf(consignment, false);
    while (!known.has(patient.label)) {
      await noteSentUnder(database, consignment.id, patient.label);
      known.add(patient.label);
      patient = await patientOf(consignment, true);
    }
    return patient;
  }

  async #tell(line: Line, note: WaitingNote): Promise<void> {
    const { database, holder } = this.#options;
    let outcome: NoteOutcome = { state: 'queued' };
    try {
      const settled = settledOf(
        note,
        await line.sendMade(correctionNote(note, await rejectedCopies(database, note.id))),
      );
      const { status, problem } = settled;
      const state = settled.state === 'queued' || settled.state === 'failed' ? settled.state : 'sent';
      outcome = { state, ...(status !== undefined && { status }), ...(problem && { problem }) };
      if (state === 'queued') outcome.retryAt = new Date(Date.now() + pauseMs(note.attempts + 1));
    } catch (thrown) {
      if (isAway(thrown)) throw thrown;
      await this.#cannotBeReached(asProblem(thrown).code);
      outcome = { state: 'queued', problem: asProblem(thrown).code, retryAt: new Date(this.#quietUntil) };
    }
    await this.#write(() => settleNote(database, note.id, holder, outcome));
  }

  /** Resolves to whether one was due. */
  async #verifyNext(line: Line): Promise<boolean> {
    const { database, destination, holder } = this.#options;
    if (line.questions === undefined) return false;
    const consignment = await takeToVerify(database, destination.id, holder);
    if (consignment === undefined) return false;
    try {
      await verifyConsignment(database, holder, line.questions, consignment);
    } catch (thrown) {
      if (isAway(thrown)) throw thrown;
      await this.#cannotBeReached(asProblem(thrown).code);
      const askAgainAt = new Date(this.#quietUntil);
      await settleVerified(database, consignment.id, holder, { verified: [], lost: [], attempts: 0, askAgainAt });
    }
    return true;
  }

  async #keepsUp(): Promise<void> {
    if (!this.#isKnownToBeWell)
      await reportDestination(this.#options.database, this.#options.destination.id, undefined);
    this.#isKnownToBeWell = true;
    this.#failures = 0;
    this.#width = Math.min(this.#width + 1, this.#options.lines ?? limits.lines);
  }

  async #cannotBeReached(code: string): Promise<void> {
    const { database, destination, log } = this.#options;
    this.#failures += 1;
    this.#isKnownToBeWell = false;
    this.#width = 1;
    this.#quietUntil = Date.now() + pauseMs(this.#failures);
    log.warn({ destination: destination.name, code, failures: this.#failures }, 'a destination takes nothing just now');
    await reportDestination(database, destination.id, code);
  }

  #lookAt(at: number): void {
    if (this.#isClosing) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.look(), Math.max(at - Date.now(), 1)).unref();
  }

  #openLine(): Line {
    const resting = this.#idle.pop();
    if (resting === undefined) return this.#options.open();
    clearTimeout(resting.timer);
    return resting.line;
  }

  /** The next study may come soon, and an association costs several round trips. */
  #rest(line: Line): void {
    const timer = setTimeout(() => {
      this.#idle.splice(
        this.#idle.findIndex((resting) => resting.line === line),
        1,
      );
      line.close().catch(() => undefined);
    }, limits.idleLineMs).unref();
    this.#idle.push({ line, timer });
  }
}

/** The catalogue, not the destination. */
const isAway = (thrown: unknown): boolean => ['storage/unavailable', 'storage/full'].includes(asProblem(thrown).code);

function settledOf({ id, attempts }: Pick<Waiting, 'id' | 'attempts'>, outcome: Outcome): Settled {
  const instance = id;
  const status = outcome.status === undefined ? {} : { status: outcome.status };
  if ('taken' in outcome) {
    const { sentAs } = outcome;
    return { instance, state: 'accepted', ...status, ...(sentAs && { sentAs }) };
  }
  if ('refused' in outcome) {
    const { refused: problem, reason } = outcome;
    return { instance, state: 'failed', problem, ...status, ...(reason && { reason }) };
  }
  const state = attempts + 1 >= backOff.attempts ? 'failed' : 'queued';
  return { instance, state, problem: outcome.later, ...status };
}
