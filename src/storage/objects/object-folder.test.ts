import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { testArchive } from '../../../test/support/archive.ts';
import { ctSlice } from '../../../test/support/ct-slice.ts';
import { emptyFolder } from '../../../test/support/folder.ts';
import { testClock } from '../../../test/support/test-clock.ts';
import { limits as spaceLimits } from './disk-space.ts';
import { limits as threadLimits } from './disk-threads.ts';
import { limits as bucketLimits } from './object-buckets.ts';
import { openObjectFolder } from './object-folder.ts';

const header = Buffer.from('a header');
const bytes = (length: number) => Buffer.from(Uint8Array.from({ length }, (_, n) => n % 251));

async function openFolder(t: TestContext, folder = emptyFolder((cleanUp) => t.after(cleanUp))) {
  const clock = testClock(Date.UTC(2026, 0, 31, 23, 59));
  const store = await openObjectFolder({ folder, clock });
  t.after(() => store.close());
  return { store, clock, folder };
}

const temporaryFiles = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.part'));

test('an object is whole under a name of the day, and its hashes are those of its bytes', async (t) => {
  const { store, folder } = await openFolder(t);
  for (const length of [0, 1, threadLimits.slabBytes, 3 * threadLimits.slabBytes + 7]) {
    const writer = store.create(header, 'prefix');
    await writer.write(bytes(length));
    const hashes = await writer.flush();
    const sha256 = (...parts: (string | Buffer)[]) =>
      createHash('sha256')
        .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
        .digest();
    assert.deepEqual(Buffer.from(hashes.sha256), sha256('prefix', bytes(length)));
    assert.deepEqual(Buffer.from(hashes.headerSha256), sha256(header));
    await writer.sync();
    assert.equal(temporaryFiles(folder).length, 1, 'not kept yet');
    const early = Buffer.concat(await Array.fromAsync(store.open(writer.object)));
    assert.deepEqual(early, Buffer.concat([header, bytes(length)]), 'but whoever found its row can read it');
    await writer.publish();
    assert.match(writer.object, /^2026\/01\/31\/\d{4}\/[0-9a-f]{32}\.dcm$/);
    assert.equal(await store.size(writer.object), header.length + length);
    const range = Buffer.concat(await Array.fromAsync(store.open(writer.object, { start: 2, end: 5 })));
    assert.equal(range.toString(), header.subarray(2, 5).toString());
  }
  assert.deepEqual(temporaryFiles(folder), []);
});

test('more objects at once than there are slabs wait for each other and all arrive', async (t) => {
  const { store } = await openFolder(t);
  const count = threadLimits.threads * threadLimits.slabs + 20;
  const writers = Array.from({ length: count }, () => store.create(header, ''));
  // Each holds a slab that it does not fill: those without one ask for it.
  await Promise.all(writers.map((writer) => writer.write(bytes(1000))));
  await Promise.all(writers.map((writer) => writer.write(bytes(threadLimits.slabBytes))));
  for (const writer of writers) {
    await writer.flush();
    await writer.sync();
    await writer.publish();
    assert.equal(await store.size(writer.object), header.length + 1000 + threadLimits.slabBytes);
  }
});

test('a sender that is faster than the disk waits, and holds few slabs', async (t) => {
  const { store } = await openFolder(t);
  const writer = store.create(header, '');
  let waited = 0;
  for (let n = 0; n < 64; n++) {
    const wait = writer.write(bytes(threadLimits.slabBytes));
    if (wait) waited += 1;
    await wait;
  }
  assert(waited > 10);
  await writer.flush();
  await writer.abort();
});

test('bytes keep their order when no slab is free, though nobody waits between writes', async (t) => {
  const { store } = await openFolder(t);
  const count = threadLimits.threads * threadLimits.slabs + 4;
  const writers = Array.from({ length: count }, () => store.create(header, ''));
  const chunks = [bytes(1000), bytes(threadLimits.slabBytes - 5), bytes(77)];
  const written = writers.flatMap((writer) => chunks.map((chunk) => writer.write(chunk)));
  await Promise.all(written);
  for (const writer of writers) {
    await writer.flush();
    await writer.sync();
    const stored = Buffer.concat(await Array.fromAsync(store.open(writer.object)));
    assert.deepEqual(stored, Buffer.concat([header, ...chunks]));
    await writer.publish();
  }
});

