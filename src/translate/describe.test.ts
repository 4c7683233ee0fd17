import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fuzzRuns } from '../../test/support/fuzz-runs.ts';
import { Problem } from '../base/problem.ts';
import { sourceOf } from './byte-source.ts';
import { describeFile, type KeptFile } from './describe.ts';
import { h264Mp4, type JpegOptions, jpeg, jpeg2000, mpeg2, tinyPng } from './testing/files.ts';

async function pixelsOf(bytes: Uint8Array): Promise<KeptFile['pixels']> {
  const described = await describeFile(sourceOf(bytes));
  assert.notEqual(described.kind, 'native');
  return (described as KeptFile).pixels;
}

const syntaxOf = async (bytes: Uint8Array): Promise<string> =>
  (await pixelsOf(bytes)).transferSyntaxUid.replace('1.2.840.10008.1.2', '');

const refusal = (bytes: Uint8Array, reason: RegExp) =>
  assert.rejects(describeFile(sourceOf(bytes)), (error) => error instanceof Problem && reason.test(error.message));

test('PS3.5 8.2.1 to 8.2.3: a JPEG is kept in the transfer syntax of its process', async () => {
  const rows: [JpegOptions, string, string | undefined][] = [
    [{ marker: 0xc0 }, '.4.50', 'ISO_10918_1'],
    [{ marker: 0xc1, precision: 12, components: 1 }, '.4.51', 'ISO_10918_1'],
    [{ marker: 0xc1 }, '.4.50', 'ISO_10918_1'],
    [{ marker: 0xc2 }, '.4.55', 'ISO_10918_1'],
    [{ marker: 0xc3, parameter: 1 }, '.4.70', undefined],
    [{ marker: 0xc3, parameter: 4 }, '.4.57', undefined],
    [{ marker: 0xf7, parameter: 0 }, '.4.80', undefined],
    [{ marker: 0xf7, parameter: 3 }, '.4.81', 'ISO_14495_1'],
  ];
  for (const [options, syntax, lossyMethod] of rows) {
    const pixels = await pixelsOf(jpeg({ ...options, rows: 300, columns: 517 }));
    assert.equal(pixels.transferSyntaxUid, `1.2.840.10008.1.2${syntax}`);
    assert.equal(pixels.lossyMethod, lossyMethod);
    assert.deepEqual([pixels.rows, pixels.columns], [300, 517]);
    assert.deepEqual([pixels.bitsStored, pixels.bitsAllocated], options.precision === 12 ? [12, 16] : [8, 8]);
  }
});

test('PS3.3 C.7.6.3.1.2: the colour of a JPEG is what its application segments and its sampling say', async () => {
  for (const [options, expected] of [
    [{ components: 1 }, 'MONOCHROME2'],
    [{ sampling: 0x22 }, 'YBR_FULL_422'],
    [{ sampling: 0x21 }, 'YBR_FULL_422'],
    [{ sampling: 0x11 }, 'YBR_FULL'],
    [{ adobe: 0 }, 'RGB'],
    [{ adobe: 1, sampling: 0x11 }, 'YBR_FULL'],
  ] as const) {
    assert.equal((await pixelsOf(jpeg(options))).photometricInterpretation, expected, JSON.stringify(options));
  }
  await refusal(jpeg({ components: 4 }), /no JPEG/);
});

test('JPEG 2000 and HTJ2K are told by their wavelet and capabilities, in a JP2 file by its codestream', async () => {
  assert.equal(await syntaxOf(jpeg2000(5, 7, { reversible: true })), '.4.90');
  assert.equal(await syntaxOf(jpeg2000(5, 7)), '.4.91');
  assert.equal(await syntaxOf(jpeg2000(5, 7, { reversible: true, highThroughput: true })), '.4.201');
  assert.equal(await syntaxOf(jpeg2000(5, 7, { highThroughput: true })), '.4.203');
  const boxed = jpeg2000(5, 7, { reversible: true, boxed: true, components: 1 });
  const described = (await describeFile(sourceOf(boxed))) as KeptFile;
  assert.deepEqual([described.pixels.rows, described.pixels.columns], [5, 7]);
  assert.equal(described.pixels.photometricInterpretation, 'MONOCHROME2');
  assert.deepEqual([...boxed.subarray(described.offset, described.offset + 4)], [0xff, 0x4f, 0xff, 0x51]);
  assert.equal(described.offset + described.length, boxed.length);
});

