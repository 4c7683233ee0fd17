import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { FrameDescription } from '../frame-description.ts';
import { ctFrame, grayFrame, sampleAt } from '../testing/frames.ts';
import { decodeFrame } from './decode-frame.ts';
import { canEncode, encodeFrame } from './encode-frame.ts';
import { decodeHtj2kAt } from './htj2k.ts';

const lossless = {
  '1.2.840.10008.1.2.4.57': 'JPEG lossless, process 14',
  '1.2.840.10008.1.2.4.70': 'JPEG lossless, selection value 1',
  '1.2.840.10008.1.2.4.80': 'JPEG-LS lossless',
  '1.2.840.10008.1.2.4.90': 'JPEG 2000 reversible',
  '1.2.840.10008.1.2.4.201': 'HTJ2K reversible',
  '1.2.840.10008.1.2.4.202': 'HTJ2K reversible with RPCL options',
  '1.2.840.10008.1.2.5': 'RLE',
  '1.2.840.10008.1.2.8.1': 'deflated frames',
};

/** Any frame with 8, 10, 12 or 16 bits stored, with or without sign, gray or colour; samples may go beyond Bits Stored. */
const anyFrame = fc
  .record({
    rows: fc.integer({ min: 1, max: 40 }),
    columns: fc.integer({ min: 1, max: 40 }),
    samplesPerPixel: fc.constantFrom(1, 3),
    bits: fc.constantFrom([8, 8], [8, 6], [16, 8], [16, 10], [16, 12], [16, 16]),
    pixelRepresentation: fc.constantFrom(0, 1),
    seed: fc.integer(),
    isNoise: fc.boolean(),
    staysInBits: fc.boolean(),
  })
  .map(({ bits: [bitsAllocated, bitsStored], seed, isNoise, staysInBits, ...rest }) => {
    const frame: FrameDescription = {
      ...rest,
      bitsAllocated: bitsAllocated!,
      bitsStored: bitsStored!,
      photometricInterpretation: rest.samplesPerPixel === 3 ? 'RGB' : 'MONOCHROME2',
      planarConfiguration: 0,
    };
    return { frame, samples: ctFrame(staysInBits ? frame : { ...frame, bitsStored: bitsAllocated! }, seed, isNoise) };
  });

describe('what a lossless transfer syntax holds comes back as it was', () => {
  for (const [uid, name] of Object.entries(lossless)) {
    test(`${name} (${uid})`, async () => {
      let encoded = 0;
      const law = fc.asyncProperty(anyFrame, async ({ frame, samples }) => {
        if (!canEncode(uid, frame)) return;
        encoded++;
        assert.deepEqual(await decodeFrame(uid, await encodeFrame(uid, samples, frame), frame), samples);
      });
      await fc.assert(law, { numRuns: 60 });
      assert.ok(encoded > 10);
    });
  }
});

const gray = grayFrame(128, 96);
const eightBit = { ...gray, bitsAllocated: 8, bitsStored: 8 };
const signed = { ...gray, bitsStored: 16, pixelRepresentation: 1 };
const rgb = { ...eightBit, samplesPerPixel: 3, photometricInterpretation: 'RGB' };

describe('what a lossy transfer syntax holds stays within a bound', () => {
  const rows: [uid: string, name: string, frame: FrameDescription, bound: number][] = [
    ['1.2.840.10008.1.2.4.50', 'JPEG baseline', eightBit, 16],
    ['1.2.840.10008.1.2.4.51', 'JPEG extended with 8 bits', eightBit, 16],
    ['1.2.840.10008.1.2.4.81', 'JPEG-LS near-lossless', gray, 2],
    ['1.2.840.10008.1.2.4.81', 'JPEG-LS with signs, where nothing may be lost', signed, 0],
    ['1.2.840.10008.1.2.4.91', 'JPEG 2000 irreversible', gray, 64],
    ['1.2.840.10008.1.2.4.91', 'JPEG 2000 irreversible with signs', signed, 1024],
    ['1.2.840.10008.1.2.4.203', 'HTJ2K irreversible', gray, 8],
    ['1.2.840.10008.1.2.4.203', 'HTJ2K irreversible with signs', signed, 8],
    ['1.2.840.10008.1.2.4.203', 'HTJ2K irreversible in colour', rgb, 8],
  ];
  for (const [uid, name, frame, bound] of rows) {
    test(`${name} (${uid}): ${bound} values`, async () => {
      const samples = ctFrame(frame, 7, false);
      const codestream = await encodeFrame(uid, samples, frame);
      const decoded = await decodeFrame(uid, codestream, frame);
      assert.ok(codestream.length < samples.length);
      assert.ok(largestDifference(samples, decoded, frame) <= bound);
    });
  }
});

