// The life of a Unified Procedure Step: PS3.4 Table CC.1.1-2, for all services that change it. Pure.

import { Problem, type ProblemCode } from '../base/problem.ts';
import type { DataSet } from '../dicom/dataset.ts';

/** Procedure Step State (0074,1000). */
export type WorkitemState = 'SCHEDULED' | 'IN PROGRESS' | 'COMPLETED' | 'CANCELED';

export const states: readonly WorkitemState[] = ['SCHEDULED', 'IN PROGRESS', 'COMPLETED', 'CANCELED'];

/** CC.2.1.3 and CC.2.5.3: done, but not as it was asked. */
export const warnings = {
  createdWithModifications: 0xb300,
  alreadyCanceled: 0xb304,
  alreadyCompleted: 0xb306,
} as const;

/** `key`: whether the Transaction UID is the one that it was claimed with. */
type Cell = 'change' | 'change with key' | { warning: number } | ProblemCode;

const changes: Record<Exclude<WorkitemState, 'SCHEDULED'>, Record<WorkitemState, Cell>> = {
  'IN PROGRESS': {
    SCHEDULED: 'change',
    'IN PROGRESS': 'workitem/claimed',
    COMPLETED: 'workitem/final',
    CANCELED: 'workitem/final',
  },
  COMPLETED: {
    SCHEDULED: 'workitem/not-in-progress',
    'IN PROGRESS': 'change with key',
    COMPLETED: { warning: warnings.alreadyCompleted },
    CANCELED: 'workitem/final',
  },
  CANCELED: {
    SCHEDULED: 'workitem/not-in-progress',
    'IN PROGRESS': 'change with key',
    COMPLETED: 'workitem/final',
    CANCELED: { warning: warnings.alreadyCanceled },
  },
};

/** The step as it stands. */
export interface Standing {
  state: WorkitemState;
  transactionUid: string | null;
  attributes: DataSet;
}

/** What asking for a state comes to: it is changed, or was so before (a warning). Throws what forbids it. */
export function changeOf(
  { state, transactionUid, attributes }: Standing,
  wanted: string | undefined,
  key: string | undefined,
): 'change' | { warning: number } {
  if (wanted === undefined) throw new Problem('workitem/missing-attribute', { attribute: 'ProcedureStepState' });
  if (!isState(wanted)) throw new Problem('workitem/invalid-value', { attribute: 'ProcedureStepState' });
  if (key === undefined) throw new Problem('workitem/no-transaction');
  if (wanted === 'SCHEDULED') throw new Problem('workitem/never-scheduled-again');
  const cell = changes[wanted][state];
  if (cell === 'change') return 'change';
  const isHolder = transactionUid === null || key === transactionUid;
  if (typeof cell === 'object') {
    if (!isHolder) throw new Problem('workitem/wrong-transaction');
    return cell;
  }
  if (cell !== 'change with key') throw new Problem(cell);
  if (!isHolder) throw new Problem('workitem/wrong-transaction');
  const missing = wanted === 'COMPLETED' ? unfinishedOf(attributes) : undefined;
  if (missing !== undefined) throw new Problem('workitem/not-finished', { attribute: missing });
  return 'change';
}

/** CC.2.6.3: whoever claimed it changes it, nobody what is over. Throws what forbids it. */
export function requireChangeable({ state, transactionUid }: Standing, key: string | undefined): void {
  if (state === 'COMPLETED' || state === 'CANCELED') throw new Problem('workitem/final');
  if (state === 'SCHEDULED') return;
  if (key === undefined) throw new Problem('workitem/no-transaction');
  if (key !== transactionUid) throw new Problem('workitem/wrong-transaction');
}

/** Table CC.2.5-3, final state P: what was performed, where, when and what; undefined where all is there. */
function unfinishedOf(attributes: DataSet): string | undefined {
  const [performed] = attributes.items('UnifiedProcedureStepPerformedProcedureSequence');
  if (performed === undefined) return 'UnifiedProcedureStepPerformedProcedureSequence';
  const texts = ['PerformedProcedureStepStartDateTime', 'PerformedProcedureStepEndDateTime'];
  const sequences = ['PerformedStationNameCodeSequence', 'PerformedWorkitemCodeSequence'];
  return (
    texts.find((keyword) => performed.text(keyword) === undefined) ??
    sequences.find((keyword) => performed.items(keyword).length === 0)
  );
}

const isState = (text: string): text is WorkitemState => (states as readonly string[]).includes(text);
