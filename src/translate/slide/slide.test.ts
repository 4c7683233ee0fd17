import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { zlibSync } from 'fflate';
import { Problem } from '../../base/problem.ts';
import { concatenated } from '../../dicom/bytes.ts';
import { type ReadResult, readDicom } from '../../dicom/reader.ts';
import { sourceOf } from '../byte-source.ts';
import type { DecodedPicture } from '../converter.ts';
import { instancesOfFile, type TranslateOptions } from '../instances-of-file.ts';
import { type FileContext, part10Of } from '../made-instance.ts';
import { jpeg, jpeg2000 } from '../testing/files.ts';
import { type TiffForm, type TiffImage, tiff, tiled } from '../testing/tiff.ts';

const names: string[] = [];
/** The same for the same name. */
const uid = (...name: string[]): string => {
  const key = name.join(' ');
  if (!names.includes(key)) names.push(key);
  return `2.25.${names.indexOf(key) + 1}`;
};
const context: FileContext = {
  patient: { name: 'Slide^Sally', id: 'P1' },
  study: { studyInstanceUid: '2.25.1000', accessionNumber: 'H26-1' },
  instance: { number: 1, date: '20260131', time: '101500' },
  uidOfStudy: (...name) => uid('study', ...name),
  uidOfFile: (...name) => uid('file', ...name),
};

type Made = ReadResult & { told: string[] };

async function made(images: readonly TiffImage[], options: TranslateOptions & TiffForm = {}): Promise<Made[]> {
  const all: Made[] = [];
  for await (const instance of instancesOfFile(sourceOf(tiff(images, options)), context, options)) {
    const chunks = await Array.fromAsync(part10Of(instance), (chunk) => chunk.slice());
    const told = instance.findings.map(({ assumed }) => assumed);
    all.push({ ...readDicom(concatenated(chunks), { strict: true }), told });
  }
  return all;
}

function fragments({ dataset }: ReadResult): Uint8Array[] {
  const value = dataset.get('PixelData')!.value;
  assert.ok('fragments' in value);
  return value.fragments.map(({ bytes }) => bytes!);
}

const APERIO =
  'Aperio Image Library v11.2.1\r\n100x60 [0,0 100x60] (32x32) JPEG/RGB Q=30|AppMag = 20|MPP = 0.4990|ScanScope ID = SS1|Date = 12/29/09|Time = 09:59:15|ImageID = 1004486';
/** Bytes 2 to 19 are JFIF; tables and frames of a TIFF have none. */
const bare = (file: Uint8Array): Uint8Array => Uint8Array.from([0xff, 0xd8, ...file.subarray(20)]);
const quantization = Uint8Array.of(0xff, 0xdb, 0, 4, 0, 1);
const tables = Uint8Array.of(0xff, 0xd8, ...quantization, 0xff, 0xd9);
const tile = (number: number) => bare(jpeg({ rows: 32, columns: 32, more: number }));

test('SVS: each level is an instance whose frames are the tiles, with the tables they share, and nothing else', async () => {
  const more = { compression: 7, description: APERIO, jpegTables: tables };
  const [first, second, ...others] = await made([
    tiled([60, 100], [32, 32], tile, more),
    tiled([30, 50], [32, 32], tile, more),
  ]);
  assert.equal(others.length, 0);
  const frames = fragments(first!);
  assert.equal(frames.length, 8);
  const adobe = [0xff, 0xee, 0, 14, ...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, 0];
  for (const [number, frame] of frames.entries()) {
    const whole = [0xff, 0xd8, ...adobe, ...quantization, ...tile(number).subarray(2)];
    assert.deepEqual([...frame.subarray(0, whole.length)], whole);
  }
  const { dataset } = first!;
  assert.equal(dataset.text('PhotometricInterpretation'), 'RGB');
  assert.deepEqual(
    ['TotalPixelMatrixColumns', 'TotalPixelMatrixRows', 'NumberOfFrames', 'Rows', 'Columns'].map((k) =>
      dataset.number(k),
    ),
    [100, 60, 8, 32, 32],
  );
  assert.deepEqual(dataset.texts('ImageType'), ['ORIGINAL', 'PRIMARY', 'VOLUME', 'NONE']);
  assert.deepEqual(second!.dataset.texts('ImageType'), ['DERIVED', 'PRIMARY', 'VOLUME', 'RESAMPLED']);
  assert.equal(dataset.text('ContainerIdentifier'), '1004486');
  assert.equal(dataset.text('DeviceSerialNumber'), 'SS1');
  assert.equal(dataset.text('AcquisitionDateTime'), '20091229095915');
  assert.equal(dataset.items('OpticalPathSequence')[0]!.number('ObjectiveLensPower'), 20);
  const spacing = (level: Made) =>
    level.dataset
      .items('SharedFunctionalGroupsSequence')[0]!
      .items('PixelMeasuresSequence')[0]!
      .numbers('PixelSpacing');
  assert.deepEqual(
    [spacing(first!), spacing(second!)],
    [
      [0.000499, 0.000499],
      [0.000998, 0.000998],
    ],
  );
  const same = ['SeriesInstanceUID', 'FrameOfReferenceUID', 'PyramidUID', 'StudyInstanceUID'];
  for (const keyword of same) assert.equal(dataset.text(keyword), second!.dataset.text(keyword));
  assert.notEqual(dataset.text('SOPInstanceUID'), second!.dataset.text('SOPInstanceUID'));
  assert.deepEqual(first!.told, []);
});

