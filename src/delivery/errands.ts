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
  waitingOf,
} from '../storage/ledger.ts';
import { putOff, takeToVerify } from '../storage/ledger-verify.ts';
import { pauseMs } from './back-off.ts';
import { askToCommit } from './commitment.ts';
import { sendWaiting, settledOf } from './consignment.ts';
import { correctionNote } from './correction-note.ts';
import { formOf, toldOf } from './form-of.ts';
import type { Line, ObjectLine, Outcome } from './line.ts';
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
      const waiting = await waitingOf(database, consignment.id, 'tell' in line ? ledger.told : ledger.objects);
      isDone = waiting.length === 0;
      const patient = isDone ? { label: asReceived } : await this.#patientOf(consignment);
      const form = 'tell' in line ? toldOf(consignment, patient) : formOf(consignment, this.#pace, patient);
      for await (const outcome of sendWaiting(line, waiting, form, () => this.#lane.isClosing())) {
        settled.push(outcome);
        if (outcome.state !== 'queued') continue;
        retryAt ??= new Date(Date.now() + pauseMs(outcome.attempts));
        this.#lane.hasNoRoom();
      }
      if (waiting.length > 0 && retryAt === undefined) await this.#lane.keepsUp();
    } catch (thrown) {
      if (isAway(thrown)) throw thrown;
      await this.#lane.cannotBeReached(asProblem(thrown).code);
    } finally {
      clearInterval(hold);
      await this.#write(() => settle(database, consignment.id, settled));
      const asked = isDone ? questionsOf(line) : undefined;
      const verifyAt = asked && new Date(Date.now() + asked.askAfterMs);
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
      const settled = settledOf(note, await this.#sendNote(line, note));
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

  /**
   * A receiver that is told of studies has no copies of ours, whatever it had when the note was written; what it was told is
   * wrong until it is told again.
   */
  async #sendNote(line: Line, note: WaitingNote): Promise<Outcome> {
    if ('tell' in line) return line.replaces ? { taken: true } : { refused: 'delivery/refused' };
    return line.sendMade(correctionNote(note, await rejectedCopies(this.#options.database, note.id)));
  }

  /** Resolves to whether one was due. */
  async verifyNext(line: Line): Promise<boolean> {
    const { database, destination, holder } = this.#options;
    const questions = questionsOf(line);
    if (questions === undefined) return false;
    const consignment = await takeToVerify(database, destination.id, holder);
    if (consignment === undefined) return false;
    try {
      const { commitment } = line as ObjectLine;
      const isAsked =
        consignment.tries === 0 && commitment && (await askToCommit(database, holder, commitment, consignment));
      if (!isAsked) await verifyConsignment(database, holder, questions, consignment);
    } catch (thrown) {
      if (isAway(thrown)) throw thrown;
      const askAgainAt = await this.#lane.cannotBeReached(asProblem(thrown).code);
      await putOff(database, consignment.id, holder, { askAgainAt });
    }
    return true;
  }
}

/** The catalogue, not the destination. */
const isAway = (thrown: unknown): boolean => ['storage/unavailable', 'storage/full'].includes(asProblem(thrown).code);

const questionsOf = (line: Line) => ('tell' in line ? undefined : line.questions);
