// A log for tests that wait for what it is told.

import { type Log, silentLog } from '../../src/base/log.ts';

export function listeningLog(): { log: Log; heard(event: string): Promise<void> } {
  const waiting = new Map<string, () => void>();
  const hear = (_: object, event: string) => waiting.get(event)?.();
  return {
    log: { ...silentLog, info: hear, warn: hear, error: hear },
    /** Resolves at the next line about `event`. */
    heard: (event) => new Promise((resolve) => waiting.set(event, resolve)),
  };
}