test('a tile that was never scanned is white', async () => {
  const more = { compression: 7, photometric: 6 };
  const [slide] = await made([tiled([32, 64], [32, 32], (at) => (at === 0 ? tile(0) : new Uint8Array(0)), more)]);
  assert.equal(slide!.dataset.text('PhotometricInterpretation'), 'YBR_FULL_422');
  const [, blank] = fragments(slide!);
  assert.deepEqual([...blank!.subarray(0, 2)], [0xff, 0xd8]);
  assert.equal(fragments(slide!).length, 2);
});

test('JPEG 2000 of Aperio is kept as it is; what only its number says of the colour, DICOM says in words', async () => {
  const transformed = jpeg2000(16, 16);
  // ISO 15444-1 A.6.1: the component transform, in the fifth byte of COD.
  const bare = transformed.slice();
  bare[bare.findIndex((byte, at) => byte === 0xff && bare[at + 1] === 0x52) + 8] = 0;
  for (const [compression, codestream, colour] of [
    [33_005, transformed, 'YBR_ICT'],
    [33_005, bare, 'RGB'],
    [33_003, bare, 'YBR_FULL'],
  ] as const) {
    const [slide] = await made([tiled([16, 16], [16, 16], () => codestream, { compression })]);
    assert.equal(slide!.transferSyntax.uid, '1.2.840.10008.1.2.4.91');
    assert.equal(slide!.dataset.text('PhotometricInterpretation'), colour);
    assert.deepEqual(fragments(slide!)[0]!.subarray(0, codestream.length), codestream);
  }
});

/** 2 by 2 pixels: red, green, blue, white. */
const pixels = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255);
const differences = Uint8Array.of(255, 0, 0, 1, 255, 0, 0, 0, 255, 255, 255, 0);
/** TIFF 6.0 13: CLEAR, each byte as a code of nine bits, END. */
function lzw(bytes: Uint8Array): Uint8Array {
  const bits = [256, ...bytes, 257].map((code) => code.toString(2).padStart(9, '0')).join('');
  return Uint8Array.from(bits.match(/.{1,8}/g)!.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)));
}

test('TIFF 6.0: tiles in compressions that DICOM does not have become native frames', async () => {
  const packed: [string, Uint8Array, number, number?][] = [
    ['none', pixels, 1],
    ['LZW', lzw(pixels), 5],
    ['Deflate', zlibSync(pixels), 8],
    ['Deflate of Adobe, with a predictor', zlibSync(differences), 32_946, 2],
    ['PackBits', Uint8Array.of(0, 255, 0xff, 0, 8, ...pixels.subarray(3)), 32_773],
  ];
  for (const [name, bytes, compression, predictor = 1] of packed) {
    for (const form of [{}, { big: true, little: false }]) {
      const [slide] = await made([tiled([2, 2], [2, 2], () => bytes, { compression, predictor })], form);
      assert.deepEqual([...slide!.dataset.bytes('PixelData')!], [...pixels], name);
    }
  }
});

