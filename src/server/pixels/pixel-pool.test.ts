import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { deflateSync } from 'fflate';
import sharp from 'sharp';
import { smallImage } from '../../dicom/testing/objects.ts';
import { imageOf } from '../../pixels/image.ts';
import { grayFrame } from '../../pixels/testing/frames.ts';
import type { PictureWish } from './picture-wish.ts';
import { PixelPool } from './pixel-pool.ts';

const DEFLATED = '1.2.840.10008.1.2.8.1';
const JPEG_LS = '1.2.840.10008.1.2.4.80';
const frame = grayFrame(4, 4);
const samples = new Uint8Array(32).map((_, i) => i);
/** Takes a codec some seconds. */
const large = { ...frame, rows: 4096, columns: 4096, bitsStored: 16 };
const slow = {
  from: '1.2.840.10008.1.2.1',
  to: '1.2.840.10008.1.2.4.90',
  codestream: noise(4096 * 4096 * 2),
  frame: large,
};

test('a frame decodes in a worker, and a bad one fails there with its own reason', async (t) => {
  const pool = new PixelPool();
  t.after(() => pool.close());
  assert.deepEqual(await pool.decode(DEFLATED, deflateSync(samples), frame), samples);
  await assert.rejects(pool.decode('1.2.840.10008.1.2.4.90', samples, frame), { code: 'request/malformed' });
});

test('a frame goes from one transfer syntax to another without a stop between', async (t) => {
  const pool = new PixelPool();
  t.after(() => pool.close());
  const codestream = await pool.transcode({ from: DEFLATED, to: JPEG_LS, codestream: deflateSync(samples), frame });
  assert.deepEqual([...codestream.subarray(0, 2)], [0xff, 0xd8]);
  assert.deepEqual(await pool.decode(JPEG_LS, codestream, frame), samples);
});

test('a worker that was warmed up takes the frames that come', async (t) => {
  const pool = new PixelPool({ threads: 1 });
  t.after(() => pool.close());
  await pool.warmUp();
  assert.deepEqual(await pool.decode(DEFLATED, deflateSync(samples), frame), samples);
});

describe('pictures', () => {
  const image = imageOf(
    smallImage().set('BitsStored', 16).set('HighBit', 15).set('WindowCenter', '16384').set('WindowWidth', '32768'),
  );
  // Four columns of four shades, darkest first, each row the same.
  const columns = new Uint8Array(new Uint16Array(16).map((_, i) => (i % 4) * 10_000).buffer);
  const task = { from: '1.2.840.10008.1.2.1', frames: [{ number: 1, codestream: columns }], image, wish: {} };
  const pool = new PixelPool({ threads: 1 });
  after(() => pool.close());
  const shades = async (picture: PictureWish) => {
    const { bytes, mediaType } = await pool.render({ ...task, picture });
    assert.equal(mediaType, picture.mediaType);
    const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
    return { ...info, row: [...data.subarray(0, info.width)] };
  };

  for (const mediaType of ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const) {
    test(`${mediaType} shows what was rendered`, async () => {
      const { width, height, row } = await shades({ mediaType });
      assert.deepEqual([width, height], [4, 4]);
      assert.ok(row[0]! < 12 && Math.abs(row[1]! - 78) < 12 && Math.abs(row[3]! - 234) < 12, `${row}`);
    });
  }

  test('PS3.18 8.3.5.1.3: a region is scaled to the viewport in its proportions, a negative width mirrors it', async () => {
    const region = { x: 1, y: 0, width: 2, height: 4, in: 'pixels' } as const;
    const part = await shades({ mediaType: 'image/png', viewport: { region } });
    assert.deepEqual([part.width, part.height], [2, 4]);
    assert.ok(part.row[0]! < part.row[1]!);
    const mirrored = await shades({ mediaType: 'image/png', viewport: { region: { ...region, width: -2 } } });
    assert.deepEqual(mirrored.row, part.row.toReversed());
    const fraction = { x: 0.25, y: 0, width: 0.5, height: 1, in: 'fractions' } as const;
    assert.deepEqual((await shades({ mediaType: 'image/png', viewport: { region: fraction } })).row, part.row);
    const scaled = await shades({ mediaType: 'image/png', viewport: { width: 16, height: 16, region } });
    assert.deepEqual([scaled.width, scaled.height], [8, 16]);
    const outside = { mediaType: 'image/png', viewport: { region: { ...region, x: 9 } } } as const;
    await assert.rejects(shades(outside), { code: 'request/malformed' });
  });

  test('a gray image is packed as gray, and one far smaller than the image is still the image', async () => {
    const { bytes } = await pool.render({ ...task, picture: { mediaType: 'image/jpeg' } });
    assert.equal((await sharp(bytes).metadata()).channels, 1);
    const small = await shades({ mediaType: 'image/png', viewport: { width: 2, height: 2 } });
    assert.deepEqual([small.width, small.height], [2, 2]);
    assert.ok(Math.abs(small.row[0]! - 39) <= 2 && Math.abs(small.row[1]! - 195) <= 2, `${small.row}`);
  });

  test('several frames are one moving picture', async () => {
    const frames = [1, 2, 3].map((number) => ({ number, codestream: columns.map((byte) => byte >> (number - 1)) }));
    for (const mediaType of ['image/gif', 'image/webp'] as const) {
      const { bytes } = await pool.render({ ...task, frames, picture: { mediaType, frameTimeMs: 40 } });
      const { pages, delay, pageHeight } = await sharp(bytes, { animated: true }).metadata();
      assert.deepEqual({ pages, delay, pageHeight }, { pages: 3, delay: [40, 40, 40], pageHeight: 4 });
    }
  });

  test('a picture brings the profile that was asked for', async () => {
    const { bytes } = await pool.render({ ...task, picture: { mediaType: 'image/jpeg', iccProfile: 'srgb' } });
    assert.ok((await sharp(bytes).metadata()).icc);
    const { bytes: without } = await pool.render({ ...task, picture: { mediaType: 'image/jpeg' } });
    assert.equal((await sharp(without).metadata()).icc, undefined);
  });
});

