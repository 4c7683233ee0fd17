// What another rule set would have done with studies of the past: which deliveries would begin, end or change. Nothing is
// sent; the answer is what a person looks at before the rules are put in force.

import { decide } from './decide.ts';
import type { Decision, PlannedDelivery } from './decision.ts';
import type { StudyFacts } from './facts.ts';
import type { RuleSet } from './rule.ts';

export interface PastStudy {
  facts: StudyFacts;
  /** When it is decided upon. */
  at: Date;
}

export interface DryRun {
  studies: number;
  /** Studies of which something would be different. */
  changedStudies: number;
  /** By rule: how many studies it applies to, and for how many it cannot be decided. */
  rules: Record<string, { before: RuleCount; after: RuleCount }>;
  /** By destination: how many deliveries. */
  destinations: Record<string, { before: number; after: number }>;
  /** The first of the changes; `changesLeftOff` counts the others. */
  changes: Change[];
  changesLeftOff: number;
}

export interface RuleCount {
  applies: number;
  undecided: number;
}

export interface Change {
  studyUid: string;
  destination: string;
  kind: 'begins' | 'ends' | 'differs';
  /** What differs: `priority ROUTINE → STAT`. */
  what: string[];
}

export const limits = { changes: 1000 } as const;

/** `before` absent: there were no rules. */
export function dryRun(before: RuleSet | undefined, after: RuleSet, studies: Iterable<PastStudy>): DryRun {
  const run: DryRun = {
    studies: 0,
    changedStudies: 0,
    rules: {},
    destinations: {},
    changes: [],
    changesLeftOff: 0,
  };
  for (const { facts, at } of studies) {
    const was = before && decide(before, facts, { at });
    const would = decide(after, facts, { at });
    count(run, was, 'before');
    count(run, would, 'after');
    const changes = changesOf(facts.study.uid, was?.deliveries ?? [], would.deliveries);
    run.studies++;
    if (changes.length > 0) run.changedStudies++;
    const room = limits.changes - run.changes.length;
    run.changes.push(...changes.slice(0, room));
    run.changesLeftOff += Math.max(0, changes.length - room);
  }
  return run;
}

function count(run: DryRun, decision: Decision | undefined, side: 'before' | 'after'): void {
  for (const { rule, outcome } of decision?.rules ?? []) {
    run.rules[rule] ??= { before: { applies: 0, undecided: 0 }, after: { applies: 0, undecided: 0 } };
    if (outcome === 'applies') run.rules[rule][side].applies++;
    if (outcome === 'undecided') run.rules[rule][side].undecided++;
  }
  for (const { destination } of decision?.deliveries ?? []) {
    run.destinations[destination] ??= { before: 0, after: 0 };
    run.destinations[destination][side]++;
  }
}

function changesOf(studyUid: string, before: readonly PlannedDelivery[], after: readonly PlannedDelivery[]): Change[] {
  const destinations = new Set([...before, ...after].map(({ destination }) => destination));
  return [...destinations].flatMap((destination): Change[] => {
    const [was, would] = [before, after].map((deliveries) => told(deliveries, destination));
    if (was!.size === 0) return [{ studyUid, destination, kind: 'begins', what: [...would!] }];
    if (would!.size === 0) return [{ studyUid, destination, kind: 'ends', what: [...was!] }];
    const gone = [...was!.difference(would!)].map((what) => `no longer: ${what}`);
    const come = [...would!.difference(was!)].map((what) => `now: ${what}`);
    return gone.length + come.length === 0
      ? []
      : [{ studyUid, destination, kind: 'differs', what: [...gone, ...come] }];
  });
}

/** What is delivered there, one line for each delivery; the same line for the same delivery. */
function told(deliveries: readonly PlannedDelivery[], destination: string): Set<string> {
  const lines = deliveries
    .filter((delivery) => delivery.destination === destination)
    .map(({ series, priority, after, deadline, form, schedule, bandwidth }) =>
      [
        `series ${series.join(', ')}`,
        priority,
        `after ${after}`,
        ...(deadline ? [`by ${deadline.at.toISOString()}`] : []),
        ...(form === '' ? [] : [`with ${form}`]),
        ...(schedule.length === 0 ? [] : [`at ${JSON.stringify(schedule)}`]),
        ...(bandwidth.length === 0 ? [] : [`bandwidth ${JSON.stringify(bandwidth)}`]),
      ].join('; '),
    );
  return new Set(lines);
}
