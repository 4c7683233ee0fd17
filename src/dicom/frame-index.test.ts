import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { concatenated } from './bytes.ts';
import type { DataSet } from './dataset.ts';
import { decodeFrameIndex, encodeFrameIndex, type FrameIndex, framePieces } from './frame-index.ts';
import { DicomReader, type ReadResult } from './reader.ts';
import { encapsulatedImage, JPEG_BASELINE, jpegLike, part10, smallImage } from './testing/objects.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from './transfer-syntax.ts';

/** Reads without holding pixels, as storage does, and gives the bytes of each frame by its place. */
function framesOf(
  dataset: DataSet,
  transferSyntaxUid: string,
): { frames: Uint8Array[]; codes: string[]; index: FrameIndex } {
  const file = part10(dataset, transferSyntaxUid);
  const reader = new DicomReader();
  reader.push(file);
  const { frames: index, findings }: ReadResult = reader.end();
  const frames = Array.from({ length: index!.kind === 'video' ? 0 : index!.frames }, (_, frame) => {
    const { pieces } = framePieces(index!, frame)!;
    return concatenated(pieces.map(({ offset, length }) => file.slice(offset, offset + length)));
  });
  return { frames, codes: findings.map(({ code }) => code), index: index! };
}

const uint32s = (...numbers: number[]): Uint8Array<ArrayBuffer> => new Uint8Array(Uint32Array.from(numbers).buffer);
const uint64s = (...numbers: bigint[]): Uint8Array => new Uint8Array(BigUint64Array.from(numbers).buffer);
const rest = (length: number): Uint8Array => jpegLike(length).fill(1, 0, 2);

test('PS3.5 8.1: native frames follow one another', () => {
  const { frames, codes } = framesOf(smallImage().set('NumberOfFrames', 2).set('Rows', 2), EXPLICIT_VR_LITTLE_ENDIAN);
  assert.deepEqual(
    frames.map((frame) => [frame.length, frame[0]]),
    [
      [16, 0],
      [16, 16],
    ],
  );
  assert.deepEqual(codes, []);
});

test('PS3.5 8.1.1: frames of single bits begin within a byte', () => {
  const image = smallImage().set('BitsAllocated', 1).set('Rows', 3).set('Columns', 3).set('NumberOfFrames', 3);
  const { index } = framesOf(image.set('PixelData', new Uint8Array(4), 'OB'), EXPLICIT_VR_LITTLE_ENDIAN);
  const at = (frame: number) => framePieces(index, frame)!;
  assert.ok(index.kind === 'native');
  assert.deepEqual(at(1), { pieces: [{ offset: index.offset + 1, length: 2 }], bitOffset: 1 });
  assert.deepEqual(at(2), { pieces: [{ offset: index.offset + 2, length: 2 }], bitOffset: 2 });
  assert.equal(framePieces(index, 3), undefined);
});

test('PS3.3 C.7.6.3.1.2: a native YBR_FULL_422 image has two samples a pixel', () => {
  const image = smallImage().set('PhotometricInterpretation', 'YBR_FULL_422').set('SamplesPerPixel', 3);
  const { frames, codes } = framesOf(image.set('BitsAllocated', 8), EXPLICIT_VR_LITTLE_ENDIAN);
  assert.deepEqual([frames.length, frames[0]!.length, codes], [1, 32, []]);
});

test('PS3.3 C.7.6.24: Float Pixel Data has 32 bits a pixel', () => {
  const image = smallImage().set('FloatPixelData', new Uint8Array(64), 'OF');
  image.delete('PixelData');
  image.delete('BitsAllocated');
  assert.deepEqual(
    framesOf(image, EXPLICIT_VR_LITTLE_ENDIAN).frames.map(({ length }) => length),
    [64],
  );
});

test('native pixel data that is too short holds the frames that are whole', () => {
  const { frames, codes } = framesOf(smallImage().set('NumberOfFrames', 2_000_000_000), EXPLICIT_VR_LITTLE_ENDIAN);
  assert.equal(frames.length, 1);
  assert.deepEqual(codes, ['pixel-data-length']);
});

const [a, b, c] = [jpegLike(20), jpegLike(30), jpegLike(10)];
const encapsulated = (frames: number, fragments: Uint8Array[], table?: Uint8Array<ArrayBuffer>): DataSet =>
  encapsulatedImage(fragments, table).set('NumberOfFrames', frames);

