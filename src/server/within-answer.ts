// What is asked for and may take longer than an answer: it goes on afterwards.

import { setTimeout as delay } from 'node:timers/promises';

export const limits = {
  /** How long an answer waits for what was asked. A connection may be silent for longer. */
  answerMs: 30_000,
} as const;

/** What `work` resolves to; undefined where it takes longer than an answer may. Rejects when `closing` aborts. */
export async function withinAnswer<T>(work: Promise<T>, closing: AbortSignal): Promise<T | undefined> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, closing]);
  try {
    return await Promise.race([work, delay(limits.answerMs, undefined, { signal, ref: false })]);
  } finally {
    over.abort();
  }
}
