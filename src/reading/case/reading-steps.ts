// A case as worklists of PS3.4 CC have it: one Unified Procedure Step for each time that somebody may take it. A step is never
// scheduled again (CC.1.1), so a case that goes back to the queue leaves its step cancelled, and another replaces that.

import type { CaseEvent } from './case-event.ts';

export interface ReadingStep {
  /** 1 is the first of the case. */
  number: number;
  state: 'SCHEDULED' | 'IN PROGRESS' | 'COMPLETED' | 'CANCELED';
  scheduledAt: number;
  /** What is to be read is not all in the room while the case is held. */
  isReady: boolean;
  /** A preliminary report is given; this step reads it over. */
  isOverRead: boolean;
  offeredTo?: string;
  claim?: { reader: string; transactionUid: string; at: number };
  endedAt?: number;
  /** Why it was cancelled. */
  reason?: string;
  /** Number of the step that this one takes the place of. */
  replaces?: number;
}

const CLOSED = 'closed';

/** All of a case, the latest last; none before it is ready for a reader. */
export function readingSteps(events: readonly CaseEvent[]): ReadingStep[] {
  const steps: ReadingStep[] = [];
  for (const event of events) {
    const last = steps.at(-1);
    const open = last !== undefined && last.endedAt === undefined ? last : undefined;
    if (event.kind === 'ready' && open === undefined) steps.push(scheduled(steps, event.at));
    else if (open !== undefined) steps.splice(-1, 1, ...followed(steps, open, event));
    // A critical result opens the case again, and so what may become of its preliminary report.
    else if (event.kind === 'critical-flagged' && last?.reason === CLOSED) {
      steps.push({ ...scheduled(steps, event.at), isOverRead: true, replaces: last.number });
    }
  }
  return steps;
}

/** What becomes of the open step: itself, and the one that comes after it. */
function followed(steps: readonly ReadingStep[], open: ReadingStep, event: CaseEvent): ReadingStep[] {
  const { at } = event;
  const { offeredTo: _, ...unoffered } = open;
  switch (event.kind) {
    case 'ready':
      return [{ ...open, isReady: true }];
    case 'held':
      return [{ ...unoffered, isReady: false }];
    case 'offered':
      return [{ ...open, offeredTo: event.reader }];
    case 'offer-ended':
      return [unoffered];
    case 'claimed':
    case 'over-read-begun': {
      const { reader, transactionUid } = event;
      return [{ ...unoffered, state: 'IN PROGRESS', claim: { reader, transactionUid, at } }];
    }
    case 'requeued': {
      const next = { ...scheduled(steps, at), isOverRead: open.isOverRead, replaces: open.number };
      return [{ ...open, state: 'CANCELED', endedAt: at, reason: event.why }, next];
    }
    case 'preliminary-signed':
      return [
        { ...open, state: 'COMPLETED', endedAt: at },
        { ...scheduled(steps, at), isOverRead: true },
      ];
    case 'final-signed':
      return [{ ...open, state: 'COMPLETED', endedAt: at }];
    case 'answered':
      return [event.as === 'final' ? { ...unoffered, state: 'COMPLETED', endedAt: at } : open];
    case 'closed':
      // Nobody was asked to read the preliminary report over.
      return [{ ...unoffered, state: 'CANCELED', endedAt: at, reason: CLOSED }];
    case 'cancelled':
    case 'rejected':
    case 'entered-in-error':
      return [{ ...unoffered, state: 'CANCELED', endedAt: at, reason: event.reason }];
    default:
      return [open];
  }
}

const scheduled = (before: readonly ReadingStep[], at: number): ReadingStep => ({
  number: before.length + 1,
  state: 'SCHEDULED',
  scheduledAt: at,
  isReady: true,
  isOverRead: false,
});