test('a new day begins a new bucket, and so does a full one', async (t) => {
  const { store, clock, folder } = await openFolder(t);
  const keepOne = async () => {
    const writer = store.create(header, '');
    await writer.flush();
    await writer.sync();
    await writer.publish();
    return writer.object;
  };
  assert.match(await keepOne(), /^2026\/01\/31\/0001/);
  clock.advance(120_000);
  // The day before serves until the new one has a bucket.
  let object = await keepOne();
  while (!object.startsWith('2026/02/01/0001')) object = await keepOne();
  for (let n = 1; n <= bucketLimits.filesPerBucket; n++) store.create(header, '').abort();
  while (object.startsWith('2026/02/01/0001')) object = await keepOne();
  await store.close();
  assert.deepEqual(readdirSync(path.join(folder, 'incoming', 'node')), ['2026-02-01-0002']);
});

test('names that are not ours never reach the file system', async (t) => {
  const { store, folder } = await openFolder(t);
  writeFileSync(path.join(folder, 'secret'), 'x');
  for (const name of ['secret', '../secret', '2026/01/31/0001/../../../../secret', '/etc/passwd', '']) {
    await assert.rejects(Array.fromAsync(store.open(name)), { code: 'storage/damaged' });
    assert.equal(await store.size(name), undefined);
    await store.remove(name);
  }
  assert(readdirSync(folder).includes('secret'));
});

test('on a full disk nothing is half there, the sender is told to come again, and room brings it back', async (t) => {
  const folder = smallDisk(t, '6m');
  if (folder === undefined) return t.skip('mounting a small disk needs root');
  const { store, clock } = await openFolder(t, folder);
  const archive = await testArchive(t, { store });
  const ballast = path.join(folder, 'ballast');
  writeFileSync(ballast, Buffer.alloc(2 ** 20, 1));
  let kept = 0;
  // The clock stands still: the store learns of it from a write that fails, not from a measurement.
  const fill = async () => {
    for (; kept < 1000; kept++)
      await archive.cStore(ctSlice({ studyUid: '2.25.1', instance: kept + 1, rows: 256, columns: 256 }));
  };
  await assert.rejects(fill(), { code: 'storage/full' });
  assert(kept > 10 && kept < 60);
  assert.deepEqual(temporaryFiles(folder), []);
  const [{ count }] = (await archive.database.query('select count(*)::integer from instance')) as [{ count: number }];
  assert.equal(count, kept);
  await assert.rejects(archive.cStore(ctSlice({ studyUid: '2.25.1', instance: 5000 })), { code: 'storage/full' });
  rmSync(ballast);
  clock.advance(spaceLimits.freshMs + 1);
  await store.space.measure();
  assert.deepEqual([store.space.roomFor(1024), store.space.roomFor(1024 ** 3)], [true, false]);
  assert.equal((await archive.cStore(ctSlice({ studyUid: '2.25.1', instance: 5000 }))).keptAs, 'first');
});

/** A file system of its own, or undefined where that is not allowed. */
function smallDisk(t: TestContext, size: string): string | undefined {
  let mounted = false;
  const folder = emptyFolder((cleanUp) =>
    t.after(() => {
      if (mounted) execFileSync('umount', ['--lazy', folder]);
      cleanUp();
    }),
  );
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
    mounted = true;
    return folder;
  } catch {
    return undefined;
  }
}

test('an object that is kept is found, and has its size, before it has its final name', async (t) => {
  const store = await openObjectFolder({ folder: emptyFolder((cleanUp) => t.after(cleanUp)) });
  t.after(() => store.close());
  const writer = store.create(new Uint8Array(132), '1.2.840.10008.1.2.1');
  await writer.write(new Uint8Array(1000));
  await writer.flush();
  await writer.sync();
  assert.equal(await store.size(writer.object), 1132);
  assert.equal(Buffer.concat(await Array.fromAsync(store.open(writer.object))).length, 1132);
  const published = writer.publish();
  await store.settle();
  await published;
  assert.equal(await store.size(writer.object), 1132);
});
