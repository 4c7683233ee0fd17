// Room on the disk: new objects are refused before it is full, so that the database can still write its log, and reads and
// their audit rows go on. Where there is room again, so are new objects.

import { statfs } from 'node:fs/promises';
import type { Clock } from '../../base/clock.ts';

export const limits = {
  /** New objects are refused when less than this is free … */
  spareBytes: 64 * 1024 * 1024,
  /** … or than this part of the disk, where that is less: a small disk is not full from the start. */
  sparePart: 0.05,
  /** How long a measurement holds. */
  freshMs: 250,
} as const;

export class DiskSpace {
  readonly #folder: string;
  readonly #clock: Clock;
  #measuredAt = Number.NEGATIVE_INFINITY;
  #measuring: Promise<void> | undefined;
  #room = true;
  /** What new objects may take. */
  #roomBytes = Number.POSITIVE_INFINITY;

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** Whether there was room for new objects at the last measurement; begins a new one when that is old. */
  get room(): boolean {
    if (this.#clock.monotonicMs() - this.#measuredAt > limits.freshMs) void this.measure();
    return this.#room;
  }

  /** Whether there was room for so many bytes. */
  roomFor(sizeBytes: number): boolean {
    return this.room && sizeBytes <= this.#roomBytes;
  }

  /** A write failed for lack of room: there is none until the next measurement finds some. */
  full(): void {
    this.#room = false;
    this.#measuredAt = this.#clock.monotonicMs();
  }

  measure(): Promise<void> {
    this.#measuring ??= this.#measure().finally(() => {
      this.#measuring = undefined;
    });
    return this.#measuring;
  }

  async #measure(): Promise<void> {
    this.#measuredAt = this.#clock.monotonicMs();
    const { bavail, bsize, blocks } = await statfs(this.#folder);
    this.#roomBytes = bavail * bsize - Math.min(limits.spareBytes, blocks * bsize * limits.sparePart);
    this.#room = this.#roomBytes > 0;
  }
}
