// Everything that this node sends to one destination: the most urgent consignment first, a few objects at a time, over as
// many lines as the destination keeps up with. When it cannot be reached nothing is tried but by one line, now and then.

import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../base/log.ts';
import { asProblem } from '../base/problem.ts';
import { takeNote } from '../storage/correction-notes.ts';
import { reportDestination } from '../storage/destinations.ts';
import { nextDue, releaseHeld, takeConsignment } from '../storage/ledger.ts';
import { limits as backOff, pauseMs } from './back-off.ts';
import { Errands, type ErrandsOptions } from './errands.ts';
import { IdleLines } from './idle-lines.ts';
import type { Line } from './line.ts';

export const limits = {
  /** Lines to one destination, where its settings say nothing. */
  lines: 4,
  /** Looks by itself so often: another node may have ended with what it held. */
  lookMs: 30_000,
  /** How long what is on the wire may take when the node stops, and what was broken off to end. */
  closeMs: 4_000,
  abortMs: 500,
} as const;

export interface LaneOptions extends ErrandsOptions {
  log: Log;
  open(): Line;
  /** Lines at once; `limits.lines` where absent. */
  lines?: number;
}

export class Lane {
  readonly #options: LaneOptions;
  readonly #idle = new IdleLines();
  readonly #working = new Set<Promise<void>>();
  /** Lines over which something is sent. */
  readonly #active = new Set<Line>();
  readonly #errands: Errands;
  /** Lines that the destination has shown to keep up with. */
  #width = 1;
  /** Times in a row that it could not be reached. */
  #failures = 0;
  /** Not at first: the node before may have left a trouble on record. */
  #isKnownToBeWell = false;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = 0;
  #quietUntil = 0;
  /** Something may wait that no line has looked for. */
  #isBehind = false;
  /** The catalogue failed while something was taken: it may be held for us, and we do not know of it. */
  #isInDoubt = false;
  #isClosing = false;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#errands = new Errands(options, {
      isClosing: () => this.#isClosing,
      keepsUp: () => this.#keepsUp(),
      hasNoRoom: () => (this.#width = 1),
      cannotBeReached: (code) => this.#cannotBeReached(code),
    });
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
    await this.#idle.close();
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
        line ??= this.#idle.take() ?? this.#options.open();
        this.#active.add(line);
        if (note !== undefined) await this.#errands.tell(line, note);
        else if (consignment !== undefined) await this.#errands.deliver(line, consignment);
        else if (!(await this.#errands.verifyNext(line))) break;
      }
    } finally {
      if (line !== undefined) {
        this.#active.delete(line);
        this.#idle.rest(line);
      }
    }
    const due = this.#isClosing ? undefined : await nextDue(database, destination.id);
    this.#lookAt(Math.min(due?.getTime() ?? Infinity, Date.now() + limits.lookMs));
  }

  async #keepsUp(): Promise<void> {
    if (!this.#isKnownToBeWell)
      await reportDestination(this.#options.database, this.#options.destination.id, undefined);
    this.#isKnownToBeWell = true;
    this.#failures = 0;
    this.#width = Math.min(this.#width + 1, this.#options.lines ?? limits.lines);
  }

  /** Resolves to when it is tried again. */
  async #cannotBeReached(code: string): Promise<Date> {
    const { database, destination, log } = this.#options;
    this.#failures += 1;
    this.#isKnownToBeWell = false;
    this.#width = 1;
    this.#quietUntil = Date.now() + pauseMs(this.#failures);
    log.warn({ destination: destination.name, code, failures: this.#failures }, 'a destination takes nothing just now');
    await reportDestination(database, destination.id, code);
    return new Date(this.#quietUntil);
  }

  /** The earliest that any line asked for: one that saw nothing due may have looked before another gave something back. */
  #lookAt(at: number): void {
    if (this.#isClosing || (this.#timer !== undefined && this.#timerAt <= at)) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    const look = () => {
      this.#timer = undefined;
      this.look();
    };
    this.#timer = setTimeout(look, Math.max(at - Date.now(), 1)).unref();
  }
}
