import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration } from './duration.ts';

test('lengths of time are a number and a unit', () => {
  assert.equal(parseDuration('15m'), 900_000);
  assert.equal(parseDuration('12h'), 43_200_000);
  assert.equal(parseDuration('30d'), 30 * 86_400_000);
  for (const text of ['', '12', 'h', '-1d', '1.5h', '1 d', '1month'])
    assert.equal(parseDuration(text), undefined, text);
});
