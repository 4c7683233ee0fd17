// What a gate is asked and answers: whether this reader may have this case, and what that rests on.

import type { Entitlement } from '../case/case-event.ts';
import type { Reader } from '../readers/reader.ts';
import type { Jurisdiction, ServiceTerm } from '../terms/service-term.ts';
import type { CaseFacts } from './asked.ts';

/** Every case passes three times: before it is offered, when it is claimed, and when it is signed. */
export type Stage = 'offer' | 'claim' | 'sign';

/** What neither the case, the term nor the reader says. */
export interface Known {
  /**
   * Distinct persons whose data the provider was given in the last 12 months, and whether this patient is one of them; absent
   * where copies were counted before they left.
   */
  persons?: { given: number; isAmong: boolean };
  /** Where copies lie that are made for the reader; where the reader sits, when absent. */
  dataRestsAt?: Jurisdiction;
  /** Whether a discrepancy of the reader about this patient is under review. */
  ownDiscrepancy?: boolean;
  /** Share of the SLA that has passed; 0 when absent. */
  elapsed?: number;
  /** Whether partners that the term names may be asked: the case was escalated. */
  widened?: boolean;
}

export interface Asked {
  facts: CaseFacts;
  term: ServiceTerm;
  reader: Reader;
  /** Ms since the epoch. */
  at: number;
  stage: Stage;
  known: Known;
}

export const gateNames = [
  'reader',
  'provider',
  'shift',
  'hours',
  'licence',
  'jurisdiction',
  'transfer',
  'rest',
  'persons',
  'payer',
  'privilege',
  'referrer',
  'insurance',
  'modality',
  'subspecialty',
  'language',
  'display',
  'conflict',
] as const;
export type GateName = (typeof gateNames)[number];

export interface GateFailure {
  gate: GateName;
  /** In words, for whoever asks "why not me". */
  reason: string;
  /** The row that it rests on: `licence NY-1`, `term north/ct v3`. */
  at?: string;
}

export interface GateResult {
  open: boolean;
  /** Each gate that is closed, once. */
  failed: readonly GateFailure[];
  /** By what right, where it is open. */
  entitlement?: Entitlement;
}

/** What closes a gate; undefined where it is open. */
export type Gate = (asked: Asked) => Omit<GateFailure, 'gate'> | undefined;

export const rowOf = ({ id, version }: ServiceTerm): string => `term ${id} v${version}`;
