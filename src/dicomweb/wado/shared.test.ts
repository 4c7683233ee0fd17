import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Shared } from './shared.ts';

test('what several want at the same time is made once, and different things one after the other', async () => {
  const shared = new Shared<Uint8Array>();
  const begun: string[] = [];
  const first = Promise.withResolvers<void>();
  const make = (key: string, until: Promise<void>) => async () => {
    begun.push(key);
    await until;
    return new Uint8Array(1);
  };
  const [one, other] = [shared.get('a', make('a', first.promise)), shared.get('a', make('a again', first.promise))];
  const later = shared.get('b', make('b', Promise.resolve()));
  await new Promise(setImmediate);
  assert.deepEqual(begun, ['a'], 'the next begins when this is made');
  first.resolve();
  const held = await one;
  assert.equal(await other, held);
  await later;
  assert.equal(await shared.get('a', make('a', Promise.resolve())), held, 'as long as somebody holds it');
  assert.deepEqual(begun, ['a', 'b']);
});

test('what failed for one is made anew for the next, and holds up nobody', async () => {
  const shared = new Shared<Uint8Array>();
  await assert.rejects(shared.get('a', () => Promise.reject(new Error('gone'))));
  const made = new Uint8Array(1);
  assert.equal(await shared.get('a', async () => made), made);
});
