// Why this case and not that, why this reader and not me: what a decision was made of, as it is kept with the case. Ids and
// numbers only.

import type { ClassQueues } from './class-queues.ts';
import { isFor } from './class-queues.ts';
import { type ScoreParts, scoreParts, tardinessCost } from './tardiness-cost.ts';
import type { AskingReader, CaseClass, WaitingCase } from './waiting-case.ts';

export const limits = {
  /** Cases that are told beside the one that was picked, the best of each kind. */
  candidates: 20,
  /** Classes that are told to be closed to a reader. */
  closed: 50,
} as const;

export interface ExplainedCase extends ScoreParts {
  case: string;
  score: number;
  priority: string;
  dueAt: number;
}

export interface ExplainedPick {
  reader: string;
  at: number;
  picked?: string;
  /** The best of each kind that this reader may have, best first. */
  candidates: ExplainedCase[];
  /** Classes with cases that this reader may not have. */
  closed: { class: string; waiting: number }[];
}

/** What `pick` would answer now, and what it goes by. */
export function explainPick(queues: ClassQueues, reader: AskingReader, now: number): ExplainedPick {
  const candidates = new Map<string, ExplainedCase>();
  queues.forEachCandidate(reader, (waiting) => candidates.set(waiting.id, explained(waiting, reader, now)));
  const sorted = [...candidates.values()].sort((a, b) => b.score - a.score || a.dueAt - b.dueAt);
  const closed: ExplainedPick['closed'] = [];
  for (const { class: of, waiting } of queues.classes()) {
    if (closed.length < limits.closed && !reader.mayRead(of)) closed.push({ class: of.key, waiting });
  }
  const [first] = sorted;
  return {
    reader: reader.id,
    at: now,
    ...(first === undefined ? {} : { picked: first.case }),
    candidates: sorted.slice(0, limits.candidates),
    closed,
  };
}

export interface ExplainedReader {
  reader: string;
  /** Absent where a gate is closed, or the reader is barred from this case. */
  score?: number;
  parts?: ScoreParts;
  /** How many cases the reader would be given before this one; absent as the score is. */
  before?: number;
  isBarred: boolean;
}

/** Of one case: what each reader would make of it, who would have it soonest first. */
export function explainCase<R extends AskingReader>(
  queues: ClassQueues,
  waiting: WaitingCase,
  readers: readonly R[],
  now: number,
): ExplainedReader[] {
  return readers
    .map((reader): ExplainedReader => {
      const isBarred = waiting.barred?.includes(reader.id) === true;
      if (!isFor(waiting, reader)) return { reader: reader.id, isBarred };
      const score = tardinessCost(waiting, reader, now);
      return {
        reader: reader.id,
        isBarred,
        score,
        parts: scoreParts(waiting, reader, now),
        before: before(queues, reader, score, now),
      };
    })
    .sort((a, b) => (b.score ?? -1) - (a.score ?? -1));
}

/** Kinds of which the best case goes before. */
function before(queues: ClassQueues, reader: AskingReader, score: number, now: number): number {
  let count = 0;
  queues.forEachCandidate(reader, (other) => {
    if (tardinessCost(other, reader, now) > score) count += 1;
  });
  return count;
}

function explained(waiting: WaitingCase, reader: AskingReader, now: number): ExplainedCase {
  const { kind }: CaseClass = waiting.class;
  return {
    case: waiting.id,
    score: tardinessCost(waiting, reader, now),
    priority: kind.priority,
    dueAt: waiting.dueAt,
    ...scoreParts(waiting, reader, now),
  };
}
