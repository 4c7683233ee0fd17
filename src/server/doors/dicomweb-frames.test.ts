// Frames of objects that were kept as they arrive, by the places that the catalogue has of them.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type TestArchive, testArchive } from '../../../test/support/archive.ts';
import { type MadeInstance, makeInstance, RLE_LOSSLESS, type Wanted } from '../../../test/support/instances.ts';
import { framePieces } from '../../dicom/frame-index.ts';
import type { StoredFrames } from '../../dicomweb/handlers.ts';
import { hide, unhide } from '../../storage/hide.ts';
import { InstancePlaces } from '../../storage/instance-places.ts';
import { PixelPool } from '../pixels/pixel-pool.ts';
import { StoredHeads } from '../pixels/stored-heads.ts';
import { storedFrames } from './dicomweb-frames.ts';

const EXPLICIT = '1.2.840.10008.1.2.1';

interface Kept {
  archive: TestArchive;
  places: InstancePlaces;
  keep(wanted: Wanted): Promise<MadeInstance>;
  frames(made: MadeInstance): Promise<StoredFrames>;
}

async function kept(t: TestContext): Promise<Kept> {
  const archive = await testArchive(t);
  const pixels = new PixelPool();
  archive.closing.defer(() => pixels.close());
  const places = new InstancePlaces(archive.database);
  const sources = { objects: archive.store, heads: new StoredHeads(archive.store), pixels };
  return {
    archive,
    places,
    async keep(wanted) {
      const made = makeInstance(wanted);
      await archive.stow(made.file);
      return made;
    },
    async frames(made) {
      const place = await places.find(1, made);
      return storedFrames(sources, place, await places.framesOf(place), undefined, () => {});
    },
  };
}

async function frameBytes(frames: StoredFrames, number: number, uid = frames.transferSyntaxUid): Promise<number[]> {
  if ((await frames.availability(uid)) === 'made') return [...(await frames.made(number, uid))];
  const { sizeBytes, open } = frames.stored(number);
  const bytes = Buffer.concat(await Array.fromAsync(open(0, sizeBytes)));
  assert.equal(bytes.length, sizeBytes);
  return [...bytes];
}

test('behaviour 14: native frames are little endian in whatever syntax the data set is, and are read in place where they lie so', async (t) => {
  const { keep, frames } = await kept(t);
  const samples = Uint8Array.from({ length: 3 * 8 }, (_, i) => i);
  const rows = ['1.2.840.10008.1.2', EXPLICIT, '1.2.840.10008.1.2.2', '1.2.840.10008.1.2.1.99'];
  for (const transferSyntaxUid of rows) {
    const attributes = { NumberOfFrames: '3', PixelData: samples };
    const found = await frames(await keep({ transferSyntaxUid, rows: 2, columns: 2, attributes }));
    assert.equal(found.count, 3);
    assert.equal(found.transferSyntaxUid, EXPLICIT);
    assert.equal(await found.availability(EXPLICIT), 'stored', transferSyntaxUid);
    // From the middle of a sample to the middle of another, as a Range may ask.
    assert.deepEqual([...Buffer.concat(await Array.fromAsync(found.stored(2).open(1, 6)))], [9, 10, 11, 12, 13]);
    for (const number of [1, 2, 3]) {
      assert.deepEqual(
        await frameBytes(found, number),
        [...samples.subarray(8 * number - 8, 8 * number)],
        transferSyntaxUid,
      );
    }
  }
});

test('PS3.5 8.1.1: frames of single bits that share a byte are each shifted to its first bit', async (t) => {
  const { keep, frames } = await kept(t);
  // Three frames of 3 by 3 bits: 27 bits, the lowest of a byte first.
  const bits = [...'101010101', ...'110011001', ...'000111000'].map(Number);
  const packed = new Uint8Array(4);
  for (const [at, bit] of bits.entries()) packed[at >> 3]! |= bit << (at & 7);
  const attributes = { NumberOfFrames: '3', BitsAllocated: 1, BitsStored: 1, HighBit: 0, PixelData: packed };
  const found = await frames(await keep({ rows: 3, columns: 3, attributes }));
  for (const number of [1, 2, 3]) {
    const bytes = await frameBytes(found, number);
    const unpacked = Array.from({ length: 16 }, (_, at) => (bytes[at >> 3]! >> (at & 7)) & 1);
    assert.deepEqual(unpacked, [...bits.slice(9 * number - 9, 9 * number), 0, 0, 0, 0, 0, 0, 0], `frame ${number}`);
  }
});

