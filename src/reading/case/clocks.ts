// The clock of a service level: from one moment of a case to another, standing still only in pauses that the term names and
// the client caused. A case that goes back to the queue keeps its clock. All times in ms since the epoch.

import type { ServiceLevel, ServiceTerm } from '../terms/service-term.ts';
import type { Pause, ReadingCase } from './reading-case.ts';

const MINUTE_MS = 60_000;

export interface Clock {
  /** Absent: the clock has not begun. */
  startedAt?: number;
  /** When it was stopped by the moment that the level names. */
  stoppedAt?: number;
  /** Moves on while the clock stands still. */
  dueAt?: number;
  /** Used up so far, without pauses, ms. */
  usedMs: number;
  isPaused: boolean;
  isLate: boolean;
}

/** What was agreed on for a priority; undefined where nothing was. */
export function levelOf(
  term: Pick<ServiceTerm, 'levels'>,
  priority: ServiceLevel['priority'],
): ServiceLevel | undefined {
  return term.levels.find((each) => each.priority === priority);
}

/** How the clock of `level` stands at `now`. */
export function clockOf(
  { clocks, pauses }: Pick<ReadingCase, 'clocks' | 'pauses'>,
  level: ServiceLevel,
  now: number,
): Clock {
  const startedAt = clocks[level.from];
  const stoppedAt = clocks[level.until];
  if (startedAt === undefined) return { usedMs: 0, isPaused: false, isLate: false };
  const until = Math.max(startedAt, stoppedAt ?? now);
  const standing = pauses.filter((pause) => standsStill(pause, level));
  const usedMs = until - startedAt - coveredMs(standing, startedAt, until);
  const allowedMs = level.minutes * MINUTE_MS;
  return {
    startedAt,
    ...(stoppedAt !== undefined && { stoppedAt }),
    dueAt: until + allowedMs - usedMs,
    usedMs,
    isPaused: stoppedAt === undefined && standing.some(({ to }) => to === undefined),
    isLate: usedMs > allowedMs,
  };
}

/** What is left, in minutes, rounded down; negative when it is overdue. Undefined while no clock runs. */
export function minutesLeft(clock: Clock, level: ServiceLevel): number | undefined {
  if (clock.startedAt === undefined || clock.stoppedAt !== undefined) return undefined;
  return Math.floor(level.minutes - clock.usedMs / MINUTE_MS);
}

/** What was settled counts as it was settled; what is only disputed counts as it was logged. */
export function standsStill({ cause, reason, dispute }: Pause, level: Pick<ServiceLevel, 'pauses'>): boolean {
  return cause === 'client' && level.pauses.includes(reason) && dispute?.settled !== false;
}

/** How much of a stretch of time the intervals cover, each moment once. */
function coveredMs(pauses: readonly Pause[], from: number, until: number): number {
  const parts = pauses
    .map((each) => ({ from: Math.max(each.from, from), to: Math.min(each.to ?? until, until) }))
    .filter((each) => each.to > each.from)
    .sort((a, b) => a.from - b.from);
  let covered = 0;
  let end = from;
  for (const part of parts) {
    covered += Math.max(0, part.to - Math.max(part.from, end));
    end = Math.max(end, part.to);
  }
  return covered;
}
