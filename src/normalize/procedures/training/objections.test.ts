import assert from 'node:assert/strict';
import { test } from 'node:test';
import { objectionsTo, type ProcedureTrial, type TrialScore } from './objections.ts';

const score = (right: number, sure = 2500, rightOfSure = 2490, rows = 3000): TrialScore => ({
  rows,
  right,
  sure,
  rightOfSure,
});
const alike = { inForce: score(2900), candidate: score(2900) };
const few = (right: number): TrialScore => score(right, right, right, 10);
const trial: ProcedureTrial = {
  generated: alike,
  heldOut: alike,
  answers: { inForce: few(5), candidate: few(10) },
  foretold: { inForce: few(2), candidate: few(2) },
};

test('a model that is no worse is not objected to; by chance a few rows more may be wrong', () => {
  assert.deepEqual(objectionsTo(trial), []);
  assert.deepEqual(objectionsTo({ ...trial, heldOut: { inForce: score(2900), candidate: score(2885) } }), []);
});

test('a model is objected to for each thing it does worse', () => {
  const worse: [Partial<ProcedureTrial>, RegExp][] = [
    [{ generated: { inForce: score(2900), candidate: score(2800) } }, /fewer generated rows are right/],
    [{ heldOut: { inForce: score(2900), candidate: score(2900, 2500, 2400) } }, /with confidence fewer are right/],
    [{ heldOut: { inForce: score(2900), candidate: score(2900, 2200, 2195) } }, /fewer rows .* told with confidence/],
    [{ answers: { inForce: few(5), candidate: few(4) } }, /fewer of the answers/],
    [{ foretold: { inForce: few(9), candidate: few(4) } }, /foretells the other half worse/],
  ];
  for (const [change, reason] of worse) {
    const objections = objectionsTo({ ...trial, ...change });
    assert.equal(objections.length, 1);
    assert.match(objections[0]!, reason);
  }
});
