// The ladder that a case climbs while its clock runs out: fractions of what the service level allows. What is done on a rung
// is the dispatcher's; here is when.

import type { ServiceLevel } from '../terms/service-term.ts';
import { clockOf } from './clocks.ts';
import type { ReadingCase } from './reading-case.ts';

export const rungs = [
  /** One ring wider: team, provider, sub-processors of the term; a subspecialty that is preferred is no longer asked for. */
  { rung: 'widened', fraction: 0.5 },
  /** To the best reader who is free, and the desk is told. */
  { rung: 'pushed', fraction: 0.75 },
  /** A supervisor is called. */
  { rung: 'paged', fraction: 0.9 },
  { rung: 'breached', fraction: 1 },
] as const;

export type Rung = (typeof rungs)[number]['rung'];

type Climbing = Pick<ReadingCase, 'clocks' | 'pauses' | 'rungs'>;

/** Rungs that are reached and not climbed, the lowest first. None while no clock runs. */
export function rungsDue(before: Climbing, level: ServiceLevel, now: number): Rung[] {
  const clock = clockOf(before, level, now);
  if (clock.startedAt === undefined || clock.stoppedAt !== undefined) return [];
  const fraction = clock.usedMs / (level.minutes * 60_000);
  return rungs.filter((each) => fraction >= each.fraction && !before.rungs.includes(each.rung)).map(({ rung }) => rung);
}

/** When the next rung is reached if nothing happens; undefined where the clock stands, or all are climbed. */
export function nextRungAt(before: Climbing, level: ServiceLevel, now: number): number | undefined {
  const clock = clockOf(before, level, now);
  if (clock.startedAt === undefined || clock.stoppedAt !== undefined || clock.isPaused) return undefined;
  const next = rungs.find(({ rung }) => !before.rungs.includes(rung));
  return next && now - clock.usedMs + next.fraction * level.minutes * 60_000;
}
