// The index that dispatch goes by: apparent tardiness cost (Vepsalainen and Morton 1987), weight over time while a case has
// slack, falling with the slack; times what speaks for this reader. A case that waited its most goes before what has not.

import type { RequestPriority } from '../terms/service-term.ts';
import type { AskingReader, CaseKind, WaitingCase } from './waiting-case.ts';

export const weights = {
  /** Cost of a minute late, by priority. */
  priority: { routine: 1, urgent: 2, asap: 8, stat: 16 } satisfies Record<RequestPriority, number>,
  /** Share of the SLA over which slack is felt. */
  lookahead: 0.75,
  /** Added to 1: a match of subspecialty, a patient the reader knows, the language they report in. */
  subspecialty: 0.2,
  known: 0.5,
  language: 0.1,
  /** Most that a reader ahead of the median in RVU per hour sees what pays best discounted by. */
  fairness: 0.2,
  /** Most that a case everybody may read is discounted by for a reader who may read what few may. */
  scarcity: 0.2,
  /** RVU of an hour of expected reading that is neither well paid nor badly. */
  rvuPerHour: 20,
} as const;

/** A case waits no longer than this multiple of its SLA while a reader asks who may have it. */
export const longestWait: Record<RequestPriority, number> = { routine: 1.5, urgent: 2, asap: 6, stat: 4 };

/** What goes into a score, each a factor but the last. */
export interface ScoreParts {
  weight: number;
  expectedMs: number;
  /** 1 when it cannot be done in time any more, towards 0 with slack. */
  urgency: number;
  bonus: number;
  fairness: number;
  scarcity: number;
  /** It waited its most. */
  isCapped: boolean;
}

/**
 * What is more urgent for this reader has the higher score. STAT goes before all else, because a minute spent before it is
 * begun is missing when its reading turns out long; within STAT and below it what waited its most goes first, the longest over
 * before the others.
 */
export function tardinessCost(waiting: WaitingCase, reader: AskingReader, now: number): number {
  const { kind } = waiting.class;
  const tier = kind.priority === 'stat' ? 2 * TIER : 0;
  const over = overCap(waiting, now);
  if (over >= 0) return tier + TIER + over;
  const expectedMs = reader.expectedMs(kind);
  return (
    tier +
    (weights.priority[kind.priority] / Math.sqrt(expectedMs / 60_000)) *
      urgency(waiting, expectedMs, now) *
      bonus(waiting, reader) *
      fairness(kind, expectedMs, reader) *
      scarcity(kind, reader)
  );
}

/** More than any score without it. */
const TIER = 1e6;

/** The same, with its reasons. */
export function scoreParts(waiting: WaitingCase, reader: AskingReader, now: number): ScoreParts {
  const { kind } = waiting.class;
  const expectedMs = reader.expectedMs(kind);
  return {
    weight: weights.priority[kind.priority],
    expectedMs,
    urgency: urgency(waiting, expectedMs, now),
    bonus: bonus(waiting, reader),
    fairness: fairness(kind, expectedMs, reader),
    scarcity: scarcity(kind, reader),
    isCapped: isCapped(waiting, now),
  };
}

/** By the due date, which pauses move: a clock that stood still is no waiting. */
export function isCapped(waiting: WaitingCase, now: number): boolean {
  return overCap(waiting, now) >= 0;
}

/** Multiples of its SLA that a case waits beyond its most. */
function overCap({ class: { kind }, dueAt }: WaitingCase, now: number): number {
  return (now - dueAt) / kind.slaMs + 1 - longestWait[kind.priority];
}

function urgency({ class: { kind }, dueAt }: WaitingCase, expectedMs: number, now: number): number {
  const slack = dueAt - now - expectedMs;
  return slack <= 0 ? 1 : Math.exp(-slack / (weights.lookahead * kind.slaMs));
}

function bonus({ class: { kind }, knownTo }: WaitingCase, reader: AskingReader): number {
  let sum = 1;
  if (kind.subspecialty !== undefined && reader.subspecialties.includes(kind.subspecialty)) sum += weights.subspecialty;
  if (kind.language !== undefined && reader.languages.includes(kind.language)) sum += weights.language;
  if (knownTo?.includes(reader.id)) sum += weights.known;
  return sum;
}

/** Who is ahead sees what pays well discounted and what pays badly preferred; who is behind the other way round. */
function fairness(kind: CaseKind, expectedMs: number, reader: AskingReader): number {
  const pays = kind.rvu / (expectedMs / 3_600_000) / weights.rvuPerHour - 1;
  return 1 - weights.fairness * within(reader.pace - 1) * within(pays);
}

function scarcity(kind: CaseKind, reader: AskingReader): number {
  return 1 - weights.scarcity * reader.shareWhoMay(kind);
}

function within(value: number): number {
  return Math.max(-1, Math.min(1, value));
}
