// A case as its log leaves it: what fold.ts makes of the entries, nothing that is not in them.

import type { CaseFacts } from '../gate/asked.ts';
import type { Cause, ClockMoment, TermReference } from '../terms/service-term.ts';
import type { SignedReport, StudyChange } from './case-event.ts';

/** The Read region. Critical, priors, delivery, quality and billing run beside it. */
export const caseStates = [
  'announced',
  'orphan',
  'receiving',
  'hold',
  'ready',
  'offered',
  'claimed',
  'reading',
  'parked',
  'preliminary',
  'over-read',
  'final',
  'delivered',
  'answered',
  'closed',
  'cancelled',
  'rejected',
  'in-error',
] as const;
export type CaseState = (typeof caseStates)[number];

/** An interval in which a clock may stand still. */
export interface Pause {
  from: number;
  /** Absent while it lasts. */
  to?: number;
  reason: string;
  cause: Cause;
  /** Whether it counts is disputed, or was settled. */
  dispute?: { party: 'client' | 'provider'; settled?: boolean };
}

export interface CriticalLoop {
  id: string;
  category: 1 | 2 | 3;
  state: 'flagged' | 'notifying' | 'acknowledged' | 'exhausted';
  flaggedAt: number;
  notices: readonly { at: number; recipient: string; channel: string }[];
  acknowledgedAt?: number;
  step: number;
}

export interface ReadingCase {
  /** Speakable, unique in the installation: see case-code.ts. */
  id: string;
  /** Of the last entry. */
  sequence: number;
  state: CaseState;
  facts: CaseFacts;
  /** Absent of an orphan. */
  term?: TermReference;
  /** Each moment when it was reached for the first time; no event takes one back. */
  clocks: Partial<Record<ClockMoment, number>>;
  pauses: readonly Pause[];
  offer?: { reader: string; expiresAt: number };
  claim?: { reader: string; transactionUid: string; leaseUntil: number };
  preliminary?: SignedReport;
  /** Whoever over-reads it has been shown the preliminary report. */
  isCompared?: boolean;
  /** All signed versions, the latest last. */
  reports: readonly SignedReport[];
  /** How the latest version came about, where it was signed after the final one. */
  amendment?: 'appended' | 'corrected' | 'amended';
  /** Why a report that the provider signed in its own system is not taken; absent once a version is signed. */
  refused?: string;
  /** SHA-256 of the text that came home last from an exchange elsewhere. */
  answer?: string;
  /** What the holder has not said to have seen; nothing is signed while there is any. */
  unseen: readonly StudyChange[];
  /** By destination: the version that arrived there. */
  delivered: Readonly<Record<string, number>>;
  critical: readonly CriticalLoop[];
  reviews: readonly { id: string; why: string; difference?: 'none' | 'minor' | 'major' }[];
  /** Readers who declined, or lost it. */
  declined: readonly string[];
  rungs: readonly string[];
}