test('more frames than may wait are refused with request/overloaded, the others are decoded', async (t) => {
  const pool = new PixelPool({ threads: 1, framesWaiting: 2 });
  t.after(() => pool.close());
  const answers = await Promise.allSettled(
    Array.from({ length: 12 }, () => pool.decode(DEFLATED, deflateSync(samples), frame)),
  );
  const refused = answers.filter((answer) => answer.status === 'rejected');
  assert.equal(refused.length, 12 - 3);
  assert.ok(refused.every((answer) => answer.reason.code === 'request/overloaded'));
});

test('who goes away while waiting leaves its place to the next', async (t) => {
  const pool = new PixelPool({ threads: 1, framesWaiting: 1 });
  t.after(() => pool.close());
  const working = pool.decode(DEFLATED, deflateSync(samples), frame);
  const client = new AbortController();
  const abandoned = assert.rejects(pool.decode(DEFLATED, deflateSync(samples), frame, { signal: client.signal }), {
    code: 'request/cancelled',
  });
  assert.equal(pool.waiting, 1);
  client.abort();
  await abandoned;
  assert.equal(pool.waiting, 0);
  assert.deepEqual(await working, samples);
  await assert.rejects(pool.decode(DEFLATED, deflateSync(samples), frame, { signal: client.signal }), {
    code: 'request/cancelled',
  });
});

test('a long frame whose client went away is ended, and the worker that takes its place works', async (t) => {
  const options = { threads: 1, framesWaiting: 1, abandonedMs: 1 };
  const [pool, beside] = [new PixelPool(options), new PixelPool(options)];
  t.after(() => Promise.all([pool.close(), beside.close()]));
  await pool.decode(DEFLATED, deflateSync(samples), frame);
  const client = new AbortController();
  const abandoned = assert.rejects(pool.transcode(slow, { signal: client.signal }), { code: 'request/cancelled' });
  const next = pool.decode(DEFLATED, deflateSync(samples), frame);
  await setImmediate();
  // The same frame, which nobody leaves: noise of 16 megapixels takes JPEG 2000 several seconds.
  const staying = new AbortController();
  const long = beside.transcode(slow, { signal: staying.signal }).catch(() => undefined);
  client.abort();
  await abandoned;
  assert.deepEqual(await Promise.race([next, long]), samples);
  staying.abort();
  await long;
});

function noise(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

test('while objects arrive a worker rests after each frame, but not after one that is of what arrives', async (t) => {
  const surroundings = { begin: () => () => {}, isReceiving: true };
  const restedMs = async (longestRestMs: number, isArriving: boolean): Promise<number> => {
    const pool = new PixelPool({ threads: 1, restsPerWork: 1e6, longestRestMs }, surroundings);
    t.after(() => pool.close());
    await pool.decode(DEFLATED, deflateSync(samples), frame, { isArriving });
    const began = performance.now();
    await pool.decode(DEFLATED, deflateSync(samples), frame, { isArriving: true });
    return performance.now() - began;
  };
  assert.ok((await restedMs(40, false)) >= 39, 'it rests, as long as it may');
  assert.ok((await restedMs(60_000, true)) < 30_000);
  surroundings.isReceiving = false;
  assert.ok((await restedMs(60_000, false)) < 30_000);
});
