// Puts what is known of persons away while the node is idle, so that its next start need not read the whole log.

import { asProblem } from '../../base/problem.ts';
import type { Core } from '../core.ts';
import type { Idleness } from '../idleness.ts';

const limits = {
  /** Between two looks whether enough is new. */
  lookMs: 60_000,
  /** A node that is never idle does it all the same, after so long. */
  patienceMs: 600_000,
} as const;

export interface IdentitySnapshots {
  close(): Promise<void>;
}

export function startIdentitySnapshots(core: Core, idleness: Idleness): IdentitySnapshots {
  const closing = new AbortController();
  let running: Promise<void> | undefined;

  async function look(): Promise<void> {
    try {
      const { people } = await core.identity();
      if (!people.isSaveDue) return;
      const patience = AbortSignal.any([closing.signal, AbortSignal.timeout(limits.patienceMs)]);
      await Promise.race([idleness.rest(), new Promise((resolve) => patience.addEventListener('abort', resolve))]);
      if (!closing.signal.aborted) await people.save();
    } catch (thrown) {
      core.log.warn({ code: asProblem(thrown).code }, 'what is known of persons could not be put away');
    }
  }

  const timer = setInterval(() => {
    running ??= look().finally(() => {
      running = undefined;
    });
  }, limits.lookMs).unref();
  return {
    async close() {
      clearInterval(timer);
      closing.abort();
      await running;
    },
  };
}
