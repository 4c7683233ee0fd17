// What is simulated: a reading network as numbers. Files have the form of `Scenario` but for words where a sentence explains a
// number (`readScenario` finds the number in it); default-scenario.ts makes one without a file.

import { Problem } from '../../base/problem.ts';
import type { RequestPriority } from '../terms/service-term.ts';

export interface Scenario {
  days: number;
  /** Examinations a year, of which `shareOfAnnual` are read remotely. */
  annualExams: number;
  sites: number;
  clients: number;
  /** Of the normal variable whose exponential is a client's weight. */
  clientSpread: number;
  skills: readonly string[];
  shareOfAnnual: readonly number[];
  readMinutes: { mean: readonly number[]; sd: readonly number[]; cap: number };
  /** RVU by skill: metering/relative-value.ts. */
  rvu: readonly number[];
  /** Most urgent first. */
  priorities: readonly string[];
  slaMinutes: readonly number[];
  /** Names of those whose breaches are told together. */
  urgent: readonly string[];
  priorityShareBySkill: readonly (readonly number[])[];
  /** By priority, 24 hours; and seven days from Monday on. */
  hourlyProfile: Readonly<Record<string, readonly number[]>>;
  dayOfWeekFactor: Readonly<Record<string, readonly number[]>>;
  roster: Roster;
  /** Number of pools that clients are grouped in. */
  arrangements: Readonly<Record<string, number>>;
  /** What an hour of a reader on duty costs, for cost per exam. */
  costPerHour: number;
}

export interface Roster {
  shiftHours: number;
  starts: readonly number[];
  readingShareOfShift: number;
  /** Times the expected urgent minutes that shifts are placed for. */
  urgentNeed: number;
  /** Hours of the day over which all other reading is spread. */
  otherHours: readonly [number, number];
  /** Skills that all readers have; of the others each has one by share, and a second with that probability. */
  common: readonly string[];
  subspecialties: Readonly<Record<string, number>>;
  second: number;
}

/** The priorities of a scenario in the words of dispatch, most urgent first. */
export function requestPriorityOf(position: number): RequestPriority {
  return (['stat', 'asap', 'urgent'] as const)[position] ?? 'routine';
}

type Json = Record<string, unknown>;

