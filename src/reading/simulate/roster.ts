// Who is on duty when: the same number of shifts in every arrangement, split by client share, each placed where it covers
// most of what its pool still needs.

import { clientShares, expectedInHour, HOUR_MS, hours } from './arrivals.ts';
import { cumulative, Random } from './random.ts';
import type { Scenario } from './scenario.ts';

export interface Shift {
  pool: number;
  fromMs: number;
  toMs: number;
  /** Indices of the skills; bits of them. */
  skills: number;
}

export interface RosterOptions {
  pools: number;
  /** Share of their reading time that readers are busy, on average. */
  utilisation: number;
  /** Share of the shifts that nobody comes to. */
  absent?: number;
}

/** To which pool a client belongs: clients are dealt out in turn. */
export const poolOf = (client: number, pools: number): number => client % pools;

/** Minutes of reading expected in each hour, of urgent work and of all other. */
export function expectedMinutes(scenario: Scenario): { urgent: Float64Array; other: Float64Array } {
  const urgent = new Float64Array(scenario.days * 24);
  const other = new Float64Array(scenario.days * 24);
  for (const hour of hours(scenario)) {
    scenario.skills.forEach((_, skill) => {
      scenario.priorities.forEach((name, priority) => {
        const minutes = expectedInHour(scenario, hour, skill, priority) * scenario.readMinutes.mean[skill]!;
        (scenario.urgent.includes(name) ? urgent : other)[hour]! += minutes;
      });
    });
  }
  return { urgent, other };
}

/** Shifts of all pools together. */
export function totalShifts(scenario: Scenario, utilisation: number): number {
  const { urgent, other } = expectedMinutes(scenario);
  const minutes = sum(urgent) + sum(other);
  const { shiftHours, readingShareOfShift } = scenario.roster;
  return Math.round(minutes / (shiftHours * 60 * readingShareOfShift * utilisation));
}

export function makeRoster(
  scenario: Scenario,
  seed: number,
  { pools, utilisation, absent = 0 }: RosterOptions,
): Shift[] {
  const random = new Random(seed, `roster of ${pools}`);
  const shares = new Array<number>(pools).fill(0);
  for (const [client, share] of clientShares(scenario, seed).entries()) shares[poolOf(client, pools)]! += share;
  const counts = apportion(totalShifts(scenario, utilisation), shares);
  const need = needOf(scenario);
  const draw = skillsOf(scenario, random);
  const shifts = shares.flatMap((share, pool) =>
    place(scenario, need, share, counts[pool]!).map((fromHour) => ({
      pool,
      fromMs: fromHour * HOUR_MS,
      toMs: (fromHour + scenario.roster.shiftHours) * HOUR_MS,
      skills: draw(),
    })),
  );
  const away = new Random(seed, 'absences');
  return shifts.filter(() => away.uniform() >= absent).sort((a, b) => a.fromMs - b.fromMs);
}

/** Minutes that readers have to be there for, by hour: urgent work at once, all other when hospitals ask for it. */
function needOf(scenario: Scenario): Float64Array {
  const { urgentNeed, otherHours } = scenario.roster;
  const { urgent, other } = expectedMinutes(scenario);
  const need = urgent.map((minutes) => urgentNeed * minutes);
  const [from, to] = otherHours;
  for (let day = 0; day < scenario.days; day++) {
    const spread = sum(other.subarray(day * 24, (day + 1) * 24)) / (to - from);
    for (let hour = from; hour < to; hour++) need[day * 24 + hour]! += spread;
  }
  return need;
}

/** Largest remainders. */
function apportion(total: number, shares: readonly number[]): number[] {
  const counts = shares.map((share) => Math.floor(total * share));
  const order = shares.map((share, at) => ({ at, rest: total * share - counts[at]! })).sort((a, b) => b.rest - a.rest);
  const left = total - counts.reduce((all, count) => all + count, 0);
  for (const { at } of order.slice(0, left)) counts[at]! += 1;
  return counts;
}

/** Hours since the beginning at which shifts start: each where most is not covered, or least is covered twice. */
function place({ days, roster }: Scenario, need: Float64Array, share: number, count: number): number[] {
  const unmet = need.map((minutes) => minutes * share);
  const covers = 60 * roster.readingShareOfShift;
  const starts = Array.from({ length: days }, (_, day) => roster.starts.map((hour) => day * 24 + hour)).flat();
  const gain = (start: number): number => {
    let sum = 0;
    for (let hour = start; hour < Math.min(start + roster.shiftHours, unmet.length); hour++) {
      sum += unmet[hour]!;
    }
    return sum;
  };
  const gains = starts.map(gain);
  return Array.from({ length: count }, () => {
    let best = 0;
    for (let at = 1; at < starts.length; at++) if (gains[at]! > gains[best]!) best = at;
    const start = starts[best]!;
    for (let hour = start; hour < Math.min(start + roster.shiftHours, unmet.length); hour++) unmet[hour]! -= covers;
    for (let at = 0; at < starts.length; at++) {
      if (Math.abs(starts[at]! - start) < roster.shiftHours) gains[at] = gain(starts[at]!);
    }
    return start;
  });
}

function skillsOf({ skills, roster }: Scenario, random: Random): () => number {
  const common = roster.common.reduce((bits, skill) => bits | (1 << skills.indexOf(skill)), 0);
  const names = Object.keys(roster.subspecialties).filter((skill) => skills.includes(skill));
  const shares = cumulative(names.map((name) => roster.subspecialties[name]!));
  const one = (): number => (names.length === 0 ? 0 : 1 << skills.indexOf(names[random.index(shares)]!));
  return () => common | one() | (random.uniform() < roster.second ? one() : 0);
}

function sum(values: Float64Array): number {
  return values.reduce((all, value) => all + value, 0);
}
