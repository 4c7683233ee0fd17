import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { testArchive } from '../../../test/support/archive.ts';
import { type MadeInstance, makeInstance, makeStudy } from '../../../test/support/instances.ts';
import { silentLog } from '../../base/log.ts';
import { framesAnswer, offersOf } from '../../dicomweb/wado/frames.ts';
import { decodeHtj2k, decodeHtj2kAt } from '../../pixels/codecs/htj2k.ts';
import { InstancePlaces } from '../../storage/instance-places.ts';
import { storedFrames } from '../doors/dicomweb-frames.ts';
import { Idleness } from '../idleness.ts';
import { HTJ2K_LOSSLESS_RPCL, startIdleEncoder } from './idle-encoder.ts';
import { PixelCache } from './pixel-cache.ts';
import { PixelPool } from './pixel-pool.ts';
import { StoredHeads } from './stored-heads.ts';

async function encoding(t: TestContext) {
  const archive = await testArchive(t);
  const cache = await PixelCache.open(path.join(archive.folder, 'cache'));
  const places = new InstancePlaces(archive.database);
  const idleness = new Idleness(0);
  const { database, store: objects } = archive;
  const heads = new StoredHeads(objects);
  const cursorFile = path.join(archive.folder, 'encoded-until');
  const sources = { database, objects, heads, places, cache, idleness, log: silentLog, cursorFile };
  /** What the cache has of a frame, without a codec to make it. */
  const cached = async (made: MadeInstance, number = 1): Promise<Uint8Array | undefined> => {
    const place = await places.find(1, made);
    const absent = new Error('absent');
    const pixels = { transcode: () => Promise.reject(absent) } as unknown as PixelPool;
    const index = await places.framesOf(place);
    const frames = await storedFrames({ objects, heads, pixels, cache }, place, index, undefined, () => {});
    return frames.made(number, HTJ2K_LOSSLESS_RPCL).catch((thrown) => {
      if (thrown !== absent) throw thrown;
      return undefined;
    });
  };
  return { archive, idleness, cached, sources, start: () => startIdleEncoder(sources) };
}

test('frames of what is kept are HTJ2K before anybody asks, and after a restart it goes on where it was', async (t) => {
  const { archive, cached, start } = await encoding(t);
  const before = makeInstance();
  await archive.stow(before.file);
  const encoder = await start();
  const kept = makeStudy(2, 2, { rows: 64, columns: 64 });
  for (const { file } of kept) await archive.stow(file);
  await encoder.caughtUp();
  for (const made of kept) {
    const samples = await decodeHtj2k((await cached(made))!);
    assert.deepEqual(samples, made.dataset.bytes('PixelData'));
  }
  assert.equal(await cached(before), undefined, 'what was there before is made when somebody asks');
  await encoder.close();

  const meanwhile = makeInstance();
  await archive.stow(meanwhile.file);
  const again = await start();
  await again.caughtUp();
  assert.ok(await cached(meanwhile));
  await again.close();
});

test('it waits while anything goes on, and ends at once when the node does', async (t) => {
  const { archive, idleness, cached, start } = await encoding(t);
  const encoder = await start();
  const end = idleness.begin();
  const made = makeInstance();
  await archive.stow(made.file);
  assert.equal(await cached(made), undefined);
  const caughtUp = encoder.caughtUp();
  end();
  await caughtUp;
  assert.ok(await cached(made));
  // Closed while it waits for its turn: at once.
  idleness.begin();
  await archive.stow(makeInstance().file);
  await encoder.close();
});

test('objects that have no such frames are passed over', async (t) => {
  const { archive, cached, start } = await encoding(t);
  const encoder = await start();
  await archive.stow(makeInstance({ attributes: { PixelData: undefined, Rows: undefined, Columns: undefined } }).file);
  const unreadable = makeInstance();
  await archive.stow(unreadable.file);
  rmSync(path.join(archive.folder, archive.files().at(-1)!), { force: true });
  const made = makeInstance();
  await archive.stow(made.file);
  await encoder.caughtUp();
  assert.ok(await cached(made));
  await encoder.close();
});

test('behaviour 33: the first tenth of the bytes of an HTJ2K frame, alone and by Range, is a smaller image', async (t) => {
  const { archive, sources } = await encoding(t);
  // A disc on a slope with some noise, as large as a CT slice.
  const size = 512;
  let noise = 1;
  const pixels = Uint16Array.from({ length: size * size }, (_, at) => {
    const [x, y] = [at % size, Math.floor(at / size)];
    const isInside = (x - size / 2) ** 2 + (y - size / 2) ** 2 < (size / 3) ** 2;
    noise = (noise * 16_807) % 0x7fff_ffff;
    return (isInside ? 1200 : 100) + Math.floor(x / 4) + (noise % 32);
  });
  const made = makeInstance({ rows: size, columns: size, attributes: { PixelData: new Uint8Array(pixels.buffer) } });
  await archive.stow(made.file);
  const pool = new PixelPool({ threads: 1 });
  archive.closing.defer(() => pool.close());
  const place = await sources.places.find(1, made);
  const index = await sources.places.framesOf(place);
  const frames = await storedFrames({ ...sources, pixels: pool }, place, index, undefined, () => {});
  const offer = offersOf(1).find(({ mediaType }) => mediaType === 'image/jphc')!;
  const choices = [{ offer, transferSyntaxUid: HTJ2K_LOSSLESS_RPCL }];
  const { length } = await frames.made(1, HTJ2K_LOSSLESS_RPCL);
  const end = Math.floor(length / 10) - 1;
  const answer = await framesAnswer(frames, [1], choices, { range: `bytes=0-${end}` });
  assert.equal(answer.status, 206);
  assert.equal(answer.headers!['Content-Type'], `image/jphc; transfer-syntax=${HTJ2K_LOSSLESS_RPCL}`);
  assert.equal(answer.headers!['Content-Range'], `bytes 0-${end}/${length}`);
  const { chunks } = answer.body as { chunks: AsyncIterable<Uint8Array> };
  const beginning = Buffer.concat(await Array.fromAsync(chunks));
  assert.equal(beginning.length, end + 1);
  const smaller = await decodeHtj2kAt(beginning, 3);
  assert.deepEqual([smaller.width, smaller.height], [size / 8, size / 8]);
  const samples = new Uint16Array(smaller.samples.slice().buffer);
  for (const [x, y] of [
    [32, 32],
    [20, 32],
    [2, 2],
    [60, 5],
  ] as const) {
    const whole = pixels[y * 8 * size + x * 8]!;
    const found = samples[y * smaller.width + x]!;
    assert.ok(Math.abs(found - whole) < 40, `at ${x},${y}: ${found} for ${whole}`);
  }
});
