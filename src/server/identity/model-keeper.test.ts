import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isModelDue } from './model-keeper.ts';

const madeAt = new Date('2026-01-01T00:00:00Z');
const hours = (count: number): number => madeAt.getTime() + count * 3_600_000;
const last = { madeAt, basis: { beside: 0, upTo: '1', sightings: 10_000, decisions: 0 } };
const due = (sightings: number, nowMs: number, more: { decisions?: number; isQuiet?: boolean } = {}): boolean =>
  isModelDue({ last, since: { sightings, decisions: more.decisions ?? 0 }, isQuiet: more.isQuiet ?? true, nowMs });

test('a first model is estimated once there is enough to learn from, and nothing more comes just now', () => {
  const first = (sightings: number, isQuiet: boolean): boolean =>
    isModelDue({ last: undefined, since: { sightings, decisions: 0 }, isQuiet, nowMs: 0 });
  assert.deepEqual([first(1_999, true), first(2_000, false), first(2_000, true)], [false, false, true]);
});

test('later ones follow when half as much again was said, or after a day for little that is new or for twenty decisions', () => {
  assert.deepEqual([due(4_999, hours(2)), due(5_000, hours(2)), due(5_000, hours(0.1))], [false, true, false]);
  assert.equal(due(5_000, hours(2), { isQuiet: false }), false);
  assert.deepEqual([due(199, hours(25)), due(200, hours(25), { isQuiet: false })], [false, true]);
  assert.deepEqual([due(0, hours(25), { decisions: 19 }), due(0, hours(25), { decisions: 20 })], [false, true]);
});
