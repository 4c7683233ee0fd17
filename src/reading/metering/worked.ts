// What a reading took, from its log: images, and minutes in front of them.

import type { CaseEvent } from '../case/case-event.ts';

/** At the last time the case was ready, and what came later. */
export function imagesOf(events: readonly CaseEvent[]): number {
  let images = 0;
  for (const event of events) {
    if (event.kind === 'ready') images = event.instances;
    else if (event.kind === 'changed' && event.what === 'late-images') images = Math.max(images, event.instances ?? 0);
  }
  return images;
}

/** Milliseconds that the case was open at a reader's, of all readers or of one: parked is not open. */
export function openMs(events: readonly CaseEvent[], reader?: string): number {
  let [sum, since] = [0, undefined as number | undefined];
  let holder: string | undefined;
  for (const event of events) {
    if (event.kind === 'opened' || event.kind === 'resumed') {
      since ??= event.at;
      holder = event.reader;
    } else if (since !== undefined && closing.has(event.kind)) {
      if (reader === undefined || reader === holder) sum += Math.max(0, event.at - since);
      since = undefined;
    }
  }
  return sum;
}

const closing: ReadonlySet<CaseEvent['kind']> = new Set([
  'parked',
  'requeued',
  'preliminary-signed',
  'final-signed',
  'cancelled',
  'rejected',
  'entered-in-error',
]);
