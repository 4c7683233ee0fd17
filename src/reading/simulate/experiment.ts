// Rows that are compared, each run with several seeds: the same examinations for all rows of a seed, the same reader hours for
// all rows of a load.

import { Problem } from '../../base/problem.ts';
import { type Arrivals, type Disturbance, makeArrivals } from './arrivals.ts';
import { type Breaches, type Measured, measure } from './measure.ts';
import { policies } from './policies.ts';
import { makeRoster } from './roster.ts';
import { run } from './run.ts';
import type { Scenario } from './scenario.ts';

export interface Row {
  name: string;
  arrangement: string;
  policy: string;
  utilisation: number;
  breadth?: number;
  absent?: number;
  declined?: number;
  lost?: number;
  reorder?: boolean;
  disturbance?: Disturbance;
}

/** What a row came to with each seed. */
export interface Compared {
  row: Row;
  bySeed: Measured[];
}

/** `arrangement:policy`, `pool:atc`. Rejects with request/malformed. */
export function rowOf(scenario: Scenario, text: string, utilisation: number): Row {
  const [arrangement = '', policy = ''] = text.split(':');
  if (!(arrangement in scenario.arrangements))
    throw unknown('arrangement', arrangement, Object.keys(scenario.arrangements));
  if (!(policy in policies)) throw unknown('policy', policy, Object.keys(policies));
  return { name: `${arrangement} ${policy}`, arrangement, policy, utilisation };
}

/** What is compared when nothing is asked for: at an ordinary load, and at one that leaves little air. */
export function usualRows(scenario: Scenario, utilisations: readonly number[]): Row[] {
  const names = Object.keys(scenario.arrangements);
  const pooled = names.at(-1)!;
  const rows = names.flatMap((name) => [`${name}:fifo`, `${name}:edf`]);
  const texts = [...rows, ...['strict', 'shortest', 'cherry', 'atc'].map((policy) => `${pooled}:${policy}`)];
  return utilisations.flatMap((utilisation) => texts.map((text) => rowOf(scenario, text, utilisation)));
}

/** What may be otherwise than assumed. All of ours, in the widest pool, but where a line says so. */
export function sensitivityRows(scenario: Scenario): Row[] {
  const pooled = Object.keys(scenario.arrangements).at(-1)!;
  const ours = (name: string, more: Partial<Row> = {}): Row => ({
    name,
    arrangement: pooled,
    policy: 'atc',
    utilisation: 0.85,
    ...more,
  });
  const [, second = scenario.priorities[0]!] = scenario.priorities;
  const day = Math.floor((scenario.days - 1) / 2);
  const noon = day * 24 + 10;
  const skill = scenario.skills[1] ?? scenario.skills[0]!;
  const disturbance = { triage: { skill, prevalence: 0.1, sensitivity: 0.9, specificity: 0.93 } };
  return [
    ...[0.8, 0.85, 0.9, 0.93, 0.96, 0.99].map((load) => ours(`load ${load}`, { utilisation: load })),
    ...Object.keys(scenario.arrangements).map((arrangement) =>
      ours(`${arrangement}, a tenth of readers absent`, { arrangement, absent: 0.1 }),
    ),
    ours(`${second} doubled from 10 to 16 h on day ${day + 1}`, {
      disturbance: { surge: { priority: second, factor: 2, fromHour: noon, toHour: noon + 6 } },
    }),
    ours(`links of a tenth of clients down for an hour on day ${day + 1}`, {
      disturbance: { linkDown: { share: 0.1, fromHour: noon, toHour: noon + 1 } },
    }),
    ours('2 % declined, 0.5 % lost with the reader', { declined: 0.02, lost: 0.005 }),
    ...[0.01, 0.03, 0.07, 0.15, 0.3, 0.6, 1].map((breadth) =>
      ours(`privileged at ${Math.round(breadth * 100)} % of clients`, { breadth }),
    ),
    ours('flags shown, fifo', { policy: 'fifo', utilisation: 0.93, disturbance }),
    ours('flags shown', { utilisation: 0.93, disturbance }),
    ours('flags reorder', { utilisation: 0.93, disturbance, reorder: true }),
  ];
}

const made = new Map<string, Arrivals>();

/** One row with one seed. The examinations of the last seed are kept: rows of a seed are asked for one after another. */
export function tryRow(scenario: Scenario, row: Row, seed: number): Measured {
  const key = JSON.stringify([seed, row.disturbance ?? null, scenario]);
  let arrivals = made.get(key);
  if (arrivals === undefined) {
    made.clear();
    arrivals = makeArrivals(scenario, seed, row.disturbance);
    made.set(key, arrivals);
  }
  const pools = scenario.arrangements[row.arrangement]!;
  const { utilisation, absent, breadth, reorder, declined, lost } = row;
  const shifts = makeRoster(scenario, seed, { pools, utilisation, ...(absent === undefined ? {} : { absent }) });
  const outcome = run(scenario, arrivals, shifts, {
    seed,
    pools,
    policy: policies[row.policy]!,
    ...(breadth === undefined ? {} : { breadth }),
    ...(reorder === undefined ? {} : { reorder }),
    ...(declined === undefined ? {} : { declined }),
    ...(lost === undefined ? {} : { lost }),
  });
  return measure(scenario, arrivals, shifts, outcome);
}

/** Share that is late, of all seeds together and the least and most of one. */
export function lateShare(
  { bySeed }: Compared,
  of: (measured: Measured) => Breaches,
): { mean: number; least: number; most: number } {
  const each = bySeed.map(of);
  const shares = each.map(({ late, count }) => (count === 0 ? 0 : late / count));
  const count = each.reduce((all, row) => all + row.count, 0);
  const late = each.reduce((all, row) => all + row.late, 0);
  return { mean: count === 0 ? 0 : late / count, least: Math.min(...shares), most: Math.max(...shares) };
}

export function floorShare({ bySeed }: Compared, of: (measured: Measured) => Breaches): number {
  const each = bySeed.map(of);
  const count = each.reduce((all, row) => all + row.count, 0);
  return count === 0 ? 0 : each.reduce((all, { floor }) => all + floor, 0) / count;
}

export function meanOf({ bySeed }: Compared, of: (measured: Measured) => number): number {
  return bySeed.reduce((all, measured) => all + of(measured), 0) / bySeed.length;
}

export function mostOf({ bySeed }: Compared, of: (measured: Measured) => number): number {
  return bySeed.reduce((most, measured) => Math.max(most, of(measured)), 0);
}

function unknown(what: string, name: string, known: readonly string[]): Problem {
  return new Problem('request/malformed', { reason: `no ${what} ${name}: there are ${known.join(', ')}` });
}
