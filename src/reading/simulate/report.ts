// What was compared, as text: one line a row, and below what the lines leave out.

import { type Compared, floorShare, lateShare, meanOf, mostOf } from './experiment.ts';
import type { Measured, OfPriority, Spread } from './measure.ts';

const urgent = (measured: Measured) => measured.urgent;
const all = (measured: Measured) => measured.all;
const priority = (at: number) => (measured: Measured) => measured.priorities[at]!;

/** Breaches of each row, with the floor: what is late whatever is done, because reading alone takes longer. */
export function breachLines(compared: readonly Compared[]): string[] {
  const names = compared[0]!.bySeed[0]!.priorities.map(({ name }) => name);
  const rows = compared.map((each) => {
    const { mean, least, most } = lateShare(each, urgent);
    return [
      each.row.name,
      each.row.utilisation.toFixed(2),
      percent(mean),
      `${percent(least)}-${percent(most)}`,
      percent(floorShare(each, urgent)),
      ...names.flatMap((_, at) => [
        percent(lateShare(each, priority(at)).mean),
        percent(floorShare(each, priority(at))),
      ]),
      percent(lateShare(each, all).mean),
    ];
  });
  const head = ['late, % of', 'load', 'urgent', 'seeds', 'floor', ...names.flatMap((name) => [name, 'floor']), 'all'];
  return table([head, ...rows]);
}

/** Waits of one row in minutes, by priority. Delivery of reports is not simulated: a turnaround ends with the reading. */
export function waitLines(compared: Compared): string[] {
  const { priorities } = compared.bySeed[0]!;
  const spreads = (of: (row: OfPriority) => Spread, at: number): string[] =>
    (['p50', 'p95', 'p99'] as const)
      .map((name) => minutes(meanOf(compared, (measured) => of(measured.priorities[at]!)[name])))
      .concat(minutes(mostOf(compared, (measured) => of(measured.priorities[at]!).most)));
  const rows = priorities.map(({ name, capMinutes }, at): string[] => [
    name,
    ...spreads(({ turnaround }) => turnaround, at),
    ...spreads(({ queue }) => queue, at),
    ...spreads(({ read }) => read, at),
    minutes(capMinutes),
    meanOf(compared, (measured) => measured.priorities[at]!.overCap).toFixed(0),
  ]);
  const four = (what: string): string[] => [`${what} p50`, 'p95', 'p99', 'most'];
  const head = [
    `minutes, ${compared.row.name}`,
    ...four('total'),
    ...four('queue'),
    ...four('read'),
    'wait cap',
    'over it',
  ];
  return table([head, ...rows]);
}

/** What each row costs readers and hospitals. */
export function effortLines(compared: readonly Compared[]): string[] {
  const rows = compared.map((each) => {
    const of = (value: (measured: Measured) => number, digits: number): string => meanOf(each, value).toFixed(digits);
    return [
      each.row.name,
      each.row.utilisation.toFixed(2),
      of(({ readerHours }) => readerHours, 0),
      percent(meanOf(each, ({ busy }) => busy)),
      of(({ rvuGini }) => rvuGini, 3),
      of(({ rvuVariation }) => rvuVariation, 3),
      of(({ eligible }) => eligible, 1),
      of(({ overMinute }) => overMinute, 0),
      of(({ declined }) => declined, 0),
      of(({ reassigned }) => reassigned, 0),
      of(({ unread }) => unread, 0),
      of(({ costPerExam }) => costPerExam, 2),
    ];
  });
  return table([
    [
      '',
      'load',
      'reader hours',
      'busy %',
      'RVU Gini',
      'RVU CV',
      'eligible',
      'over 1 min',
      'declined',
      'reassigned',
      'unread',
      'cost/exam',
    ],
    ...rows,
  ]);
}

/** Breaches that one more privilege avoids, from each breadth to the next. */
export function licenceLines(compared: readonly Compared[]): string[] {
  const breadths = compared.filter(({ row }) => row.breadth !== undefined);
  const of = (each: Compared): number => meanOf(each, ({ privileges }) => privileges);
  return breadths.slice(1).flatMap((each, at) => {
    const before = breadths[at]!;
    const avoided = meanOf(before, ({ urgent: { late } }) => late) - meanOf(each, ({ urgent: { late } }) => late);
    const added = of(each) - of(before);
    // Of few clients, one is more than a small share of them.
    if (added === 0) return [];
    const from = `privileges from ${Math.round(before.row.breadth! * 100)} to ${Math.round(each.row.breadth! * 100)} % of clients`;
    return [`${from}: ${((1000 * avoided) / added).toFixed(2)} urgent breaches avoided by 1,000 more of them`];
  });
}

/** Minutes until the report where an algorithm looked first. */
export function triageLines(compared: readonly Compared[]): string[] {
  return compared.flatMap((each) => {
    if (each.bySeed[0]?.triaged === undefined) return [];
    const of = (who: 'positives' | 'others') => minutes(meanOf(each, ({ triaged }) => triaged?.[who].p95 ?? 0));
    return [`${each.row.name}: p95 of positives ${of('positives')} min, of all others ${of('others')} min`];
  });
}

export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}

export const percent = (share: number): string => (100 * share).toFixed(2);

const minutes = (value: number): string => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en'));