test('PS3.5 A.4.13: of HTJ2K with RPCL options the first tenth of the bytes is a smaller image of the whole', async () => {
  const frame = { ...gray, rows: 512, columns: 512 };
  const samples = ctFrame(frame, 3, false);
  const whole = await encodeFrame('1.2.840.10008.1.2.4.202', samples, frame);
  assert.ok(markersOf(whole).includes(0xff55), 'TLM');
  const first = await decodeHtj2kAt(whole.subarray(0, Math.floor(whole.length / 10)), 3);
  const ofWhole = await decodeHtj2kAt(whole, 3);
  assert.deepEqual([first.width, first.height], [64, 64]);
  assert.deepEqual(first.samples, ofWhole.samples);
  // It shows what the whole shows: each value is that of its 8 by 8 pixels.
  const values = new Uint16Array(first.samples.buffer);
  assert.ok(Math.abs(values[32 * 64 + 32]! - sampleAt(samples, frame, 260, 260)) < 400);
  assert.ok(values[0]! < 400 && values[32 * 64 + 32]! > 1000);
});

test('frames that a syntax cannot hold are said so, not written wrongly', async () => {
  const refused: [uid: string, frame: FrameDescription][] = [
    ['1.2.840.10008.1.2.4.50', gray],
    ['1.2.840.10008.1.2.4.50', { ...eightBit, photometricInterpretation: 'PALETTE COLOR' }],
    ['1.2.840.10008.1.2.4.90', { ...rgb, bitsAllocated: 16, bitsStored: 16 }],
    ['1.2.840.10008.1.2.4.201', { ...eightBit, pixelRepresentation: 1 }],
    ['1.2.840.10008.1.2.4.80', { ...gray, bitsAllocated: 32, bitsStored: 32 }],
    ['1.2.840.10008.1.2.4.70', { ...gray, bitsAllocated: 1, bitsStored: 1 }],
    ['1.2.840.10008.1.2.5', { ...eightBit, photometricInterpretation: 'YBR_FULL_422', samplesPerPixel: 3 }],
    ['1.2.840.10008.1.2.4.102', eightBit],
  ];
  for (const [uid, frame] of refused) {
    assert.equal(canEncode(uid, frame), false, uid);
    await assert.rejects(encodeFrame(uid, new Uint8Array(8), frame), { code: 'dimse/unsupported-transfer-syntax' });
  }
});

test('PS3.5 8.2.1: colour as JPEG baseline is luminance and chroma, whether it came as RGB or as YBR_FULL', async () => {
  const uid = '1.2.840.10008.1.2.4.50';
  const red = new Uint8Array(rgb.rows * rgb.columns * 3).map((_, at) => (at % 3 === 0 ? 255 : 0));
  const ofRgb = await decodeFrame(uid, await encodeFrame(uid, red, rgb), rgb);
  const ybr = { ...rgb, photometricInterpretation: 'YBR_FULL' };
  const redYbr = new Uint8Array(red.length).map((_, at) => [76, 85, 255][at % 3]!);
  const ofYbr = await decodeFrame(uid, await encodeFrame(uid, redYbr, ybr), ybr);
  assert.ok(largestDifference(ofRgb, redYbr, rgb) <= 3, `RGB became ${ofRgb.subarray(0, 3)}`);
  assert.ok(largestDifference(ofYbr, redYbr, rgb) <= 3, `YBR_FULL became ${ofYbr.subarray(0, 3)}`);
});

function largestDifference(
  a: Uint8Array,
  b: Uint8Array,
  { bitsAllocated, pixelRepresentation }: FrameDescription,
): number {
  const values = (bytes: Uint8Array) => {
    const { buffer } = bytes.slice();
    if (bitsAllocated === 8) return new Uint8Array(buffer);
    return pixelRepresentation === 1 ? new Int16Array(buffer) : new Uint16Array(buffer);
  };
  const [ofA, ofB] = [values(a), values(b)];
  let largest = ofA.length === ofB.length ? 0 : Number.POSITIVE_INFINITY;
  for (let at = 0; at < ofA.length; at++) largest = Math.max(largest, Math.abs(ofA[at]! - ofB[at]!));
  return largest;
}

/** The marker segments of the main header. */
function markersOf(codestream: Uint8Array): number[] {
  const view = new DataView(codestream.buffer, codestream.byteOffset);
  const markers: number[] = [];
  for (let at = 2; view.getUint16(at) !== 0xff90; at += 2 + view.getUint16(at + 2)) markers.push(view.getUint16(at));
  return markers;
}

test('a lossy codestream is as small as its ratio asks, by the least loss its codec has for that', async () => {
  // Tissue, and the noise of a detector.
  let state = 1;
  const samples = Uint8Array.from({ length: eightBit.rows * eightBit.columns }, (_, n) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    const [x, y] = [n % eightBit.columns, Math.floor(n / eightBit.columns)];
    return 128 + 60 * Math.sin(x / 9) * Math.cos(y / 11) + (state >>> 24) / 10;
  });
  for (const uid of ['50', '51', '81', '91', '203'].map((end) => `1.2.840.10008.1.2.4.${end}`)) {
    for (const ratio of [3, 5, 8]) {
      const { length } = await encodeFrame(uid, samples, eightBit, ratio);
      const reached = samples.length / length;
      // Neighbouring settings of a codec lie far less than a half apart.
      assert.ok(reached >= ratio && reached < 1.5 * ratio, `${uid}: ${reached} for ${ratio}`);
    }
  }
});
