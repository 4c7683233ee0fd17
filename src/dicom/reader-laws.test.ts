import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { concatenated } from './bytes.ts';
import { DataSet } from './dataset.ts';
import { isBulkRef, isFragments, isItems } from './element.ts';
import { DicomReader, type ReaderOptions, type ReadResult, readDicom } from './reader.ts';
import { Reencoder } from './reencode.ts';
import { tag } from './tag.ts';
import { objectsOfEveryKind, uncompressedSyntaxes } from './testing/objects.ts';
import { transferSyntax } from './transfer-syntax.ts';
import type { VR } from './vr.ts';
import { writeDataSet } from './writer.ts';

test('any chunking of an object gives the same result', () => {
  const objects = objectsOfEveryKind();
  fc.assert(
    fc.property(
      fc.constantFrom(...objects),
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }),
      fc.constantFrom(16, 300, 65536),
      (object, lengths, holdValuesUpTo) => {
        const whole = described(inChunks(object, [object.length], { holdValuesUpTo }));
        assert.deepEqual(described(inChunks(object, lengths, { holdValuesUpTo })), whole);
      },
    ),
    { numRuns: 300 },
  );
});

test('whatever is cut off anywhere, the chunks do not matter', () => {
  const objects = objectsOfEveryKind();
  fc.assert(
    fc.property(fc.constantFrom(...objects), fc.nat(), fc.integer({ min: 1, max: 50 }), (object, cut, length) => {
      const part = object.slice(0, 340 + (cut % (object.length - 340)));
      assert.deepEqual(described(inChunks(part, [length])), described(inChunks(part, [part.length])));
    }),
    { numRuns: 300 },
  );
});

for (const uid of uncompressedSyntaxes) {
  const syntax = transferSyntax(uid)!;
  test(`whatever is written in ${syntax.name} and read again is equal`, () => {
    fc.assert(
      fc.property(dataSets(), (dataset) => {
        const { dataset: read, findings } = readDicom(concatenated(writeDataSet(dataset, syntax)), {
          transferSyntaxUid: uid,
        });
        assert.deepEqual(
          findings.filter(({ code }) => code !== 'pixel-data-length'),
          [],
        );
        assert.deepEqual(values(read), values(dataset));
      }),
      { numRuns: 200 },
    );
  });

  test(`re-encoding into ${syntax.name} keeps every value, in any chunking`, () => {
    fc.assert(
      fc.property(
        dataSets(),
        fc.constantFrom(...uncompressedSyntaxes),
        fc.integer({ min: 1, max: 60 }),
        (dataset, sourceUid, length) => {
          const source = transferSyntax(sourceUid)!;
          const bytes = concatenated(writeDataSet(dataset, source));
          const reencoder = new Reencoder(source, syntax);
          const out: Uint8Array[] = [];
          for (let at = 0; at < bytes.length; at += length) out.push(...reencoder.push(bytes.slice(at, at + length)));
          out.push(...reencoder.end());
          const read = readDicom(concatenated(out), { transferSyntaxUid: uid });
          assert.deepEqual(values(read.dataset), values(dataset));
        },
      ),
      { numRuns: 200 },
    );
  });
}

function inChunks(object: Uint8Array, lengths: number[], options: ReaderOptions = {}): ReadResult {
  const reader = new DicomReader(options);
  for (let at = 0, i = 0; at < object.length; i++) {
    const end = at + lengths[i % lengths.length]!;
    reader.push(object.slice(at, end));
    at = end;
  }
  return reader.end();
}

const described = ({
  meta,
  dataset,
  transferSyntax: { uid },
  datasetOffset,
  pixelData,
  frames,
  findings,
}: ReadResult) => ({
  meta: places(meta),
  dataset: places(dataset),
  uid,
  datasetOffset,
  pixelData,
  frames,
  findings,
});

type Described = { tag: number; vr: VR; offset?: number; value: unknown };

/** Everything that is known of a data set's elements, but how they are kept. */
function places(dataset: DataSet, withOffsets = true): Described[] {
  return [...dataset.elements.values()].map(({ tag, vr, offset, value }) => {
    const known = isItems(value)
      ? value.map((item) => places(item, withOffsets))
      : isFragments(value)
        ? value.fragments
        : value;
    return { tag, vr, offset: withOffsets && !isBulkRef(value) ? offset : undefined, value: known };
  });
}

const values = (dataset: DataSet): Described[] => places(dataset, false);

const ascii = (maxLength: number) =>
  fc.string({ maxLength, unit: fc.constantFrom(...'ABC019 ^=-.') }).map((text) => text.trim());
const word = fc.nat({ max: 0xffff });

/** Elements with a value each, known by their VRs in implicit VR, in ascending order of their tags. */
function dataSets(): fc.Arbitrary<DataSet> {
  const { dataset } = fc.letrec<{ dataset: DataSet }>((tie) => ({
    dataset: fc
      .record({
        comments: ascii(300),
        ids: fc.array(ascii(12), { maxLength: 3 }),
        rows: word,
        offset: fc.array(fc.double({ noNaN: true }), { maxLength: 3 }),
        pointers: fc.array(fc.nat({ max: 0x7fffffff }), { maxLength: 2 }),
        wide: fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 2 }),
        items: fc.option(fc.array(tie('dataset'), { maxLength: 3 }), { depthSize: 'small', maxDepth: 3 }),
        undefinedLength: fc.boolean(),
        pixels: fc.uint8Array({ minLength: 2, maxLength: 70_000 / 2, size: 'small' }),
      })
      .map((made) => {
        const pixels = made.pixels.subarray(0, made.pixels.length & ~1);
        const built = new DataSet().set('ImageType', made.ids);
        if (made.items) built.set('ReferencedStudySequence', made.items);
        built
          .set('PatientComments', made.comments)
          .set('DimensionIndexPointer', made.pointers)
          .set('Rows', made.rows)
          .set(tag(0x0029, 0x0010), 'FASCIA LAW')
          .set('RealWorldValueFirstValueMapped', made.rows % 2 === 0 ? made.rows : 1, 'US')
          .set('RealWorldValueIntercept', made.offset)
          .set('ExtendedOffsetTable', made.wide.length === 0 ? null : bytesOf(made.wide), 'OV')
          .set('PixelData', pixels, 'OW');
        built.undefinedLength = made.undefinedLength;
        return built;
      }),
  }));
  // The items' own lengths do not outlive re-encoding, their content does.
  return dataset;
}

const bytesOf = (numbers: bigint[]): Uint8Array => new Uint8Array(BigUint64Array.from(numbers).buffer);
