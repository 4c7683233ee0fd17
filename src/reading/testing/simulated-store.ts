// Logs of cases in memory, appended to by compare-and-set as in the catalogue, and a seeded crowd that asks anything of them.

import type { CaseEvent, CaseHappening } from '../case/case-event.ts';
import { afterEvent, firstState, foldCase, mayFollow } from '../case/fold.ts';
import type { ReadingCase } from '../case/reading-case.ts';
import { brokenLaws, clockReset } from './case-laws.ts';
import { nextStep } from './next-step.ts';
import { type Chance, randomBeginning, randomHappening } from './random-happening.ts';

const by = { kind: 'exchange', id: 'test' } as const;

export interface Run {
  asked: number;
  appended: number;
  /** Asked by what was known a while ago. */
  stale: number;
  refused: Record<string, number>;
  /** How many cases the crowd left in which state. */
  left: Record<string, number>;
  broken: string[];
}

/** Asks `count` things of `cases` cases; each actor knows what it read some time ago. */
export function runSimulatedStore(random: Chance, count: number, cases = Math.ceil(count / 60)): Run {
  const run: Run = { asked: 0, appended: 0, stale: 0, refused: {}, left: {}, broken: [] };
  const logs = new Map<string, CaseEvent[]>();
  const now = new Map<string, ReadingCase>();
  let at = Date.UTC(2026, 10, 23);

  const append = (id: string, known: ReadingCase | undefined, happening: CaseHappening): void => {
    run.asked += 1;
    const before = now.get(id);
    if (before?.sequence !== known?.sequence) {
      run.stale += 1;
      return;
    }
    const problem = mayFollow(before, happening);
    if (problem !== undefined) {
      run.refused[problem.code] = (run.refused[problem.code] ?? 0) + 1;
      return;
    }
    const event: CaseEvent = { sequence: (before?.sequence ?? 0) + 1, at, by, ...happening };
    const after = before === undefined ? firstState(id, event) : afterEvent(before, event);
    const reset = before && clockReset(before, after, at);
    if (reset !== undefined) run.broken.push(`${id} ${event.sequence}: ${reset}`);
    logs.set(id, [...(logs.get(id) ?? []), event]);
    now.set(id, after);
    run.appended += 1;
  };

  const ids = Array.from({ length: cases }, (_, index) => `case-${index}`);
  for (const id of ids) append(id, undefined, randomBeginning(random));
  while (run.asked < count) {
    // The clock moves, stands, and now and then leaps.
    at += random.chance(0.01) ? 3_600_000 : random.below(20_000);
    const id = random.pick(ids);
    const known = now.get(id)!;
    append(id, known, randomHappening(random, known, at));
    // Another who knew the same: at most one of two may have it.
    if (random.chance(0.2)) append(id, known, randomHappening(random, known, at));
  }

  for (const id of ids) {
    run.left[now.get(id)!.state] = (run.left[now.get(id)!.state] ?? 0) + 1;
    // No case is stuck: from wherever the crowd left it, ordinary work brings it to an end.
    for (let next = nextStep(now.get(id)!, at); next !== undefined; next = nextStep(now.get(id)!, at)) {
      const { sequence, state } = now.get(id)!;
      append(id, now.get(id), next);
      if (now.get(id)!.sequence > sequence) continue;
      run.broken.push(`${id}: ${next.kind} does not bring it on from ${state}`);
      break;
    }
    const log = logs.get(id)!;
    for (const law of brokenLaws(log)) run.broken.push(`${id}: ${law}`);
    const folded = foldCase(id, log);
    if (JSON.stringify(folded) !== JSON.stringify(now.get(id))) run.broken.push(`${id}: the log says something else`);
  }
  return run;
}
