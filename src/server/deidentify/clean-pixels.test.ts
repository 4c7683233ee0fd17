import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { without } from '../../../test/support/needs.ts';
import { concatenated } from '../../dicom/bytes.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { writeDataSet } from '../../dicom/writer.ts';
import { cleanPixels } from './clean-pixels.ts';
import { wordsIn } from './words-in-pixels.ts';

const [WIDTH, HEIGHT] = [480, 320];
const noTesseract = without('tesseract', 'tesseract-ocr');

/** An ultrasound frame, white on black: a patient's name above a grey fan, as devices write it. */
async function frame(words: string): Promise<Uint8Array> {
  const text = `<text x="12" y="28" font-family="sans-serif" font-size="18" fill="#eee">${words}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="#000"/><circle cx="240" cy="200" r="90" fill="#777"/>${text}</svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).greyscale().raw().toBuffer());
}

function ultrasound(frames: readonly Uint8Array[]): Uint8Array {
  const dataset = new DataSet()
    .set('SOPClassUID', '1.2.840.10008.5.1.4.1.1.3.1')
    .set('Modality', 'US')
    .set('SamplesPerPixel', 1)
    .set('PhotometricInterpretation', 'MONOCHROME2')
    .set('NumberOfFrames', frames.length)
    .set('Rows', HEIGHT)
    .set('Columns', WIDTH)
    .set('BitsAllocated', 8)
    .set('BitsStored', 8)
    .set('PixelRepresentation', 0)
    .set('PixelData', concatenated(frames), 'OB');
  return concatenated(writeDataSet(dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!));
}

test('a name burned into every frame is found, blackened in all, and cannot be read any more', {
  skip: noTesseract,
}, async () => {
  const frames = [await frame('KANARIENVOGEL, ROSA 04.05.1961'), await frame('KANARIENVOGEL, ROSA 04.05.1961')];
  const made = await cleanPixels(ultrasound(frames), EXPLICIT_VR_LITTLE_ENDIAN, { regions: [], isSearched: true });
  assert.equal(made?.answer, 'cleaned');
  const pixels = made.dataset!.bytes('PixelData')!;
  const size = WIDTH * HEIGHT;
  for (const at of [0, 1]) {
    const data = pixels.slice(at * size, (at + 1) * size);
    assert.deepEqual(await wordsIn({ width: WIDTH, height: HEIGHT, channels: 1, data }), []);
    // What the reader judges by is as it was.
    assert.deepEqual(
      data.subarray(size - 200 * 100, size - 150 * 100),
      frames[at]!.subarray(size - 200 * 100, size - 150 * 100),
    );
  }
});

test('a name over the noise of a radiograph is found', { skip: noTesseract }, async () => {
  let state = 7;
  const noise = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % 25;
  };
  const samples = await frame('KANARIENVOGEL, ROSA 04.05.1961');
  const data = samples.map((sample) => Math.round(0.7 * sample) + 30 + noise());
  const found = await wordsIn({ width: WIDTH, height: HEIGHT, channels: 1, data });
  const covered = found.filter(({ y, height }) => y < 28 && y + height > 14);
  assert.ok(Math.min(...covered.map(({ x }) => x)) <= 12, 'from its first letter');
  assert.ok(Math.max(...covered.map(({ x, width }) => x + width)) > 260, 'to its last');
});

test('where there are no words the pixels leave as they are, and are said to be clear', {
  skip: noTesseract,
}, async () => {
  const made = await cleanPixels(ultrasound([await frame('')]), EXPLICIT_VR_LITTLE_ENDIAN, {
    regions: [],
    isSearched: true,
  });
  assert.equal(made?.answer, 'clear');
  assert.equal(made.dataset, undefined);
});

test('a region that the profile knows is blackened without anybody looking', async () => {
  const region = { x: 0, y: 0, width: WIDTH, height: 40 };
  const made = await cleanPixels(ultrasound([await frame('ROSA')]), EXPLICIT_VR_LITTLE_ENDIAN, {
    regions: [region],
    isSearched: false,
  });
  const pixels = made!.dataset!.bytes('PixelData')!;
  assert.equal(
    pixels.subarray(0, 40 * WIDTH).some((sample) => sample !== 0),
    false,
  );
  assert.equal(
    pixels.subarray(40 * WIDTH).some((sample) => sample !== 0),
    true,
  );
});

test('without tesseract what is to be searched is not said to be clean', async () => {
  const path = process.env.PATH;
  process.env.PATH = '/nonexistent';
  try {
    const made = await cleanPixels(ultrasound([await frame('ROSA')]), EXPLICIT_VR_LITTLE_ENDIAN, {
      regions: [],
      isSearched: true,
    });
    assert.equal(made, undefined);
  } finally {
    process.env.PATH = path;
  }
});
