import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editDistance, nearest } from './nearest.ts';

test('a slip of the fingers is recognised, another word is not', () => {
  assert.equal(nearest('stat', ['start', 'dump', 'trace']), 'start');
  assert.equal(nearest('dmup', ['start', 'dump', 'trace']), 'dump');
  assert.equal(nearest('frobnicate', ['start', 'dump', 'trace']), undefined);
  assert.equal(editDistance('kitten', 'sitting'), 3);
});
