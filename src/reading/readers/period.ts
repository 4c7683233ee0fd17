// Half-open periods of ISO 8601 instants; a day without a time begins at midnight UTC.

import type { Period } from './reader.ts';

const known = new WeakMap<Period, { from: number; to: number }>();

/** `at`: ms since the epoch. */
export function holdsAt(period: Period, at: number): boolean {
  const { from, to } = boundsOf(period);
  return from <= at && at < to;
}

/** In ms since the epoch; without an end it ends never. */
export const endOf = (period: Period): number => boundsOf(period).to;

/** Dispatch asks of the same rows again and again: each is read once. */
function boundsOf(period: Period): { from: number; to: number } {
  let bounds = known.get(period);
  if (bounds === undefined) {
    const { from, to } = period;
    bounds = { from: Date.parse(from), to: to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to) };
    known.set(period, bounds);
  }
  return bounds;
}
