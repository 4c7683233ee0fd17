import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waterfall } from './waterfall-steps.ts';

test('each bar begins where the one before ends, and the whole width is used', () => {
  const { steps, even } = waterfall([
    { comparison: 'prior', level: '1 in 16', bits: -4 },
    { comparison: 'family', level: 'same', bits: 8 },
    { comparison: 'date', level: 'different', bits: -2 },
  ]);
  assert.deepEqual(
    steps.map(({ label, from, to }) => [label, from, to]),
    [
      ['Any two records', 50, 0],
      ['Family name', 0, 100],
      ['Birth date', 100, 75],
    ],
  );
  assert.equal(even, 50);
});

test('no evidence is drawn in the middle', () => {
  assert.deepEqual(waterfall([]), { steps: [], even: 50 });
});