test('compressed frames come as their codestreams or decoded, colour in the planes that the metadata announces', async (t) => {
  const { keep, frames } = await kept(t);
  // PS3.5 G: a segment for each of three colours, 2 by 1 pixels, in one literal run.
  const rle = (first: number): Uint8Array => {
    const header = new Uint32Array(16);
    header.set([3, 64, 68, 72]);
    const segment = (value: number) => [1, value, value + 1, 0];
    const segments = [first, first + 10, first + 20].flatMap(segment);
    return Uint8Array.of(...new Uint8Array(header.buffer), ...segments);
  };
  for (const [planarConfiguration, decoded] of [
    [0, [50, 60, 70, 51, 61, 71]],
    [1, [50, 51, 60, 61, 70, 71]],
  ] as const) {
    const found = await frames(
      await keep({
        transferSyntaxUid: RLE_LOSSLESS,
        rows: 1,
        columns: 2,
        codestreams: [rle(1), rle(50)],
        attributes: {
          NumberOfFrames: '2',
          SamplesPerPixel: 3,
          PhotometricInterpretation: 'RGB',
          PlanarConfiguration: planarConfiguration,
          BitsAllocated: 8,
          BitsStored: 8,
          HighBit: 7,
        },
      }),
    );
    assert.equal(await found.availability(RLE_LOSSLESS), 'stored');
    assert.deepEqual(await frameBytes(found, 1), [...rle(1)]);
    assert.deepEqual(await frameBytes(found, 2, EXPLICIT), [...decoded]);
    assert.equal(await found.availability('1.2.3.4'), undefined);
  }
});

test('a tile of a slide, and the last of 2,000 frames, is read without a byte more than it', async (t) => {
  const { archive, keep, places } = await kept(t);
  let readBytes = 0;
  const objects = Object.assign(Object.create(archive.store) as typeof archive.store, {
    async *open(object: string, range: { start: number; end: number }) {
      for await (const chunk of archive.store.open(object, range)) {
        readBytes += chunk.length;
        yield chunk;
      }
    },
  });
  const tiles = Array.from({ length: 2000 }, (_, at) => new Uint8Array(40 + (at % 50)).fill(at));
  const attributes = { NumberOfFrames: String(tiles.length), Modality: 'SM', ImageType: ['ORIGINAL', 'PRIMARY'] };
  const compressed = await keep({
    transferSyntaxUid: RLE_LOSSLESS,
    rows: 4,
    columns: 4,
    codestreams: tiles,
    attributes,
  });
  const samples = Uint8Array.from({ length: 2000 * 32 }, (_, at) => at / 32);
  const native = await keep({ rows: 4, columns: 4, attributes: { ...attributes, PixelData: samples } });
  for (const [made, number, expected] of [
    [compressed, 777, tiles[776]!],
    [compressed, 1999, tiles[1998]!],
    [native, 1999, samples.subarray(1998 * 32, 1999 * 32)],
  ] as const) {
    readBytes = 0;
    const place = await places.find(1, made);
    const sources = { objects, heads: new StoredHeads(objects), pixels: new PixelPool() };
    const frames = await storedFrames(sources, place, await places.framesOf(place), undefined, () => {});
    const { sizeBytes, open } = frames.stored(number);
    const bytes = Buffer.concat(await Array.fromAsync(open(0, sizeBytes)));
    assert.deepEqual([...bytes.subarray(0, expected.length)], [...expected]);
    // PS3.5 A.4: a fragment of odd length has a byte of padding.
    assert.ok(readBytes <= expected.length + 1, `${readBytes} bytes for ${expected.length}`);
  }
});

test('an instance without pixels has no frames', async (t) => {
  const { keep, frames } = await kept(t);
  const made = await keep({ attributes: { PixelData: undefined, Rows: undefined, Columns: undefined } });
  await assert.rejects(frames(made), { code: 'catalogue/not-found' });
});

test('the place of a hot instance is remembered, and forgotten as soon as somebody, here or elsewhere, withdraws it', async (t) => {
  const { archive, keep, places } = await kept(t);
  const announced = Promise.withResolvers<void>();
  await archive.database.notices.on('event', () => announced.resolve());
  const made = await keep({});
  // That it was kept is a change, too.
  await announced.promise;
  const place = await places.find(1, made);
  assert.equal(await places.find(1, made), place, 'it is not asked for twice');
  const index = await places.framesOf(place);
  assert.deepEqual(framePieces(index!, 0)!.pieces[0]!.length, 16 * 16 * 2);
  await hide(archive.database, 1, made, 'wrong patient');
  places.changed();
  await assert.rejects(places.find(1, made), { code: 'catalogue/hidden' });
  await assert.rejects(places.find(2, made), { code: 'catalogue/not-found' }, 'not of another tenant');

  // Another node hears of it by notice.
  await unhide(archive.database, 1, made);
  const elsewhere = new InstancePlaces(archive.database);
  await elsewhere.find(1, made);
  const heard = Promise.withResolvers<void>();
  await archive.database.notices.on('event', () => heard.resolve());
  await hide(archive.database, 1, made, 'again');
  await heard.promise;
  await assert.rejects(elsewhere.find(1, made), { code: 'catalogue/hidden' });
});
