// What of a consignment goes over a line now, object by object or told of in one message, and what the ledger makes of it.

import type { Settled, Waiting } from '../storage/ledger.ts';
import { limits as backOff } from './back-off.ts';
import type { Form, Line, Outcome } from './line.ts';

/** Of one object; `attempts`: with this one. */
export type SettledNow = Settled & { attempts: number };

/**
 * Each as it is settled, in order; the end where one is to be sent later: those behind it wait with it, for a receiver
 * without room has none for them, and a study arrives in its order. Rejects as the line does.
 */
export async function* sendWaiting(
  line: Line,
  waiting: readonly (Waiting & { isGone: boolean })[],
  form: Form,
  isStopping: () => boolean,
): AsyncGenerator<SettledNow> {
  const here = waiting.filter(({ isGone }) => !isGone);
  for (const { id, attempts, isGone } of waiting) if (isGone) yield { instance: id, state: 'withdrawn', attempts };
  if (here.length === 0) return;
  if ('tell' in line) {
    const outcome = await line.tell(here, form);
    for (const object of here) yield settledOf(object, outcome);
    return;
  }
  line.prepare?.(here, form);
  for (const object of here) {
    if (isStopping()) return;
    const settled = settledOf(object, await line.send(object, form));
    yield settled;
    if (settled.state === 'queued') return;
  }
}

/** `attempts`: before this one. */
export function settledOf({ id, attempts: before }: Pick<Waiting, 'id' | 'attempts'>, outcome: Outcome): SettledNow {
  const attempts = before + 1;
  const status = outcome.status === undefined ? {} : { status: outcome.status };
  const object = { instance: id, attempts, ...status };
  if ('taken' in outcome) {
    const { proof, isVerified, sentAs } = outcome;
    return {
      ...object,
      state: isVerified ? 'verified' : 'accepted',
      ...(proof && { proof }),
      ...(sentAs && { sentAs }),
    };
  }
  if ('refused' in outcome) {
    const { refused: problem, reason } = outcome;
    return { ...object, state: 'failed', problem, ...(reason && { reason }) };
  }
  return { ...object, state: attempts >= backOff.attempts ? 'failed' : 'queued', problem: outcome.later };
}
