// Applies what was kept and never applied: the node stopped in between, or there was no identity then. In the order it came,
// while the doors are open; applying twice what another node applies as well is harmless.

import { setTimeout as delay } from 'node:timers/promises';
import { asProblem } from '../../base/problem.ts';
import { lastWaiting, type WaitingMessage, waitingMessages } from '../../storage/hl7-backlog.ts';
import type { Core } from '../core.ts';
import type { Hl7Intake } from './mllp-handler.ts';

export const limits = {
  /** Before a message is tried again that could not be applied just now. */
  pauseMs: 10_000,
} as const;

export interface Backlog {
  /** Begins. */
  start(): void;
  /** Resolves when all is applied, or it was closed. */
  done: Promise<void>;
  close(): Promise<void>;
}

/** To be opened before the door is: what comes from then on is the door's. */
export async function openBacklog({ database, log }: Core, hl7: Pick<Hl7Intake, 'applyKept'>): Promise<Backlog> {
  const upTo = await lastWaiting(database);
  const closing = new AbortController();
  const { promise: started, resolve: start } = Promise.withResolvers<void>();

  async function run(): Promise<void> {
    await started;
    if (upTo === undefined) return;
    for await (const message of waitingMessages(database, upTo)) {
      while (!closing.signal.aborted && !(await isSettled(message))) {
        await delay(limits.pauseMs, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
      }
      if (closing.signal.aborted) return;
    }
  }

  /** False where it may succeed later. */
  async function isSettled(message: WaitingMessage): Promise<boolean> {
    try {
      await hl7.applyKept(message);
      return true;
    } catch (thrown) {
      const { code, answers } = asProblem(thrown);
      log.warn({ door: 'mllp', code }, 'a kept message could not be applied');
      return !answers.retry;
    }
  }

  const done = run().catch((error) => log.error({ error }, 'kept messages could not be read'));
  return {
    start,
    done,
    close() {
      closing.abort();
      start();
      return done;
    },
  };
}
