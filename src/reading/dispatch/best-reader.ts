// The other direction: who of those that are free is to be given a case. Used for offers, and where readers were free before
// the case came.

import { isFor } from './class-queues.ts';
import { tardinessCost } from './tardiness-cost.ts';
import type { AskingReader, WaitingCase } from './waiting-case.ts';

export interface FreeReader extends AskingReader {
  /** Share of those on duty that may read the rarest of what this reader may read, in (0, 1]: specialists are kept free. */
  rarest: number;
  freeSince: number;
}

/** The reader whom a case costs least; undefined where nobody may have it. */
export function bestReader<R extends FreeReader>(waiting: WaitingCase, free: Iterable<R>, now: number): R | undefined {
  let best: R | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const reader of free) {
    if (!isFor(waiting, reader)) continue;
    const score = readerScore(waiting, reader, now);
    if (score < bestScore) continue;
    if (score === bestScore && best !== undefined && best.freeSince <= reader.freeSince) continue;
    best = reader;
    bestScore = score;
  }
  return best;
}

/** What the case is worth with this reader, less what else they alone could do, and less for whoever did more than others. */
export function readerScore(waiting: WaitingCase, reader: FreeReader, now: number): number {
  return (tardinessCost(waiting, reader, now) * Math.sqrt(reader.rarest)) / Math.max(0.5, Math.min(2, reader.pace));
}
