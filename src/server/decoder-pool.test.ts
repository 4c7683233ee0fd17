import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'fflate';
import { decoderPool } from './decoder-pool.ts';

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

test('a frame decodes in a worker, and a bad one fails there with its own reason', async (t) => {
  const pool = decoderPool();
  t.after(() => pool.close());
  assert.deepEqual(await pool.decode('1.2.840.10008.1.2.8.1', deflateSync(samples), frame), samples);
  await assert.rejects(pool.decode('1.2.840.10008.1.2.4.90', samples, frame), { code: 'request/malformed' });
});

test('more frames than may wait are refused with request/overloaded, the others are decoded', async (t) => {
  const pool = decoderPool({ threads: 1, framesWaiting: 2, idleMs: 1000 });
  t.after(() => pool.close());
  const answers = await Promise.allSettled(
    Array.from({ length: 12 }, () => pool.decode('1.2.840.10008.1.2.8.1', deflateSync(samples), frame)),
  );
  const refused = answers.filter((answer) => answer.status === 'rejected');
  assert.ok(refused.length > 0 && refused.length < 12);
  assert.ok(refused.every((answer) => answer.reason.code === 'request/overloaded'));
});
