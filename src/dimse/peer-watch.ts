// Watches that a peer makes progress: that the next PDU comes, and that what we send is taken. Restarted by whole PDUs,
// not by bytes: a peer that sends one byte a second makes no progress.

import { Deadline, type Timers } from '../base/timers.ts';
import type { DimseLimits } from './limits.ts';

export class PeerWatch {
  readonly #limits: DimseLimits;
  readonly #silent: Deadline;
  readonly #stuck: Deadline;
  /** PDUs begun, and whether one was unfinished, when last looked at. */
  #count = -1;
  #within = false;

  /** `stalled` is called with the reason, once for each time the watch was set. */
  constructor(timers: Timers, limits: DimseLimits, stalled: (reason: string) => void) {
    this.#limits = limits;
    this.#silent = new Deadline(timers, () => stalled('the peer went silent'));
    this.#stuck = new Deadline(timers, () => stalled('the peer takes nothing that is sent'));
  }

  /** The peer is to do something within `ms`. */
  expect(ms: number): void {
    this.#silent.set(ms);
  }

  /** It is our turn: silence is no fault of the peer. */
  expectNothing(): void {
    this.#silent.clear();
    this.#count = -1;
  }

  /** Bytes were read: `count` PDUs have begun, the last of them is unfinished or not. */
  read(count: number, within: boolean, patienceMs: number): void {
    if (count === this.#count && within === this.#within) return;
    this.#count = count;
    this.#within = within;
    this.#silent.set(within ? this.#limits.stalledMessageMs : patienceMs);
  }

  /** Something was handed to the system, or taken by it; `waitingBytes` are left. */
  sent(waitingBytes: number): void {
    if (waitingBytes > 0) this.#stuck.set(this.#limits.stalledSendMs);
    else this.#stuck.clear();
  }

  close(): void {
    this.#silent.close();
    this.#stuck.close();
  }
}
