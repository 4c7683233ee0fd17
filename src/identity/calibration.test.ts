import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { calibrate, type Judged, surpriseOf, thresholdsOf } from './calibration.ts';
import { calibrated, priorModel } from './model.ts';

const decisions = fc.array(fc.record({ bits: fc.double({ min: -30, max: 30, noNaN: true }), same: fc.boolean() }), {
  maxLength: 300,
});
const times = (count: number, bits: number, same: boolean): Judged[] =>
  Array.from({ length: count }, () => ({ bits, same }));

test('whatever people decide, more evidence is never less probable, and thresholds keep their order', () => {
  fc.assert(
    fc.property(
      decisions,
      fc.double({ min: -45, max: 45, noNaN: true }),
      fc.double({ min: 0, max: 20, noNaN: true }),
      (judged, bits, more) => {
        const calibration = calibrate(judged);
        assert.ok(calibration.bits.every((each, at) => at === 0 || each > calibration.bits[at - 1]!));
        assert.ok(calibrated(calibration, bits) <= calibrated(calibration, bits + more) + 1e-12);
        const { join, connect, review } = thresholdsOf(calibration);
        assert.ok(review < connect && connect <= join);
      },
    ),
  );
});

test('nobody decided: what is shipped', () => {
  assert.deepEqual(calibrate([]), priorModel.calibration.weighed);
  assert.deepEqual(thresholdsOf(calibrate([])), priorModel.thresholds);
});

test('a few decisions move a probability a little, many move it to the share of pairs that were one person', () => {
  const at = (judged: Judged[]): number => calibrated(calibrate(judged), 4);
  const [shipped, few, many] = [
    at([]),
    at(times(5, 4, false)),
    at([...times(6_000, 4, false), ...times(2_000, 4, true)]),
  ];
  assert.ok(shipped > few && few > 0.8, `${shipped} ${few}`);
  assert.ok(Math.abs(many - 0.25) < 0.06, `${many}`);
});

test('where people keep saying that pairs are two, more evidence is needed to join, but never without bound', () => {
  const { join } = thresholdsOf(calibrate(times(300, 6, false)));
  assert.ok(join > priorModel.thresholds.join);
  assert.ok(thresholdsOf(calibrate(times(1_000_000, 16, false))).join <= priorModel.thresholds.join + 3);
});

test('a curve that knew what people would say surprises less than one that did not', () => {
  const said = [...times(80, 6, false), ...times(20, 6, true)];
  assert.ok(surpriseOf(calibrate(said), said) < surpriseOf(calibrate([]), said));
  assert.equal(surpriseOf(calibrate([]), []), 0);
});

test('what contradicts itself is never more than as likely as not, until people say otherwise', () => {
  const curve = calibrate([], 'contradicted');
  assert.deepEqual([calibrated(curve, 3), calibrated(curve, 30)], [0.5, 0.5]);
  assert.ok(calibrated(calibrate(times(1_000, 10, true), 'contradicted'), 10) > 0.8);
});
