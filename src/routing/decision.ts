// What rules make of a study: which rule applied and which did not, and the deliveries that follow. Rows of the ledger are
// made from `PlannedDelivery`; who delivers, when a window opens and what an attempt gave is the ledger's.

import type { Step } from './step.ts';
import type { BandwidthWindow, Window } from './window.ts';

/** The words of Requested Procedure Priority (0040,1003); a delivery of an earlier one overtakes. */
export const priorities = ['STAT', 'HIGH', 'ROUTINE', 'LOW'] as const;
export type Priority = (typeof priorities)[number];

/** What rules are asked about: a study that came, or an order that was placed or changed, of which nothing has come. */
export const occasions = ['study', 'order'] as const;
export type Occasion = (typeof occasions)[number];

/** What must be complete before anything of it is sent. */
export const extents = ['instance', 'series', 'study'] as const;
export type Extent = (typeof extents)[number];

/** `undecided`: a fact that the condition needs is not known, which is never taken for yes. */
export type Outcome = 'applies' | 'does-not-apply' | 'undecided' | 'not-asked';

export interface RuleOutcome {
  rule: string;
  outcome: Outcome;
  /** Why it is undecided or was not asked. */
  because?: string;
}

export interface Deadline {
  at: Date;
  /** When somebody is to be told that it will be missed. */
  warnAt: Date;
}

export interface PlannedDelivery {
  /** The rules that ask for it, the first of the file first. */
  rules: string[];
  destination: string;
  /** Others that may take its place at once: the rest of what the load is balanced over. */
  alternatives: string[];
  /** Where it goes instead when `destination` has not taken it after this long. */
  fallback?: { destination: string; afterMs: number };
  priority: Priority;
  after: Extent;
  deadline?: Deadline;
  /** Series Instance UIDs of what is sent; a series that comes later is decided upon when it comes. */
  series: string[];
  /** When it may start; empty: at any time. */
  schedule: readonly Window[];
  /** How much it may take of the line; empty: all. */
  bandwidth: readonly BandwidthWindow[];
  /** IANA name of the zone that the windows are told in. */
  zone: string;
  steps: readonly Step[];
  /** The same text for the same steps: with object and destination the key of a row of the ledger. Empty: as it came. */
  form: string;
}

/** Studies of the same person that are to be here: see `relevantPriors`. */
export interface PlannedPrefetch {
  rule: string;
  /** Archives to ask, by the names of their destinations or peers. */
  from: readonly string[];
  priority: Priority;
  deadline?: Deadline;
}

export interface Decision {
  /** Which rules these were: `RuleSet.version`. */
  version: string;
  /** One for each rule, in the order of the file. */
  rules: RuleOutcome[];
  deliveries: PlannedDelivery[];
  prefetches: PlannedPrefetch[];
}
