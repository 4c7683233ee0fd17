// What waits to be read, as dispatch sees it; and who asks for it. The simulator makes these from a scenario, the live
// dispatcher from case rows, readers and terms.

import type { RequestPriority } from '../terms/service-term.ts';

/** What a score goes by: all cases of one kind are told apart by when they are due, and by nothing else. */
export interface CaseKind {
  /** What the time of a reading is learnt by: a procedure code, or modality and body region. */
  procedure: string;
  priority: RequestPriority;
  slaMs: number;
  /** Relative value units that a reading counts for. */
  rvu: number;
  subspecialty?: string;
  /** BCP 47, of the report. */
  language?: string;
}

/** Cases that the gates cannot tell apart: who may read one may read all. */
export interface CaseClass {
  /** Unique among classes. */
  key: string;
  client: string;
  /** One object for all classes of a kind. */
  kind: CaseKind;
}

export interface WaitingCase {
  id: string;
  class: CaseClass;
  /** Ms since the epoch, as all times here. */
  readyAt: number;
  dueAt: number;
  /** Readers who are not to have it whatever the gates say: they declined it, lost it, or read it first. */
  barred?: readonly string[];
  /** Readers who reported this patient before, or hold another case of theirs. */
  knownTo?: readonly string[];
}

/** A reader who asks for a case, or whom one could be offered to. */
export interface AskingReader {
  id: string;
  /** What the gates say of a class. */
  mayRead(of: CaseClass): boolean;
  /** E[read], learnt. */
  expectedMs(kind: CaseKind): number;
  subspecialties: readonly string[];
  languages: readonly string[];
  /** RVU per hour on duty, as a multiple of the median of those on duty. */
  pace: number;
  /** Share of the readers on duty that may read cases of this kind, in (0, 1]. */
  shareWhoMay(kind: CaseKind): number;
}