test('PS3.5 8.2.7 to 8.2.12: a video is kept in the transfer syntax of its profile and level, with its frames and their time', async () => {
  const avc = (profile: number, level: number): number[] => [0, 0, 0, 12, 0x61, 0x76, 0x63, 0x43, 1, profile, 0, level];
  const hevc = (profile: number, level: number): number[] => [
    ...[0, 0, 0, 21, 0x68, 0x76, 0x63, 0x43, 1, profile],
    ...new Array(10).fill(0),
    level,
  ];
  for (const [format, configuration, syntax] of [
    ['avc1', avc(100, 41), '.4.102'],
    ['avc3', avc(100, 42), '.4.104'],
    ['hvc1', hevc(1, 153), '.4.107'],
    ['hev1', hevc(2, 120), '.4.108'],
  ] as const) {
    const pixels = await pixelsOf(h264Mp4(480, 640, 75, { format, configuration }));
    assert.equal(pixels.transferSyntaxUid, `1.2.840.10008.1.2${syntax}`);
    assert.deepEqual([pixels.rows, pixels.columns, pixels.numberOfFrames, pixels.frameTimeMs], [480, 640, 75, 40]);
  }
  await refusal(h264Mp4(1, 1, 1, { configuration: avc(77, 41) }), /profile 77; High Profile/);
  await refusal(h264Mp4(1, 1, 1, { configuration: avc(100, 51) }), /level 5.1; up to 4.2/);
  await refusal(h264Mp4(1, 1, 1, { format: 'mp4v' }), /format mp4v/);
  await refusal(h264Mp4(1, 1, 0), /in fragments/);
  await refusal(h264Mp4(1, 1, 1, { brand: 'qt  ' }), /which is no JPEG/);
});

test('PS3.5 8.2.5, 8.2.6: MPEG-2 alone or in packets of any length is the same video', async () => {
  const alone = await pixelsOf(mpeg2(576, 720, 9));
  assert.equal(alone.transferSyntaxUid, '1.2.840.10008.1.2.4.100');
  assert.deepEqual([alone.rows, alone.columns, alone.numberOfFrames, alone.frameTimeMs], [576, 720, 9, 40]);
  for (const packetBytes of [21, 22, 23, 24, 25, 200]) {
    assert.deepEqual(await pixelsOf(mpeg2(576, 720, 9, { packetBytes })), alone, `${packetBytes} bytes`);
  }
  assert.equal(await syntaxOf(mpeg2(1080, 1920, 1, { profileAndLevel: 0x44 })), '.4.101');
  await refusal(mpeg2(576, 720, 1, { profileAndLevel: 0x58 }), /profile 5; Main/);
});

test('fuzz: whatever becomes of a file, it is described or refused with a Problem', async () => {
  const files = [
    jpeg({}),
    jpeg2000(9, 9),
    jpeg2000(9, 9, { boxed: true }),
    h264Mp4(9, 9, 2),
    mpeg2(9, 9, 2, { packetBytes: 25 }),
    tinyPng(),
  ];
  const damage = fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), damage, fc.nat(400), async (file, changes, length) => {
      const bytes = file.slice(0, length > 300 ? file.length : length);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      await describeFile(sourceOf(bytes)).catch((error) => assert.ok(error instanceof Problem, String(error?.stack)));
    }),
    { numRuns: fuzzRuns(3000) },
  );
});
