import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { deflateSync } from 'fflate';
import { PixelPool } from './pixel-pool.ts';

const DEFLATED = '1.2.840.10008.1.2.8.1';
const JPEG_LS = '1.2.840.10008.1.2.4.80';
const frame = {
  rows: 4,
  columns: 4,
  samplesPerPixel: 1,
  bitsAllocated: 16,
  bitsStored: 12,
  pixelRepresentation: 0,
  photometricInterpretation: 'MONOCHROME2',
  planarConfiguration: 0,
};
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
  const pool = new PixelPool({ threads: 1, framesWaiting: 1, abandonedMs: 1 });
  t.after(() => pool.close());
  await pool.decode(DEFLATED, deflateSync(samples), frame);
  const client = new AbortController();
  const abandoned = assert.rejects(pool.transcode(slow, { signal: client.signal }), { code: 'request/cancelled' });
  const next = pool.decode(DEFLATED, deflateSync(samples), frame);
  await setImmediate();
  client.abort();
  await abandoned;
  const began = performance.now();
  assert.deepEqual(await next, samples);
  // Noise of 16 megapixels takes JPEG 2000 several seconds.
  assert.ok(performance.now() - began < 1500);
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
