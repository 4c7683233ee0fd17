// What a run comes to: the days between the first, which fills the queues, and the last, on which what came is not all read.

import { longestWait } from '../dispatch/tardiness-cost.ts';
import { gini, variation } from '../metering/fairness.ts';
import { type Arrivals, HOUR_MS, MINUTE_MS } from './arrivals.ts';
import type { Shift } from './roster.ts';
import type { Outcome } from './run.ts';
import { requestPriorityOf, type Scenario } from './scenario.ts';

/** Minutes. */
export interface Spread {
  p50: number;
  p95: number;
  p99: number;
  most: number;
}

export interface Breaches {
  count: number;
  late: number;
  /** Late whatever is done: reading alone takes longer than the SLA. */
  floor: number;
}

export interface OfPriority extends Breaches {
  name: string;
  slaMinutes: number;
  turnaround: Spread;
  queue: Spread;
  read: Spread;
  /** What dispatch lets nobody wait longer than while a reader asks who may have it. */
  capMinutes: number;
  /** Cases that did: nobody who might have had them was free or asked. */
  overCap: number;
}

export interface Measured {
  priorities: OfPriority[];
  urgent: Breaches;
  all: Breaches;
  /** Cases that never were read. */
  unread: number;
  /** Share of the time on duty that readers read. */
  busy: number;
  /** RVU per hour on duty, among shifts. */
  rvuGini: number;
  rvuVariation: number;
  declined: number;
  reassigned: number;
  /** Cases that nobody had a minute after they came. */
  overMinute: number;
  /** Readers on duty who might have had a case, on average. */
  eligible: number;
  costPerExam: number;
  privileges: number;
  readerHours: number;
  /** Of the skill that triage looks at: what is so, and all else of the same priority. Minutes until the report. */
  triaged?: { positives: Spread; others: Spread };
}

export function measure(scenario: Scenario, arrivals: Arrivals, shifts: readonly Shift[], outcome: Outcome): Measured {
  const measured = casesOf(scenario, arrivals);
  const end = shifts.reduce((latest, { toMs }) => Math.max(latest, toMs), 0);
  const priorities = scenario.priorities.map((_, priority) =>
    ofPriority(scenario, arrivals, outcome, priority, end, measured),
  );
  const paces = outcome.readers.filter(({ onMs }) => onMs > 0).map(({ rvu, onMs }) => rvu / (onMs / HOUR_MS));
  const readerHours = shifts.reduce((sum, { fromMs, toMs }) => sum + (toMs - fromMs) / HOUR_MS, 0);
  const read = outcome.endMs.reduce((count, at) => count + (Number.isNaN(at) ? 0 : 1), 0);
  return {
    priorities,
    urgent: together(priorities.filter(({ name }) => scenario.urgent.includes(name))),
    all: together(priorities),
    unread: measured.filter((at) => Number.isNaN(outcome.endMs[at]!)).length,
    busy: sum(outcome.readers.map(({ busyMs }) => busyMs)) / sum(outcome.readers.map(({ onMs }) => onMs)),
    rvuGini: gini(paces),
    rvuVariation: variation(paces),
    declined: outcome.declined,
    reassigned: outcome.reassigned,
    overMinute: measured.filter((at) => queueMinutes(arrivals, outcome, at, end) > 1).length,
    eligible: outcome.eligible / outcome.decisions,
    costPerExam: (readerHours * scenario.costPerHour) / read,
    privileges: outcome.privileges,
    readerHours,
    ...(arrivals.positive.includes(1) ? { triaged: triaged(arrivals, outcome, measured, end) } : {}),
  };
}

function casesOf({ days }: Scenario, { atMs, count }: Arrivals): number[] {
  const measured: number[] = [];
  for (let at = 0; at < count; at++) {
    if (atMs[at]! >= 24 * HOUR_MS && atMs[at]! < (days - 1) * 24 * HOUR_MS) measured.push(at);
  }
  return measured;
}

function ofPriority(
  scenario: Scenario,
  arrivals: Arrivals,
  outcome: Outcome,
  priority: number,
  end: number,
  measured: readonly number[],
): OfPriority {
  const cases = measured.filter((at) => arrivals.priority[at] === priority);
  const slaMinutes = scenario.slaMinutes[priority]!;
  const turnaround = Float64Array.from(cases, (at) => turnaroundMinutes(arrivals, outcome, at, end));
  const read = Float64Array.from(cases, (at) => arrivals.readMinutes[at]! / scenario.roster.readingShareOfShift);
  const queue = Float64Array.from(cases, (at) => queueMinutes(arrivals, outcome, at, end));
  const capMinutes = slaMinutes * longestWait[requestPriorityOf(priority)];
  return {
    name: scenario.priorities[priority]!,
    slaMinutes,
    count: cases.length,
    late: cases.filter((at, place) => turnaround[place]! > slaMinutes || Number.isNaN(outcome.endMs[at]!)).length,
    floor: read.reduce((count, minutes) => count + (minutes > slaMinutes ? 1 : 0), 0),
    turnaround: spread(turnaround),
    queue: spread(queue),
    read: spread(read),
    capMinutes,
    overCap: queue.reduce((count, minutes) => count + (minutes > capMinutes ? 1 : 0), 0),
  };
}

/** What was not read waits until the end of the last shift. */
function turnaroundMinutes({ atMs }: Arrivals, { endMs }: Outcome, at: number, end: number): number {
  return ((Number.isNaN(endMs[at]!) ? end : endMs[at]!) - atMs[at]!) / MINUTE_MS;
}

function queueMinutes({ hereMs }: Arrivals, { startMs }: Outcome, at: number, end: number): number {
  return ((Number.isNaN(startMs[at]!) ? end : startMs[at]!) - hereMs[at]!) / MINUTE_MS;
}

function triaged(arrivals: Arrivals, outcome: Outcome, measured: readonly number[], end: number): Measured['triaged'] {
  const skill = arrivals.skill[arrivals.positive.indexOf(1)];
  const of = (isPositive: boolean): Spread => {
    const cases = measured.filter((at) => isPositive === (arrivals.skill[at] === skill && arrivals.positive[at] === 1));
    return spread(Float64Array.from(cases, (at) => turnaroundMinutes(arrivals, outcome, at, end)));
  };
  return { positives: of(true), others: of(false) };
}

function together(rows: readonly Breaches[]): Breaches {
  const of = (value: (row: Breaches) => number): number => sum(rows.map(value));
  return { count: of(({ count }) => count), late: of(({ late }) => late), floor: of(({ floor }) => floor) };
}

export function spread(minutes: Float64Array): Spread {
  minutes.sort();
  const at = (share: number): number => minutes[Math.floor(share * (minutes.length - 1))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) };
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
