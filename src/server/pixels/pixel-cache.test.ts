import assert from 'node:assert/strict';
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { emptyFolder } from '../../../test/support/folder.ts';
import { PixelCache } from './pixel-cache.ts';

const OBJECT = '2026/01/15/ab.dcm';
const bytes = (fill: number, length = 1000) => new Uint8Array(length).fill(fill);
const never = async (): Promise<Uint8Array> => assert.fail('it is there already');

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true }) as string[];
  return entries.map((name) => path.join(folder, name)).filter((file) => statSync(file).isFile());
}

function folderOf(t: TestContext): string {
  return emptyFolder((cleanUp) => t.after(cleanUp));
}

test('what was made once is not made again, also after a restart', async (t) => {
  const folder = folderOf(t);
  const cache = await PixelCache.open(folder);
  const key = { object: OBJECT, made: 'frame 1 as 1.2.840.10008.1.2.4.202' };
  const both = await Promise.all([cache.get(key, async () => bytes(1)), cache.get(key, never)]);
  assert.deepEqual(both, [bytes(1), bytes(1)]);
  assert.deepEqual(await cache.get(key, never), bytes(1));
  await cache.settle();
  const later = await PixelCache.open(folder);
  assert.deepEqual(new Uint8Array(await later.get(key, never)), bytes(1));
  assert.ok(filesOf(folder).every((file) => !/2026|ab\.dcm|1\.2\.840/.test(path.relative(folder, file))));
});

test('a failure is nobody else’s, and the next who asks tries again', async (t) => {
  const cache = await PixelCache.open(folderOf(t));
  const key = { object: OBJECT, made: 'frame 1' };
  await assert.rejects(cache.get(key, () => Promise.reject(new Error('no codec'))));
  assert.deepEqual(await cache.get(key, async () => bytes(2)), bytes(2));
});

test('a file that is not what was written is made anew', async (t) => {
  const folder = folderOf(t);
  const key = { object: OBJECT, made: 'frame 1' };
  const first = await PixelCache.open(folder);
  await first.get(key, async () => bytes(1));
  await first.settle();
  for (const file of filesOf(folder)) writeFileSync(file, 'torn');
  const cache = await PixelCache.open(folder);
  assert.deepEqual(await cache.get(key, async () => bytes(3)), bytes(3));
});

test('the oldest files go where there are too many, and all of an object that is forgotten', async (t) => {
  const folder = folderOf(t);
  const cache = await PixelCache.open(folder, { memoryBytes: 0, folderBytes: 3100 });
  for (const n of [1, 2, 3, 4]) {
    await cache.get({ object: `${n}.dcm`, made: 'frame 1' }, async () => bytes(n));
    await cache.settle();
    for (const file of filesOf(folder)) {
      const { mtimeMs } = statSync(file);
      if (mtimeMs > 1e12) utimesSync(file, n, n);
    }
  }
  await cache.sweep();
  assert.equal(filesOf(folder).length, 3);
  assert.deepEqual(await cache.get({ object: '1.dcm', made: 'frame 1' }, async () => bytes(9)), bytes(9));
  assert.deepEqual(new Uint8Array(await cache.get({ object: '4.dcm', made: 'frame 1' }, never)), bytes(4));
  await cache.forget('4.dcm');
  assert.deepEqual(await cache.get({ object: '4.dcm', made: 'frame 1' }, async () => bytes(8)), bytes(8));
});

test('what was being made of an object when its bytes went is not kept either', async (t) => {
  const folder = folderOf(t);
  const cache = await PixelCache.open(folder);
  const key = { object: OBJECT, made: 'frame 1' };
  const { promise, resolve } = Promise.withResolvers<Uint8Array>();
  const making = cache.get(key, () => promise);
  const forgotten = cache.forget(OBJECT);
  resolve(bytes(1));
  await Promise.all([making, forgotten]);
  assert.deepEqual(filesOf(folder), []);
  assert.deepEqual(await cache.get(key, async () => bytes(2)), bytes(2));
});
