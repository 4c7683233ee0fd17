import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR_MS, makeArrivals } from './arrivals.ts';
import { defaultScenario } from './default-scenario.ts';
import { rowOf, sensitivityRows, tryRow, usualRows } from './experiment.ts';
import { forecast } from './forecast.ts';
import { spread } from './measure.ts';
import { pageOf } from './page.ts';
import { policies } from './policies.ts';
import { breachLines, effortLines, licenceLines, triageLines, waitLines } from './report.ts';
import { makeRoster, totalShifts } from './roster.ts';
import { run } from './run.ts';
import { readScenario, type Scenario } from './scenario.ts';

/** A fiftieth of the nation, for what holds at any size. */
const region: Scenario = {
  ...defaultScenario,
  annualExams: defaultScenario.annualExams / 50,
  clients: 12,
  days: 4,
  arrangements: { trusts: 12, pool: 1 },
};

test('a seed gives the same examinations, and the same run, every time', () => {
  const row = rowOf(region, 'pool:atc', 0.85);
  assert.deepEqual(tryRow(region, row, 7), tryRow(region, row, 7));
  assert.notDeepEqual(makeArrivals(region, 7).atMs, makeArrivals(region, 8).atMs);
});

test('every arrangement has the same reader hours, and a load is kept to', () => {
  for (const pools of [1, 12]) {
    const shifts = makeRoster(region, 7, { pools, utilisation: 0.85 });
    assert.equal(shifts.length, totalShifts(region, 0.85));
  }
  const { busy } = tryRow(region, rowOf(region, 'pool:atc', 0.85), 7);
  assert.ok(Math.abs(busy - 0.85) < 0.05, `busy ${busy}`);
});

test('nobody reads two cases at once, what they have no skill for, or before it is here', () => {
  const arrivals = makeArrivals(region, 7);
  const shifts = makeRoster(region, 7, { pools: 1, utilisation: 0.93 });
  const { startMs, endMs, readers } = run(region, arrivals, shifts, { seed: 7, pools: 1, policy: policies.atc! });
  for (let at = 0; at < arrivals.count; at++) assert.ok(!(startMs[at]! < arrivals.hereMs[at]!));
  const busyMs = readers.reduce((sum, each) => sum + each.busyMs, 0);
  const readMs = endMs.reduce((sum, end, at) => sum + (Number.isNaN(end) ? 0 : end - startMs[at]!), 0);
  assert.ok(Math.abs(busyMs / readMs - 1) < 1e-9);
  for (const { onMs, busyMs: busy } of readers) assert.ok(busy <= onMs + 1e-6);
});

test('readings alone are late as often as the floor says, with however many readers', () => {
  const { priorities } = tryRow(region, rowOf(region, 'pool:atc', 0.3), 7);
  for (const { late, floor, count } of priorities) assert.ok(late >= floor && late - floor <= 0.002 * count);
});

test('what is declined, or lost with its reader, is read by another', () => {
  const row = { ...rowOf(region, 'pool:atc', 0.7), declined: 0.05, lost: 0.01 };
  const { declined, reassigned, unread } = tryRow(region, row, 7);
  assert.ok(declined > 100 && reassigned > 20, `${declined} declined, ${reassigned} lost`);
  assert.equal(unread, 0);
});

test('privileges at few clients cost breaches', () => {
  const late = (breadth: number): number =>
    tryRow(region, { ...rowOf(region, 'pool:atc', 0.85), breadth }, 7).urgent.late;
  assert.ok(late(0.1) > 1.2 * late(1), `${late(0.1)} and ${late(1)}`);
});

test('a flag that only shows changes nothing, one that reorders brings positives forward', () => {
  const disturbance = { triage: { skill: 'CT-neuro', prevalence: 0.1, sensitivity: 0.9, specificity: 0.93 } };
  const row = { ...rowOf(region, 'pool:atc', 0.97), disturbance };
  const [shown, reordered] = [tryRow(region, row, 7), tryRow(region, { ...row, reorder: true }, 7)];
  assert.ok(reordered.triaged!.positives.p95 < shown.triaged!.positives.p95);
});

test('what a link held up arrives when it is back, and its clock ran meanwhile', () => {
  const linkDown = { share: 0.5, fromHour: 34, toHour: 35 };
  const { atMs, hereMs } = makeArrivals(region, 7, { linkDown });
  const held = atMs.reduce((count, at, place) => count + (hereMs[place]! > at ? 1 : 0), 0);
  assert.ok(held > 0);
  for (const [place, at] of atMs.entries()) assert.ok(hereMs[place] === at || hereMs[place] === 35 * HOUR_MS);
});

test('what is told of rows is whole, and the page holds its charts', async () => {
  const compare = (row: ReturnType<typeof rowOf>) => ({ row, bySeed: [tryRow(region, row, 7)] });
  const usual = usualRows(region, [0.85]).map(compare);
  const other = sensitivityRows(region)
    .filter(({ breadth, disturbance }) => breadth === 0.3 || breadth === 1 || disturbance?.triage)
    .map(compare);
  assert.equal(breachLines(usual).length, usual.length + 1);
  assert.equal(effortLines(usual).length, usual.length + 1);
  assert.equal(waitLines(usual.at(-1)!).length, 5);
  assert.equal(licenceLines(other).length, 1);
  assert.equal(triageLines(other).length, 3);
  const wanted = await forecast(region, 7, 0.02, async (row) => compare(row));
  assert.ok(wanted.late <= 0.02 && wanted.utilisation > 0.5);
  const page = pageOf('Dispatch', [{ title: 'Policies', lines: breachLines(usual), compared: usual }], wanted);
  assert.equal(page.match(/<svg /g)!.length, 2);
});

test('the spread of a list that can be counted by hand', () => {
  assert.deepEqual(spread(Float64Array.of(4, 1, 3, 2, 5)), { p50: 3, p95: 4, p99: 4, most: 5 });
});

test('a scenario that lacks something is refused by its name', () => {
  const whole = { ...defaultScenario } as Record<string, unknown>;
  assert.deepEqual(readScenario(JSON.parse(JSON.stringify(whole)), defaultScenario), defaultScenario);
  assert.throws(() => readScenario({ ...whole, slaMinutes: [30] }, defaultScenario), /slaMinutes has 1 values, not 4/);
  assert.throws(
    () => readScenario({ ...whole, hourlyProfile: {} }, defaultScenario),
    /hourlyProfile has no row for STAT/,
  );
  assert.throws(() => rowOf(defaultScenario, 'pool:best', 0.85), /no policy best/);
});

const file = join(process.env.FASCIA_SHARED ?? '../shared', 'bench/reading/scenario.json');
const skip = existsSync(file) ? false : 'no reading network below FASCIA_SHARED';

test('the reference network: first in, first out by trust is as late as it was found to be; ours in one pool is not', {
  skip,
}, () => {
  const scenario = readScenario(JSON.parse(readFileSync(file, 'utf8')), defaultScenario);
  const urgent = (text: string, load: number) => {
    const { urgent: all, priorities } = tryRow(scenario, rowOf(scenario, text, load), 43);
    return { share: all.late / all.count, stat: (priorities[0]!.late - priorities[0]!.floor) / priorities[0]!.count };
  };
  const control = urgent('trusts:fifo', 0.85).share;
  assert.ok(Math.abs(control - 0.157) <= 0.015, `control ${control}`);
  const ours = urgent('pool:atc', 0.93);
  assert.ok(ours.share <= 0.062 && ours.stat <= 0.002, JSON.stringify(ours));
});
