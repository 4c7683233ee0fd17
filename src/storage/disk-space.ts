// Room on the disk: new objects stop before it is full, and a reserve file is given up when it is, so that the database
// can still write its log and reads and their audit rows go on. Where there is room again, the reserve comes back.

import { open, stat, statfs, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../base/clock.ts';

export const limits = {
  reserveBytes: 32 * 1024 * 1024,
  /** New objects are refused when less than this is free … */
  spareBytes: 64 * 1024 * 1024,
  /** … or than this part of the disk, where that is less: a small disk is not full from the start. */
  sparePart: 0.05,
  /** How long a measurement holds. */
  freshMs: 250,
} as const;

export class DiskSpace {
  readonly #folder: string;
  readonly #reserve: string | undefined;
  readonly #clock: Clock;
  #measuredAt = Number.NEGATIVE_INFINITY;
  #measuring: Promise<void> | undefined;
  #room = true;
  #reserveHeld = false;

  /** `folder` takes the objects, `dataDir` the reserve (and the embedded database); without it there is no reserve. */
  constructor(folder: string, dataDir: string | undefined, clock: Clock) {
    this.#folder = folder;
    this.#reserve = dataDir && path.join(dataDir, 'reserve');
    this.#clock = clock;
  }

  /** Whether there was room for new objects at the last measurement; begins a new one when that is old. */
  get room(): boolean {
    if (this.#clock.monotonicMs() - this.#measuredAt > limits.freshMs) void this.measure();
    return this.#room;
  }

  measure(): Promise<void> {
    this.#measuring ??= this.#measure().finally(() => {
      this.#measuring = undefined;
    });
    return this.#measuring;
  }

  /** A write failed for lack of room: gives up the reserve, and refuses new objects until a measurement finds room. */
  async full(): Promise<void> {
    this.#room = false;
    this.#measuredAt = this.#clock.monotonicMs();
    this.#reserveHeld = false;
    if (this.#reserve) await unlink(this.#reserve).catch(() => undefined);
  }

  async #measure(): Promise<void> {
    const { bavail, bsize, blocks } = await statfs(this.#folder);
    const free = bavail * bsize;
    const spare = Math.min(limits.spareBytes, blocks * bsize * limits.sparePart);
    this.#measuredAt = this.#clock.monotonicMs();
    this.#room = free > spare;
    if (!this.#room) await this.full();
    else if (this.#reserve && !this.#reserveHeld && free > spare + 2 * limits.reserveBytes) {
      this.#reserveHeld = true;
      // Nobody waits for it.
      void holdReserve(this.#reserve).catch(() => {
        this.#reserveHeld = false;
      });
    }
  }
}

async function holdReserve(reserve: string): Promise<void> {
  const held = await stat(reserve).catch(() => undefined);
  if (held !== undefined && held.size >= limits.reserveBytes) return;
  const file = await open(reserve, 'w', 0o600);
  try {
    // Written, not seeked over: a hole would reserve nothing.
    const zeros = new Uint8Array(1024 * 1024);
    for (let at = 0; at < limits.reserveBytes; at += zeros.length) await file.write(zeros);
    await file.datasync();
  } catch (thrown) {
    await unlink(reserve).catch(() => undefined);
    throw thrown;
  } finally {
    await file.close();
  }
}
