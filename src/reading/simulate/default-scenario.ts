// A national network without a file: 47.2 million examinations a year at 1,000 sites of 140 clients. Mixes, profiles and
// values are assumptions; trust ratios between rows more than absolute rates. Ultrasound and fluoroscopy, a quarter of all,
// are read at the couch and left out.

import type { Scenario } from './scenario.ts';

/** Share of all examinations; minutes to read, mean and deviation; RVU in plain films; shares of STAT, ED, inpatient, outpatient; of readers. */
const skills = {
  XR: { share: 0.475, minutes: [3, 2.4], rvu: 1, mix: [1, 34, 20, 45] },
  'CT-neuro': { share: 0.055, minutes: [9, 7], rvu: 3.4, mix: [12, 40, 20, 28] },
  'CT-chest': { share: 0.035, minutes: [14.5, 11], rvu: 4.2, mix: [4, 22, 26, 48] },
  'CT-body': { share: 0.055, minutes: [17, 14], rvu: 5.2, mix: [5, 25, 30, 40] },
  'CT-other': { share: 0.02, minutes: [11, 8], rvu: 4.6, mix: [5, 30, 25, 40] },
  'MR-neuro': { share: 0.03, minutes: [11.5, 8], rvu: 5.6, mix: [1, 3, 16, 80], readers: 0.3 },
  'MR-MSK': { share: 0.035, minutes: [12, 8], rvu: 5.2, mix: [0, 1, 5, 94], readers: 0.3 },
  'MR-body': { share: 0.025, minutes: [17, 12], rvu: 7, mix: [0, 2, 14, 84], readers: 0.26 },
  'NM/PET': { share: 0.013, minutes: [13, 9], rvu: 5, mix: [0, 0, 10, 90], readers: 0.08 },
  paediatrics: { share: 0.01, minutes: [8, 6], rvu: 2.5, mix: [5, 45, 20, 30], readers: 0.06 },
} as const;

/** Levels at moments of the day: emergencies peak before noon and in the evening, wards in the morning, clinics by day. */
const urgentDay = hourly(
  [0.5, 0.55],
  [4.5, 0.3],
  [7.5, 0.55],
  [10.5, 1.36],
  [12, 1.45],
  [14.5, 1.3],
  [19.5, 1.5],
  [23.5, 0.75],
);
const wardDay = hourly([0.5, 0.3], [4, 0.2], [7.5, 0.6], [10.5, 1.8], [12.5, 1.5], [14.5, 1.6], [18.5, 1], [23.5, 0.4]);
const clinicDay = hourly(
  [0.5, 0.02],
  [5.5, 0.02],
  [7.5, 0.5],
  [9, 1.95],
  [10.5, 2.4],
  [12.5, 1.9],
  [14.5, 2.2],
  [16.5, 1.9],
  [18.5, 0.8],
  [21.5, 0.15],
  [23.5, 0.03],
);

export const defaultScenario: Scenario = {
  days: 8,
  annualExams: 47_200_000,
  sites: 1000,
  clients: 140,
  clientSpread: 0.6,
  skills: Object.keys(skills),
  shareOfAnnual: Object.values(skills).map(({ share }) => share),
  readMinutes: {
    mean: Object.values(skills).map(({ minutes }) => minutes[0]),
    sd: Object.values(skills).map(({ minutes }) => minutes[1]),
    cap: 90,
  },
  rvu: Object.values(skills).map(({ rvu }) => rvu),
  priorities: ['STAT', 'ED', 'inpatient', 'outpatient'],
  slaMinutes: [30, 60, 720, 4320],
  urgent: ['STAT', 'ED'],
  priorityShareBySkill: Object.values(skills).map(({ mix }) => mix.map((percent) => percent / 100)),
  hourlyProfile: { STAT: urgentDay, ED: urgentDay, inpatient: wardDay, outpatient: clinicDay },
  dayOfWeekFactor: {
    STAT: [1.05, 1, 0.98, 0.98, 1, 0.99, 1],
    ED: [1.08, 1, 0.98, 0.98, 1, 0.97, 0.99],
    inpatient: [1.15, 1.15, 1.1, 1.1, 1.1, 0.7, 0.7],
    outpatient: [1.3, 1.3, 1.3, 1.3, 1.2, 0.35, 0.25],
  },
  roster: {
    shiftHours: 8,
    starts: [0, 6, 8, 9, 12, 14, 16, 20],
    readingShareOfShift: 0.9,
    urgentNeed: 1.25,
    otherHours: [8, 20],
    common: Object.entries(skills).flatMap(([name, skill]) => ('readers' in skill ? [] : [name])),
    subspecialties: Object.fromEntries(
      Object.entries(skills).flatMap(([name, skill]) => ('readers' in skill ? [[name, skill.readers]] : [])),
    ),
    second: 0.35,
  },
  arrangements: { trusts: 140, networks: 22, pool: 1 },
  costPerHour: 110,
};

/** Straight lines from one to the next, over midnight too; the level in the middle of each hour. */
function hourly(...levels: readonly (readonly [at: number, level: number])[]): number[] {
  const around = [...levels, [levels[0]![0] + 24, levels[0]![1]] as const];
  return Array.from({ length: 24 }, (_, hour) => {
    const middle = hour + 0.5;
    const next = around.findIndex(([at], place) => place > 0 && at >= middle);
    const [[from, low], [to, high]] = [around[next - 1]!, around[next]!];
    return low + ((high - low) * (middle - from)) / (to - from);
  });
}
