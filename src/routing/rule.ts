// A rule as it is written, and a set of them as it is used: conditions compiled, shorthands written out.

import type { Condition } from './condition/condition.ts';
import type { Extent, Occasion, Priority } from './decision.ts';
import type { RuleSetDocument } from './rule-schema.ts';
import type { Step } from './step.ts';
import type { BandwidthWindow, Window } from './window.ts';

/** How one of several destinations is chosen: the same for a study, the same for a person, or the one with least to do. */
export const balances = ['study', 'person', 'idlest'] as const;
export type Balance = (typeof balances)[number];

export interface Send {
  /** One of them is chosen. */
  to: readonly string[];
  balance: Balance;
  priority: Priority;
  schedule: readonly Window[];
  bandwidth: readonly BandwidthWindow[];
  fallback?: { destination: string; afterMs: number };
}

export interface Prefetch {
  from: readonly string[];
  /** Which studies of the person; absent: all. */
  when?: Condition;
  /** At most so many, the newest. */
  newest: number;
  priority: Priority;
}

export interface Rule {
  name: string;
  enabled: boolean;
  on: Occasion;
  /** Absent: every study. */
  when?: Condition;
  after: Extent;
  by?: { at: Condition; warnMs: number };
  /** Which series; absent: all. */
  series?: Condition;
  steps: readonly Step[];
  /** The steps as JSON; empty where there are none. */
  form: string;
  send: readonly Send[];
  prefetch?: Prefetch;
  /** Where it applies, no rule after it is asked. */
  last: boolean;
}

export interface RuleSet {
  version: string;
  /** IANA name of the zone in which windows and `time` are told. */
  zone: string;
  rules: readonly Rule[];
  /** As it was written. */
  document: RuleSetDocument;
}