/** Reads a scenario file; `fallback` has what it need not say. Rejects with request/malformed, naming the first thing that is wrong. */
export function readScenario(value: unknown, fallback: Scenario): Scenario {
  const json = object(value, 'the scenario');
  const names = strings(json.priorities, 'priorities');
  const skills = strings(json.skills, 'skills');
  const readMinutes = object(json.readMinutes, 'readMinutes');
  const mean = numbers(readMinutes.mean, 'readMinutes.mean', skills.length);
  const shares = list(json.priorityShareBySkill, 'priorityShareBySkill', skills.length);
  return {
    days: number(json.days, 'days'),
    annualExams: number(json.annualExams, 'annualExams'),
    sites: number(json.sites ?? json.clients, 'sites'),
    clients: number(json.clients, 'clients'),
    clientSpread: found(json.clientSpread ?? json.clientShare, /exp\(\s*([\d.]+)/, fallback.clientSpread),
    skills,
    shareOfAnnual: numbers(json.shareOfAnnual, 'shareOfAnnual', skills.length),
    readMinutes: {
      mean,
      sd: numbers(readMinutes.sd, 'readMinutes.sd', skills.length),
      cap: found(readMinutes.cap ?? readMinutes.distribution, /capped at ([\d.]+)/, fallback.readMinutes.cap),
    },
    rvu: json.rvu === undefined ? rvuOf(skills, mean, fallback) : numbers(json.rvu, 'rvu', skills.length),
    priorities: names,
    slaMinutes: numbers(json.slaMinutes, 'slaMinutes', names.length),
    urgent: urgentOf(json.urgent, names),
    priorityShareBySkill: shares.map((row, at) => numbers(row, `priorityShareBySkill[${at}]`, names.length)),
    hourlyProfile: byPriority(json.hourlyProfile, 'hourlyProfile', names, 24),
    dayOfWeekFactor: byPriority(json.dayOfWeekFactor, 'dayOfWeekFactor', names, 7),
    roster: readRoster(object(json.roster, 'roster'), skills, fallback.roster),
    arrangements: arrangementsOf(json.arrangements ?? fallback.arrangements),
    costPerHour: number(json.costPerHour ?? fallback.costPerHour, 'costPerHour'),
  };
}

function readRoster(json: Json, skills: readonly string[], fallback: Roster): Roster {
  const subspecialties = json.subspecialties ?? sharesIn(json.skillsOfReader, skills) ?? fallback.subspecialties;
  const [from, to] = Array.isArray(json.otherHours)
    ? json.otherHours
    : (hoursIn(json.placement) ?? fallback.otherHours);
  return {
    shiftHours: number(json.shiftHours, 'roster.shiftHours'),
    starts: numbers(json.starts, 'roster.starts'),
    readingShareOfShift: number(json.readingShareOfShift, 'roster.readingShareOfShift'),
    urgentNeed: found(json.urgentNeed ?? json.placement, /([\d.]+) x expected urgent/, fallback.urgentNeed),
    otherHours: [number(from, 'roster.otherHours'), number(to, 'roster.otherHours')],
    subspecialties: object(subspecialties, 'roster.subspecialties') as Record<string, number>,
    common: skills.filter((skill) => !(skill in (subspecialties as object))),
    second: found(json.second ?? json.skillsOfReader, /probability ([\d.]+)/, fallback.second),
  };
}

/** `MR-neuro .30, MR-MSK .30, …` */
function sharesIn(text: unknown, skills: readonly string[]): Record<string, number> | undefined {
  if (typeof text !== 'string') return undefined;
  const shares = [...text.matchAll(/(\S+) (0?\.\d+)/g)].filter(([, name]) => skills.includes(name!));
  return shares.length === 0 ? undefined : Object.fromEntries(shares.map(([, name, share]) => [name, Number(share)]));
}

function hoursIn(text: unknown): [number, number] | undefined {
  const hours = typeof text === 'string' ? /(\d+)-(\d+) h/.exec(text) : null;
  return hours === null ? undefined : [Number(hours[1]), Number(hours[2])];
}

/** A file without values: those of the same skills, or one for three minutes. */
function rvuOf(skills: readonly string[], mean: readonly number[], { skills: known, rvu }: Scenario): number[] {
  return skills.map((skill, at) => rvu[known.indexOf(skill)] ?? mean[at]! / 3);
}

function urgentOf(value: unknown, names: readonly string[]): string[] {
  const urgent = typeof value === 'string' ? value.split('+').map((name) => name.trim()) : value;
  const known = Array.isArray(urgent) ? urgent.filter((name): name is string => names.includes(name)) : [];
  return known.length > 0 ? known : names.slice(0, 2);
}

function arrangementsOf(value: unknown): Record<string, number> {
  const pools = Object.entries(object(value, 'arrangements'));
  return Object.fromEntries(pools.map(([name, count]) => [name, number(count, `arrangements.${name}`)]));
}

/** Keys may name several priorities: `STAT,ED`. */
function byPriority(value: unknown, what: string, names: readonly string[], length: number): Record<string, number[]> {
  const rows: Record<string, number[]> = {};
  for (const [key, row] of Object.entries(object(value, what))) {
    for (const name of key.split(',')) rows[name.trim()] = numbers(row, `${what}.${key}`, length);
  }
  for (const name of names) if (rows[name] === undefined) throw wrong(what, `has no row for ${name}`);
  return rows;
}

function found(value: unknown, pattern: RegExp, otherwise: number): number {
  if (typeof value === 'number') return value;
  const match = typeof value === 'string' ? pattern.exec(value) : null;
  return match === null ? otherwise : Number(match[1]);
}

function object(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(what, 'is no object');
  return value as Json;
}

function list(value: unknown, what: string, length?: number): unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw wrong(what, 'is no list');
  if (length !== undefined && value.length !== length) throw wrong(what, `has ${value.length} values, not ${length}`);
  return value;
}

function strings(value: unknown, what: string): string[] {
  return list(value, what).map(String);
}

function numbers(value: unknown, what: string, length?: number): number[] {
  return list(value, what, length).map((each) => number(each, what));
}

function number(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw wrong(what, 'is no number of 0 or more');
  return value;
}

function wrong(what: string, how: string): Problem {
  return new Problem('request/malformed', { reason: `${what} ${how}` });
}
