// Frames are encoded with the codecs' own encoders, or byte by byte from the standard, and must come back as they were.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import codecs from 'dcmjs-codecs';
import { deflateSync } from 'fflate';
import { Problem } from '../../base/problem.ts';
import type { FrameDescription } from '../frame-description.ts';
import { grayFrame } from '../testing/frames.ts';
import { byPixel } from './by-pixel.ts';
import { canDecode, decodeFrame } from './decode-frame.ts';

const grey = grayFrame(16, 12);
const colour: FrameDescription = {
  ...grey,
  samplesPerPixel: 3,
  bitsAllocated: 8,
  bitsStored: 8,
  photometricInterpretation: 'RGB',
};

const greySamples = new Uint8Array(new Uint16Array(16 * 12).map((_, i) => (i * 37) & 0xfff).buffer);
const colourSamples = new Uint8Array(16 * 12 * 3).map((_, i) => (i * 11) & 0xff);

function encoded(
  samples: Uint8Array,
  frame: FrameDescription,
  encode: 'encodeJpegLs' | 'encodeJpeg2000' | 'encodeHtJpeg2000' | 'encodeRle',
) {
  const context = new codecs.Context({
    width: frame.columns,
    height: frame.rows,
    bitsAllocated: frame.bitsAllocated,
    bitsStored: frame.bitsStored,
    samplesPerPixel: frame.samplesPerPixel,
    pixelRepresentation: frame.pixelRepresentation,
    planarConfiguration: frame.planarConfiguration,
    photometricInterpretation: frame.photometricInterpretation,
    decodedBuffer: samples,
  });
  return codecs.NativeCodecs[encode](context).getEncodedBuffer()!.slice();
}

describe('lossless frames decode to the samples they were made of', async () => {
  await codecs.NativeCodecs.initializeAsync();
  const rows = [
    ['1.2.840.10008.1.2.5', 'encodeRle'],
    ['1.2.840.10008.1.2.4.80', 'encodeJpegLs'],
    ['1.2.840.10008.1.2.4.90', 'encodeJpeg2000'],
    ['1.2.840.10008.1.2.4.201', 'encodeHtJpeg2000'],
  ] as const;
  for (const [uid, encode] of rows) {
    test(`${uid}, 12 bits in 16, one sample per pixel`, async () => {
      assert.deepEqual(await decodeFrame(uid, encoded(greySamples, grey, encode), grey), greySamples);
    });
    test(`${uid}, 8 bits, three samples per pixel`, async () => {
      assert.deepEqual(await decodeFrame(uid, encoded(colourSamples, colour, encode), colour), colourSamples);
    });
  }
});

test('PS3.5 G.3.1: literal and replicate runs of an RLE segment, most significant byte first', async () => {
  const header = new Uint8Array(64);
  new DataView(header.buffer).setUint32(0, 2, true);
  new DataView(header.buffer).setUint32(4, 64, true);
  new DataView(header.buffer).setUint32(8, 66, true);
  // High bytes: 4 times 01; low bytes: literally 0A 0B, then twice 0C.
  const codestream = Uint8Array.of(...header, 0xfd, 0x01, 0x01, 0x0a, 0x0b, 0xff, 0x0c, 0x80);
  const frame = { ...grey, rows: 2, columns: 2 };
  assert.deepEqual(
    await decodeFrame('1.2.840.10008.1.2.5', codestream, frame),
    Uint8Array.of(0x0a, 1, 0x0b, 1, 0x0c, 1, 0x0c, 1),
  );
});

test('PS3.5 A.4.14: a deflated image frame inflates to its samples and never beyond their size', async () => {
  assert.deepEqual(await decodeFrame('1.2.840.10008.1.2.8.1', deflateSync(greySamples), grey), greySamples);
  const bomb = deflateSync(new Uint8Array(1 << 20));
  await assert.rejects(decodeFrame('1.2.840.10008.1.2.8.1', bomb, grey), { code: 'request/malformed' });
});

test('a codestream that is none fails with request/malformed, and the next good frame still decodes', async () => {
  const junk = new Uint8Array(200).fill(7);
  for (const uid of [
    '1.2.840.10008.1.2.4.80',
    '1.2.840.10008.1.2.4.90',
    '1.2.840.10008.1.2.4.70',
    '1.2.840.10008.1.2.5',
  ]) {
    await assert.rejects(decodeFrame(uid, junk, grey), { code: 'request/malformed' });
  }
  await codecs.NativeCodecs.initializeAsync();
  const good = encoded(greySamples, grey, 'encodeJpegLs');
  assert.deepEqual(await decodeFrame('1.2.840.10008.1.2.4.80', good, grey), greySamples);
});

test('a transfer syntax without a codec is said so, not guessed', async () => {
  assert.equal(canDecode('1.2.840.10008.1.2.4.102'), false);
  await assert.rejects(
    decodeFrame('1.2.840.10008.1.2.4.102', new Uint8Array(8), grey),
    (thrown) => thrown instanceof Problem && thrown.code === 'dimse/unsupported-transfer-syntax',
  );
});

test('PS3.3 C.7.6.3.1.3: colour by plane becomes colour by pixel', () => {
  const planes = Uint8Array.of(1, 2, 10, 20, 100, 200);
  assert.deepEqual(byPixel(planes, { ...colour, rows: 1, columns: 2 }), Uint8Array.of(1, 10, 100, 2, 20, 200));
});
