import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inSlices, limits } from './slices.ts';

test('long work ends soon after it is told to', async () => {
  const stop = new AbortController();
  function* forEver(): Generator<void> {
    for (;;) yield;
  }
  setTimeout(() => stop.abort(new Error('enough')), 1);
  await assert.rejects(inSlices(forEver(), stop.signal), /enough/);
});

test('others have their turn while long work is done, and all of it is done', async () => {
  const total = 20 * limits.sliceMs;
  let steps = 0;
  let turns = 0;
  function* work(): Generator<void> {
    for (const until = performance.now() + total; performance.now() < until; steps++) yield;
  }
  const others = setInterval(() => turns++, 1);
  await inSlices(work());
  clearInterval(others);
  assert.ok(steps > 0);
  assert.ok(turns >= 3, `${turns} turns`);
});
