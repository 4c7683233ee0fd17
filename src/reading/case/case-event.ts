// The log of a case: what happened to it, in order. Task, workitem, worklist row, clocks, invoice line and audit are projections
// of it. It holds ids, counts, hashes and coded reasons; no name, number or date of a patient, and no text of a report.

import type { CaseFacts } from '../gate/asked.ts';
import type { Cause, TermReference } from '../terms/service-term.ts';

/** Who did it. */
export interface Actor {
  kind: 'exchange' | 'client' | 'reader' | 'desk' | 'supervisor';
  id: string;
}

/** By what right a reader signed, as it was found at that moment. */
export interface Entitlement {
  licences: readonly string[];
  privilege: string;
  insurance?: string;
  checkedAt: number;
}

export interface SignedReport {
  /** 1 for the first version that was signed. */
  version: number;
  reader: string;
  /** SHA-256 of the text in its plain form (translate/report, plainText). */
  textHash: string;
  entitlement: Entitlement;
  /** Checks that the reader overrode, with reasons in their words kept beside the report. */
  overridden: readonly string[];
}

/** What changed while the case was being read, or after. */
export type StudyChange = 'late-images' | 'images-withheld' | 'images-rejected' | 'order-changed' | 'identity-changed';

export type CaseHappening =
  | { kind: 'announced'; facts: CaseFacts; term: TermReference; orderedAt?: number }
  | { kind: 'orphaned'; facts: CaseFacts }
  | { kind: 'bound'; term: TermReference; facts: CaseFacts; orderedAt?: number }
  | { kind: 'images-arrived'; instances: number; examEndedAt?: number }
  | { kind: 'facts-changed'; facts: CaseFacts }
  | { kind: 'held'; reason: string; cause: Cause }
  | { kind: 'released'; reason: string }
  | { kind: 'ready'; instances: number; priors: number }
  | { kind: 'offered'; reader: string; expiresAt: number; decision: string }
  | { kind: 'offer-ended'; reader: string; why: 'declined' | 'expired' | 'left'; reason?: string }
  | { kind: 'claimed'; reader: string; transactionUid: string; leaseUntil: number; decision?: string }
  | { kind: 'opened'; reader: string }
  | { kind: 'drafted'; reader: string }
  | { kind: 'parked'; reader: string; reason: string; cause: Cause }
  | { kind: 'resumed'; reader: string }
  | {
      kind: 'requeued';
      reader: string;
      why: 'lease-lost' | 'reassigned' | 'credential-expired' | 'overdue' | 'gave-back';
      reason?: string;
    }
  | { kind: 'preliminary-signed'; report: SignedReport }
  | { kind: 'over-read-begun'; reader: string; transactionUid: string; leaseUntil: number }
  /** The over-reader has written what they found, and is shown the preliminary report: SHA-256 of the text until then. */
  | { kind: 'compared'; reader: string; textHash: string }
  | { kind: 'final-signed'; report: SignedReport; difference?: 'none' | 'minor' | 'major' }
  | {
      kind: 'amended';
      how: 'appended' | 'corrected' | 'amended';
      report: SignedReport;
      reason: string;
      discrepancy?: string;
    }
  /** A signed report of the provider's own system waits; `why` is a code of way-home.ts. The case is as open as it was. */
  | { kind: 'report-refused'; why: string }
  | { kind: 'changed'; what: StudyChange; instances?: number }
  | { kind: 'change-seen'; reader: string }
  /** `outstanding`: how many other destinations of the term still lack this version. */
  | { kind: 'delivered'; destination: string; version: number; textHash: string; outstanding: number }
  | { kind: 'delivery-failed'; destination: string; version: number; reason: string }
  /** The actor has looked at the report. */
  | { kind: 'seen' }
  | { kind: 'escalated'; rung: 'widened' | 'pushed' | 'paged' | 'breached'; reason?: string }
  | { kind: 'raised'; priority: CaseFacts['priority']; why: 'ai' | 'client' | 'reader'; evidence?: string }
  | { kind: 'cancelled'; reason: string }
  | { kind: 'rejected'; reader: string; reason: string; retake: boolean }
  | { kind: 'entered-in-error'; reason: string }
  /** A report that readers at an exchange elsewhere signed is home: its log, and not this one, says who may sign. SHA-256 of its text. */
  | { kind: 'answered'; as: 'preliminary' | 'final'; textHash: string }
  | { kind: 'closed' }
  | { kind: 'pause-disputed'; pause: number; party: 'client' | 'provider'; evidence: string }
  | { kind: 'pause-settled'; pause: number; counts: boolean }
  | { kind: 'critical-flagged'; loop: string; category: 1 | 2 | 3; finding: string }
  | { kind: 'critical-notified'; loop: string; recipient: string; channel: string }
  | { kind: 'critical-acknowledged'; loop: string; recipient: string; readBack: boolean; method: string }
  | { kind: 'critical-escalated'; loop: string; recipient: string; step: number }
  | { kind: 'critical-exhausted'; loop: string }
  | { kind: 'sampled'; why: 'random' | 'new-starter' | 'targeted'; review: string }
  | { kind: 'reviewed'; review: string; score: string; difference: 'none' | 'minor' | 'major' }
  | { kind: 'arbitrated'; review: string; upheld: boolean }
  /** The actor was told whose case it is. */
  | { kind: 'revealed'; reason: string };

/** One entry. `sequence` counts from 1 in each case and is what compare-and-set goes by; times are ms since the epoch. */
export type CaseEvent = { sequence: number; at: number; by: Actor } & CaseHappening;
