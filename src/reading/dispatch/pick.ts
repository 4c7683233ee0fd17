// Binding late: a reader who asks gets the one case that is worth most to be read by them now.

import type { ClassQueues } from './class-queues.ts';
import { tardinessCost } from './tardiness-cost.ts';
import type { AskingReader, WaitingCase } from './waiting-case.ts';

/** What a policy goes by: of two cases the higher is read first. */
export type Index = (waiting: WaitingCase, reader: AskingReader, now: number) => number;

/** The case for this reader; undefined where none waits that they may have. Of equals the one that is due first. */
export function pick(
  queues: ClassQueues,
  reader: AskingReader,
  now: number,
  index: Index = tardinessCost,
): WaitingCase | undefined {
  let best: WaitingCase | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  queues.forEachCandidate(reader, (waiting) => {
    const score = index(waiting, reader, now);
    if (score < bestScore) return;
    if (score === bestScore && best !== undefined && best.dueAt <= waiting.dueAt) return;
    best = waiting;
    bestScore = score;
  });
  return best;
}

/** The next `count` cases in the order this reader would get them if nobody else asked: to be fetched ahead, not bound. */
export function lookAhead(
  queues: ClassQueues,
  reader: AskingReader,
  now: number,
  count: number,
  index: Index = tardinessCost,
): WaitingCase[] {
  const taken: WaitingCase[] = [];
  while (taken.length < count) {
    const next = pick(queues, reader, now, index);
    if (next === undefined) break;
    queues.remove(next.id);
    taken.push(next);
  }
  for (const waiting of taken) queues.put(waiting);
  return taken;
}
