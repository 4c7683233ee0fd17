import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Idleness } from './idleness.ts';

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
  const arrival = { door: 'dimse', tenant: 1, source: 'CT1', principal: 'peer:CT1' } as const;
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
