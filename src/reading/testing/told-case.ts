// A case that the happenings of a test made, one minute after another, each allowed by those before.

import type { CaseEvent, CaseHappening } from '../case/case-event.ts';
import { afterEvent, firstState, mayFollow } from '../case/fold.ts';
import type { ReadingCase } from '../case/reading-case.ts';

export const t0 = Date.UTC(2026, 10, 23, 8);
export const minute = 60_000;

const by = { kind: 'exchange', id: 'test' } as const;

/** `minutes`: when each happens, one after another where absent. */
export function eventsOf(happenings: readonly CaseHappening[], minutes?: readonly number[]): CaseEvent[] {
  return happenings.map((happening, at) => ({
    sequence: at + 1,
    at: t0 + (minutes?.[at] ?? at) * minute,
    by,
    ...happening,
  }));
}

export function caseOf(happenings: readonly CaseHappening[], minutes?: readonly number[]): ReadingCase {
  const [first, ...others] = eventsOf(happenings, minutes);
  return others.reduce(
    (before, event) => {
      const problem = mayFollow(before, event);
      if (problem !== undefined) throw problem;
      return afterEvent(before, event);
    },
    firstState('4KTM-9QX2', first!),
  );
}
