// What a program found in images may put a case before others, never behind: a flag that is missing says nothing.

import { urgencyOfFlag } from '../../translate/report/result-flag.ts';
import type { CaseHappening } from '../case/case-event.ts';
import { type RequestPriority, requestPriorities } from '../terms/service-term.ts';

/** A result of a program that calls for a reading soon. `evidence`: a reference to it, no text. */
export interface TriageFlag {
  priority: RequestPriority;
  evidence: string;
}

/** The happening that raises a case of `priority`; undefined where the flag would not. */
export function raisedBy(flag: TriageFlag, priority: RequestPriority): CaseHappening | undefined {
  if (requestPriorities.indexOf(flag.priority) <= requestPriorities.indexOf(priority)) return undefined;
  return { kind: 'raised', priority: flag.priority, why: 'ai', evidence: flag.evidence };
}

/** What the coded interpretation of an Observation asks for; abnormal (A, H, L) is no reason to hurry by itself. */
export function priorityOfInterpretation(codes: readonly string[]): RequestPriority | undefined {
  return codes.some((code) => urgencyOfFlag(code) !== undefined) ? 'stat' : undefined;
}
