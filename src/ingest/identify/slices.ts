// Long work in short slices, so that whoever else has something to do in this process waits for milliseconds, not seconds.

import { setImmediate as othersTurn } from 'node:timers/promises';

export const limits = {
  /** How long others wait. */
  sliceMs: 8,
} as const;

/** Does all steps; one must be short. Rejects with the reason of `signal` once that is aborted. */
export async function inSlices(steps: Iterable<unknown>, signal?: AbortSignal): Promise<void> {
  let until = performance.now() + limits.sliceMs;
  for (const _ of steps) {
    if (performance.now() < until) continue;
    await othersTurn();
    signal?.throwIfAborted();
    until = performance.now() + limits.sliceMs;
  }
}
