// How many reader hours, and how broad privileges have to be: the highest load at which urgent work is late no more often than
// it may be, found by halving; and what readers have to be there for in each hour.

import { HOUR_MS } from './arrivals.ts';
import { type Compared, lateShare, type Row } from './experiment.ts';
import { expectedMinutes, makeRoster, totalShifts } from './roster.ts';
import type { Scenario } from './scenario.ts';

export const limits = {
  leastLoad: 0.5,
  mostLoad: 0.99,
  /** Loads that are tried after the ends. */
  halvings: 5,
  breadths: [0.03, 0.07, 0.15, 0.3, 0.6],
  /** Share that urgent breaches may be higher by than with privileges everywhere. */
  breadthCost: 0.001,
} as const;

export interface Forecast {
  target: number;
  utilisation: number;
  late: number;
  readerHoursPerDay: number;
  /** Readers on duty, and readers needed, by hour since Monday. */
  onDuty: number[];
  needed: number[];
  /** Reading minutes a day, by skill. */
  minutesBySkill: { skill: string; hoursPerDay: number }[];
  /** Least share of the clients at which each reader is privileged. */
  breadth: number;
}

/** `compare` runs a row with every seed. Without a load that holds the target, the least that was tried is told. */
export async function forecast(
  scenario: Scenario,
  seed: number,
  target: number,
  compare: (row: Row) => Promise<Compared>,
): Promise<Forecast> {
  const arrangement = Object.keys(scenario.arrangements).at(-1)!;
  const lateAt = async (utilisation: number, breadth?: number): Promise<number> => {
    const row = {
      name: 'forecast',
      arrangement,
      policy: 'atc',
      utilisation,
      ...(breadth === undefined ? {} : { breadth }),
    };
    return lateShare(await compare(row), ({ urgent }) => urgent).mean;
  };
  let [low, high]: [number, number] = [limits.leastLoad, limits.mostLoad];
  let late = await lateAt(low);
  for (let turn = 0; turn < limits.halvings && late <= target; turn++) {
    const middle = (low + high) / 2;
    const lateThen = await lateAt(middle);
    if (lateThen <= target) [low, late] = [middle, lateThen];
    else high = middle;
  }
  let breadth = 1;
  for (const each of limits.breadths) {
    if ((await lateAt(low, each)) > late + limits.breadthCost) continue;
    breadth = each;
    break;
  }
  return { target, utilisation: low, late, breadth, ...hoursOf(scenario, seed, arrangement, low) };
}

function hoursOf(scenario: Scenario, seed: number, arrangement: string, utilisation: number) {
  const { shiftHours, readingShareOfShift } = scenario.roster;
  const shifts = makeRoster(scenario, seed, { pools: scenario.arrangements[arrangement]!, utilisation });
  const week = Array.from({ length: Math.min(7, scenario.days) * 24 }, (_, hour) => hour);
  const { urgent, other } = expectedMinutes(scenario);
  return {
    readerHoursPerDay: (totalShifts(scenario, utilisation) * shiftHours) / scenario.days,
    onDuty: week.map(
      (hour) => shifts.filter(({ fromMs, toMs }) => fromMs <= hour * HOUR_MS && toMs > hour * HOUR_MS).length,
    ),
    needed: week.map((hour) => (urgent[hour]! + other[hour]!) / (60 * readingShareOfShift)),
    minutesBySkill: scenario.skills.map((skill, at) => ({
      skill,
      hoursPerDay: (scenario.annualExams * scenario.shareOfAnnual[at]! * scenario.readMinutes.mean[at]!) / 365 / 60,
    })),
  };
}

export function forecastLines({
  target,
  utilisation,
  late,
  readerHoursPerDay,
  minutesBySkill,
  breadth,
}: Forecast): string[] {
  const held = late <= target ? 'holds' : 'does not hold';
  return [
    `at a load of ${utilisation.toFixed(3)}, ${Math.round(readerHoursPerDay).toLocaleString('en')} reader hours a day, the network ${held} ${(100 * target).toFixed(2)} % of urgent work late: ${(100 * late).toFixed(2)} %`,
    `reading hours a day: ${minutesBySkill.map((each) => `${each.skill} ${Math.round(each.hoursPerDay).toLocaleString('en')}`).join(', ')}`,
    `each reader privileged at ${Math.round(breadth * 100)} % of the clients costs at most ${100 * limits.breadthCost} points against all`,
  ];
}
