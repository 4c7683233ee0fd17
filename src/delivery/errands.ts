// What is done over a line to a destination: objects of a consignment, the rejection note of a correction, the question whether
// the receiver has what it accepted. What becomes of them is in the ledger before the next is begun.

import { setTimeout as delay } from 'node:timers/promises';
import { asProblem } from '../base/problem.ts';
import { type NoteOutcome, rejectedCopies, settleNote, type WaitingNote } from '../storage/correction-notes.ts';
import { noteSentUnder } from '../storage/corrections.ts';
import type { Database } from '../storage/database.ts';
import type { StoredDestination } from '../storage/destinations.ts';
import {
  type Consignment,
  holdOn,
  limits as ledger,
  putBack,
  type Settled,
  settle,
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
  /** Between attempts to write what became of objects, while the catalogue is away. */
  writeAgainMs: 250,
} as const;

export interface ErrandsOptions {
  database: Database;
  destination: StoredDestination;
  /** The name of this node. */
  holder: string;
  /** Under whom objects of a consignment leave; `isCurrent`: once everything that is logged until now is known. */
  patientOf(consignment: Consignment, isCurrent: boolean): Promise<SentPatient>;
}

/** What the lane makes of how a destination behaves. */
export interface LaneOfErrands {
  isClosing(): boolean;
  keepsUp(): Promise<void>;
  hasNoRoom(): void;
  /** Resolves to when it is tried again. */
  cannotBeReached(code: string): Promise<Date>;
}

export class Errands {
  readonly #options: ErrandsOptions;
  readonly #lane: LaneOfErrands;
  readonly #pace = new Pace();

  constructor(options: ErrandsOptions, lane: LaneOfErrands) {
    this.#options = options;
    this.#lane = lane;
  }

  async deliver(line: Line, consignment: Consignment): Promise<void> {
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
        if (this.#lane.isClosing()) break;
        const outcome: Settled = object.isGone
          ? { instance: object.id, state: 'withdrawn' }
          : settledOf(object, await line.send(object, form));
        settled.push(outcome);
        if (outcome.state !== 'queued') continue;
        // Those behind it wait with it: a receiver without room has none for them, and a study arrives in its order.
        retryAt = new Date(Date.now() + pauseMs(object.attempts + 1));
        this.#lane.hasNoRoom();
        break;
      }
      if (waiting.length > 0 && retryAt === undefined) await this.#lane.keepsUp();
    } catch (thrown) {
      if (isAway(thrown)) throw thrown;
      await this.#lane.cannotBeReached(asProblem(thrown).code);
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
        if (this.#lane.isClosing() || !isAway(thrown)) throw thrown;
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

  async tell(line: Line, note: WaitingNote): Promise<void> {
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
      const { code } = asProblem(thrown);
      outcome = { state: 'queued', problem: code, retryAt: await this.#lane.cannotBeReached(code) };
    }
    await this.#write(() => settleNote(database, note.id, holder, outcome));
  }

  /** Resolves to whether one was due. */
  async verifyNext(line: Line): Promise<boolean> {
    const { database, destination, holder } = this.#options;
    if (line.questions === undefined) return false;
    const consignment = await takeToVerify(database, destination.id, holder);
    if (consignment === undefined) return false;
    try {
      await verifyConsignment(database, holder, line.questions, consignment);
    } catch (thrown) {
      if (isAway(thrown)) throw thrown;
      const askAgainAt = await this.#lane.cannotBeReached(asProblem(thrown).code);
      await settleVerified(database, consignment.id, holder, { verified: [], lost: [], attempts: 0, askAgainAt });
    }
    return true;
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