const layouts: [what: string, dataset: DataSet, frames: Uint8Array[], codes?: string[]][] = [
  ['one fragment a frame, no table', encapsulated(3, [a, b, c]), [a, b, c]],
  ['one frame of several fragments', encapsulated(1, [a, rest(8), rest(6)]), [concatenated([a, rest(8), rest(6)])]],
  [
    'PS3.5 A.4: a Basic Offset Table',
    encapsulated(2, [a, rest(8), b], uint32s(0, 28 + 16)),
    [concatenated([a, rest(8)]), b],
  ],
  [
    'several fragments a frame without table, told by their codestreams',
    encapsulated(2, [a, rest(8), b, rest(6)]),
    [concatenated([a, rest(8)]), concatenated([b, rest(6)])],
  ],
  [
    'a Basic Offset Table that points between fragments',
    encapsulated(3, [a, b, c], uint32s(0, 5, 9)),
    [a, b, c],
    ['fragments-irregular'],
  ],
  ['fewer fragments than frames', encapsulated(5, [a, b]), [a, b], ['fragments-irregular']],
  [
    'more fragments than frames, and nothing that tells them apart',
    encapsulated(2, [a, b, c]),
    [a, b],
    ['fragments-irregular'],
  ],
];

for (const [what, dataset, frames, codes = []] of layouts) {
  test(`frames of fragments: ${what}`, () => {
    const found = framesOf(dataset, JPEG_BASELINE);
    assert.deepEqual(found.frames, frames);
    assert.deepEqual(found.codes, codes);
  });
}

test('PS3.3 C.7.6.3.1.8: an Extended Offset Table gives places, and lengths without padding', () => {
  const dataset = encapsulated(2, [a, b])
    .set('ExtendedOffsetTable', uint64s(0n, 28n))
    .set('ExtendedOffsetTableLengths', uint64s(19n, 29n));
  const { frames, codes } = framesOf(dataset, JPEG_BASELINE);
  assert.deepEqual(frames, [a.slice(0, 19), b.slice(0, 29)]);
  assert.deepEqual(codes, []);
});

test('PS3.5 8.2.7: video is one stream, whose frames have no places', () => {
  const { index } = framesOf(encapsulated(100, [a, b]), '1.2.840.10008.1.2.4.102.1');
  assert.ok(index.kind === 'video' && index.fragments.length === 2 && index.frames === 100);
  assert.equal(framePieces(index, 0), undefined);
});

test('an index in bytes is the same index again', () => {
  const pieces = fc.array(fc.record({ gap: fc.nat(40), length: fc.nat(2 ** 33) }, { noNullPrototype: true }), {
    minLength: 1,
    maxLength: 20,
  });
  const indexes: fc.Arbitrary<FrameIndex> = fc.oneof(
    fc.record({
      kind: fc.constant('native' as const),
      frames: fc.nat(),
      offset: fc.nat(2 ** 40),
      frameBits: fc.nat(2 ** 36),
    }),
    fc.record({ kind: fc.constant('video' as const), frames: fc.nat(), fragments: pieces.map(placed) }),
    pieces.chain((fragments) =>
      fc.uniqueArray(fc.integer({ min: 1, max: fragments.length }), { minLength: 1 }).map((bounds) => ({
        kind: 'encapsulated' as const,
        frames: bounds.length,
        firstFragment: [0, ...bounds.sort((x, y) => x - y)],
        fragments: placed(fragments),
      })),
    ),
  );
  fc.assert(fc.property(indexes, (index) => assert.deepEqual(decodeFrameIndex(encodeFrameIndex(index)), { ...index })));
});

test('the index of 100,000 frames of one fragment takes at most 4 bytes a frame', () => {
  const fragments = placed(Array.from({ length: 100_000 }, () => ({ gap: 8, length: 20_000 })));
  const firstFragment = Array.from({ length: 100_001 }, (_, i) => i);
  const bytes = encodeFrameIndex({ kind: 'encapsulated', frames: 100_000, firstFragment, fragments });
  assert.ok(bytes.length <= 400_020, `${bytes.length} bytes`);
});

test('a damaged index is not taken for one', () => {
  for (const bytes of [[], [9, 1], [0, 1, 0x80], [1, 1, 200, 1]]) {
    assert.throws(() => decodeFrameIndex(Uint8Array.from(bytes)), TypeError);
  }
});

function placed(fragments: { gap: number; length: number }[]): { offset: number; length: number }[] {
  let end = 1000;
  return fragments.map(({ gap, length }) => {
    const offset = end + gap;
    end = offset + length;
    return { offset, length };
  });
}
