import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { testClock } from '../../test/support/test-clock.ts';
import { Idleness, limits } from './idleness.ts';

const arrival = { door: 'dimse', tenant: 1, source: 'CT1', principal: 'peer:CT1' } as const;

test('work that can wait begins when all is quiet, and is told at the moment when something comes', async () => {
  const idleness = new Idleness(0);
  const first = await idleness.rest();
  assert.equal(first.aborted, false);
  const aborted = once(first, 'abort');
  const [end, endOfOther] = [idleness.begin(), idleness.begin()];
  await aborted;
  let rested = false;
  const rest = idleness.rest().then((signal) => {
    rested = true;
    return signal;
  });
  end();
  end();
  await new Promise(setImmediate);
  assert.equal(rested, false, 'one of two still goes on, however often the other has ended');
  endOfOther();
  assert.equal((await rest).aborted, false);
});

test('an object on its way in is something that goes on until it is kept, refused or given up', async () => {
  const idleness = new Idleness(0);
  const receive = idleness.during(() => ({
    write: () => {},
    finish: () => Promise.reject(new Error('refused')),
    abort: () => {},
  }));
  for (const leave of [
    (receiving: ReturnType<typeof receive>) => assert.rejects(receiving.finish()),
    (receiving: ReturnType<typeof receive>) => receiving.abort('gone'),
  ]) {
    const quiet = await idleness.rest();
    const receiving = receive(arrival);
    assert.equal(quiet.aborted, true);
    await leave(receiving);
    assert.equal((await idleness.rest()).aborted, false);
  }
});

test('objects arrive from the first one on its way until no other has followed the last one for a while', async () => {
  const clock = testClock();
  const idleness = new Idleness(0, clock);
  assert.equal(idleness.isReceiving, false);
  const receive = idleness.during(() => ({
    write: () => {},
    finish: () => Promise.reject(new Error()),
    abort: () => {},
  }));
  const [first, second] = [receive(arrival), receive(arrival)];
  first.abort('gone');
  first.abort('again');
  clock.advance(limits.betweenArrivalsMs);
  assert.equal(idleness.isReceiving, true, 'the second is still on its way');
  await assert.rejects(second.finish());
  assert.equal(idleness.isReceiving, true);
  clock.advance(limits.betweenArrivalsMs);
  assert.equal(idleness.isReceiving, false);
});