test('a compression that nobody here undoes, channels and focal planes are refused with their names', async () => {
  const one = tiled([2, 2], [2, 2], () => pixels);
  await assert.rejects(made([tiled([2, 2], [2, 2], () => pixels, { compression: 50_000 })]), /Zstandard/);
  await assert.rejects(made([one, one]), /focal planes/);
  await assert.rejects(made([tiled([2, 2], [2, 2], () => pixels, { planar: 2 })]), /planes/);
  await assert.rejects(made([tiled([2, 2], [2, 2], () => pixels, { description: '<iScan x="1">' })]), /Ventana/);
  await assert.rejects(made([{ entries: { width: 2, height: 2, ndpi: 1 } }]), /NDPI/);
});

test('the size of a pixel is what the scanner says, by OME, by a resolution that is one of glass, or is assumed and said so', async () => {
  const spacingOf = async (more: TiffImage['entries'], options: TranslateOptions = {}) => {
    const [slide] = await made([tiled([2, 2], [2, 2], () => pixels, more)], options);
    const [groups] = slide!.dataset.items('SharedFunctionalGroupsSequence');
    const [across] = groups!.items('PixelMeasuresSequence')[0]!.numbers('PixelSpacing');
    return { across, isSaid: slide!.told.length === 0 };
  };
  const ome = '<OME><Pixels PhysicalSizeX="250" PhysicalSizeXUnit="nm" PhysicalSizeY="0.25"/></OME>';
  assert.deepEqual(await spacingOf({ description: ome }), { across: 0.00025, isSaid: true });
  const fine = { xResolution: 40_000, yResolution: 40_000, resolutionUnit: 3 };
  assert.deepEqual(await spacingOf(fine), { across: 0.00025, isSaid: true });
  const paper = { xResolution: 72, yResolution: 72, resolutionUnit: 2 };
  assert.deepEqual(await spacingOf(paper), { across: 0.0005, isSaid: false });
  assert.deepEqual(await spacingOf(paper, { pixelSpacingMm: 0.0002 }), { across: 0.0002, isSaid: true });
});

test('label, overview and thumbnail are instances of the same series, and one that is broken is left out', async () => {
  const strip = new Uint8Array(12);
  const picture = (description: string): TiffImage => ({ entries: { width: 2, height: 2, description }, strip });
  async function* pictures(_file: unknown, pages: readonly number[] = []): AsyncGenerator<DecodedPicture> {
    if (pages[0] === 3) throw new TypeError('a bug is not a broken picture');
    const image = { rows: 2, columns: 2, samplesPerPixel: 3, bitsAllocated: 8, samples: pixels } as const;
    yield { image, of: 1 };
  }
  const converter = { pictures, video: () => assert.fail('a slide is no video') };
  const images = [
    tiled([4, 4], [2, 2], () => pixels, { description: APERIO }),
    { entries: { width: 2, height: 2, description: 'Aperio Image Library' }, strip },
    picture('Aperio Image Library v11\nlabel 2x2'),
  ];
  const all = await made(images, { converter });
  assert.deepEqual(
    all.map(({ dataset }) => dataset.texts('ImageType')[2]),
    ['VOLUME', 'THUMBNAIL', 'LABEL'],
  );
  assert.equal(new Set(all.map(({ dataset }) => dataset.text('SeriesInstanceUID'))).size, 1);
  assert.equal(all[2]!.dataset.text('SpecimenLabelInImage'), 'YES');
  await assert.rejects(made([...images, picture('Aperio Image Library v11\nmacro 2x2')], { converter }), TypeError);
  const [alone, ...none] = await made(images);
  assert.equal(none.length, 0);
  assert.match(alone!.told.join(), /2 pictures of the glass/);
});

test('fuzz: whatever becomes of the bytes of a slide, it is one or is refused with a Problem', async () => {
  const more = { compression: 7, description: APERIO, jpegTables: tables };
  const slides = [
    tiff([tiled([60, 100], [32, 32], tile, more), tiled([30, 50], [32, 32], tile, more)]),
    ...[5, 8, 32_773].map((compression) => tiff([tiled([4, 4], [2, 2], () => pixels, { compression })], { big: true })),
  ];
  const change = fc.tuple(fc.nat(), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...slides), fc.array(change, { maxLength: 4 }), async (slide, changes) => {
      const bytes = slide.slice();
      for (const [place, value] of changes) bytes[place % bytes.length] = value;
      try {
        for await (const instance of instancesOfFile(sourceOf(bytes), context)) {
          for await (const chunk of part10Of(instance)) assert.ok(chunk.length > 0);
        }
      } catch (error) {
        assert.ok(error instanceof Problem, String(error));
      }
    }),
    { numRuns: 300 },
  );
});
