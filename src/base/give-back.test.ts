import assert from 'node:assert/strict';
import test from 'node:test';
import { giveBack } from './give-back.ts';

test('memory goes back where a chunk is all of it, and stays where others have a part in it', () => {
  const whole = new Uint8Array(1000);
  giveBack(whole);
  assert.equal(whole.buffer.detached, true);
  giveBack(whole);
  const shared = new Uint8Array(1000);
  giveBack(shared.subarray(1));
  assert.equal(shared.length, 1000);
});
