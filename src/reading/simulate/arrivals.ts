// The examinations of a scenario, in the order in which they arrive: the same seed gives the same examinations to every
// policy, arrangement and load.

import { cumulative, Random } from './random.ts';
import type { Scenario } from './scenario.ts';

export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;

/** Columns, by arrival. */
export interface Arrivals {
  count: number;
  atMs: Float64Array;
  /** When its images are here: later where a link was down. */
  hereMs: Float64Array;
  skill: Uint8Array;
  priority: Uint8Array;
  client: Uint16Array;
  /** What the reading takes a reader who does nothing else. */
  readMinutes: Float32Array;
  /** What a triage algorithm would say, and what is so. */
  flagged: Uint8Array;
  positive: Uint8Array;
}

/** What is out of the ordinary. */
export interface Disturbance {
  /** Times the examinations of one priority between two hours since the beginning. */
  surge?: { priority: string; factor: number; fromHour: number; toHour: number };
  /** Clients with this share of the work send nothing between two hours; it comes at the end. */
  linkDown?: { share: number; fromHour: number; toHour: number };
  /** An algorithm looks at one skill. */
  triage?: { skill: string; prevalence: number; sensitivity: number; specificity: number };
}

/** Log-normal weights of the clients, adding up to 1. */
export function clientShares(scenario: Scenario, seed: number): number[] {
  const random = new Random(seed, 'clients');
  const weights = Array.from({ length: scenario.clients }, () => Math.exp(scenario.clientSpread * random.normal()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Examinations expected in an hour since the beginning, which is a Monday at 0 h. */
export function expectedInHour(scenario: Scenario, hour: number, skill: number, priority: number): number {
  const name = scenario.priorities[priority]!;
  const profile = scenario.hourlyProfile[name]!;
  const ofDay = profile[hour % 24]! / profile.reduce((sum, value) => sum + value, 0);
  const perDay = (scenario.annualExams * scenario.shareOfAnnual[skill]!) / 365;
  const share = scenario.priorityShareBySkill[skill]![priority]!;
  return perDay * share * scenario.dayOfWeekFactor[name]![Math.floor(hour / 24) % 7]! * ofDay;
}

export function makeArrivals(scenario: Scenario, seed: number, disturbance: Disturbance = {}): Arrivals {
  const times = new Random(seed, 'arrivals');
  const rows = hours(scenario).flatMap((hour) => inHour(scenario, hour, times, disturbance.surge));
  const columns = columnsFor(rows);
  const shares = clientShares(scenario, seed);
  fill(scenario, columns, shares, seed);
  if (disturbance.linkDown) hold(columns, shares, disturbance.linkDown);
  if (disturbance.triage) triage(scenario, columns, disturbance.triage, seed);
  return columns;
}

type Row = { at: number; skill: number; priority: number };

function inHour(scenario: Scenario, hour: number, random: Random, surge: Disturbance['surge']): Row[] {
  const rows: Row[] = [];
  scenario.skills.forEach((_, skill) => {
    scenario.priorities.forEach((name, priority) => {
      const isSurge = surge?.priority === name && hour >= surge.fromHour && hour < surge.toHour;
      const mean = expectedInHour(scenario, hour, skill, priority) * (isSurge ? surge.factor : 1);
      for (let left = random.poisson(mean); left > 0; left--) {
        rows.push({ at: (hour + random.uniform()) * HOUR_MS, skill, priority });
      }
    });
  });
  return rows.sort((a, b) => a.at - b.at);
}

function columnsFor(rows: readonly Row[]): Arrivals {
  const count = rows.length;
  const atMs = Float64Array.from(rows, ({ at }) => at);
  return {
    count,
    atMs,
    hereMs: atMs.slice(),
    skill: Uint8Array.from(rows, ({ skill }) => skill),
    priority: Uint8Array.from(rows, ({ priority }) => priority),
    client: new Uint16Array(count),
    readMinutes: new Float32Array(count),
    flagged: new Uint8Array(count),
    positive: new Uint8Array(count),
  };
}

function fill({ readMinutes: { mean, sd, cap } }: Scenario, columns: Arrivals, shares: number[], seed: number): void {
  const random = new Random(seed, 'cases');
  const clients = cumulative(shares);
  // Of the normal variable whose exponential has this mean and deviation.
  const spread = mean.map((value, skill) => Math.sqrt(Math.log(1 + (sd[skill]! / value) ** 2)));
  const centre = mean.map((value, skill) => Math.log(value) - spread[skill]! ** 2 / 2);
  for (let at = 0; at < columns.count; at++) {
    const skill = columns.skill[at]!;
    columns.client[at] = random.index(clients);
    columns.readMinutes[at] = Math.min(cap, Math.exp(centre[skill]! + spread[skill]! * random.normal()));
  }
}

function hold(
  columns: Arrivals,
  shares: readonly number[],
  { share, fromHour, toHour }: NonNullable<Disturbance['linkDown']>,
): void {
  const down = new Set<number>();
  let sum = 0;
  for (let client = 0; client < shares.length && sum < share; client++) {
    down.add(client);
    sum += shares[client]!;
  }
  for (let at = 0; at < columns.count; at++) {
    const hour = columns.atMs[at]! / HOUR_MS;
    if (hour >= fromHour && hour < toHour && down.has(columns.client[at]!)) columns.hereMs[at] = toHour * HOUR_MS;
  }
}

function triage(scenario: Scenario, columns: Arrivals, how: NonNullable<Disturbance['triage']>, seed: number): void {
  const random = new Random(seed, 'triage');
  const looked = scenario.skills.indexOf(how.skill);
  for (let at = 0; at < columns.count; at++) {
    if (columns.skill[at] !== looked) continue;
    const isPositive = random.uniform() < how.prevalence;
    columns.positive[at] = isPositive ? 1 : 0;
    columns.flagged[at] = random.uniform() < (isPositive ? how.sensitivity : 1 - how.specificity) ? 1 : 0;
  }
}

export function hours({ days }: Scenario): number[] {
  return Array.from({ length: days * 24 }, (_, hour) => hour);
}
