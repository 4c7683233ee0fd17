// The loop of a critical result: flagged, somebody is told, and the next, until somebody acknowledges it or all have been told.
// READING B3. What is due next follows from how far a loop is, its policy and the time that is left; who sends is the keeper.

import type { CriticalLoop } from '../case/reading-case.ts';
import type { CriticalLadder, CriticalRung } from './policy.ts';
import type { Wait } from './wait.ts';

/** How far a loop is. `step` counts rungs from 0; that of the lead is the one after the last. */
export type LoopPlace = Pick<CriticalLoop, 'state' | 'step'>;

export type DueStep =
  /** Nobody was told yet. */
  | { kind: 'notify'; step: 0; rung: CriticalRung }
  /** Who was told did not answer in time. */
  | { kind: 'escalate'; step: number; rung: CriticalRung }
  /** The last one did not: the lead is told, and the loop waits for any answer. */
  | { kind: 'exhaust'; step: number; rung: Omit<CriticalRung, 'minutes'> };

/** undefined where nothing is to be done now. One step at a time: nobody is passed over, however late it is. */
export function dueStep(loop: LoopPlace, ladder: CriticalLadder, wait: Wait): DueStep | undefined {
  if (loop.state === 'acknowledged' || loop.state === 'exhausted') return undefined;
  if (loop.state === 'flagged') return { kind: 'notify', step: 0, rung: ladder.rungs[0]! };
  if (wait.leftMs > 0) return undefined;
  const step = loop.step + 1;
  const rung = ladder.rungs[step];
  return rung === undefined ? { kind: 'exhaust', step, rung: ladder.lead } : { kind: 'escalate', step, rung };
}

/** How far a loop is once a step was taken. */
export const placeAfter = ({ kind, step }: DueStep): LoopPlace => ({
  step,
  state: kind === 'exhaust' ? 'exhausted' : 'notifying',
});

/** How long who is told by a step has; 0 where nothing follows. */
export const waitOf = (due: DueStep): number => ('minutes' in due.rung ? due.rung.minutes * 60_000 : 0);
