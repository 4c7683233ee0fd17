// How fast bytes go over the lines to one destination, where rules say how much of it they may take: a token bucket that all
// of its lines on this node share.

import { setTimeout as pause } from 'node:timers/promises';
import { type BandwidthWindow, megabitsPerSecondAt } from '../routing/window.ts';

export const limits = {
  /** What was not used of the line is not made up for beyond this. */
  burstMs: 100,
  /** Bytes that go at once. */
  pieceBytes: 64 * 1024,
} as const;

export interface Bandwidth {
  windows: readonly BandwidthWindow[];
  /** IANA name. */
  zone: string;
}

export class Pace {
  /** When the line is free again, by `performance.now()`. */
  #freeAt = 0;

  async *through(chunks: AsyncIterable<Uint8Array>, { windows, zone }: Bandwidth): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += limits.pieceBytes) {
        const piece = chunk.subarray(at, at + limits.pieceBytes);
        const megabitsPerSecond = megabitsPerSecondAt(windows, new Date(), zone);
        if (megabitsPerSecond !== undefined) await this.#take(piece.length, megabitsPerSecond);
        yield piece;
      }
    }
  }

  async #take(bytes: number, megabitsPerSecond: number): Promise<void> {
    const now = performance.now();
    this.#freeAt = Math.max(this.#freeAt, now - limits.burstMs) + (bytes * 8) / (megabitsPerSecond * 1000);
    if (this.#freeAt > now) await pause(this.#freeAt - now);
  }
}
