// Whether words that are burned into pixels can still be read once they were blackened: frames with a name, a number and a date in
// many sizes, fonts, shades and places over a moving grey, cleaned as on the way out, then read by another way than cleaning
// does (other enlargement, other segmentation). The goal is 99 of 100 unreadable; whatever cleaning is not sure of does not
// leave. Run: npm run bench burned-in [FRAMES]

import { execFileSync } from 'node:child_process';
import sharp from 'sharp';
import { concatenated } from '../src/dicom/bytes.ts';
import { DataSet } from '../src/dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../src/dicom/transfer-syntax.ts';
import { writeDataSet } from '../src/dicom/writer.ts';
import { Random } from '../src/identity/testing/random.ts';
import { cleanPixels } from '../src/server/deidentify/clean-pixels.ts';

const [WIDTH, HEIGHT] = [640, 480];
const frames = Number(process.argv[2] ?? 100);
const random = new Random(7);

const tally = { readableBefore: 0, readableAfter: 0, cleaned: 0, clear: 0, quarantined: 0 };
for (let at = 0; at < frames; at++) {
  const words = [random.pick(['KANARIENVOGEL', 'ZWITSCHERER', 'QUITTENBAUM']), `MRN${4711000 + at}`, '04.05.1961'];
  const samples = await frameWith(words);
  const isReadable = await readsAny(samples, words);
  if (isReadable) tally.readableBefore += 1;
  const made = await cleanPixels(dataSet(samples), EXPLICIT_VR_LITTLE_ENDIAN, { regions: [], isSearched: true });
  if (made === undefined) tally.quarantined += 1;
  else tally[made.answer] += 1;
  const left = made === undefined ? undefined : (made.dataset?.bytes('PixelData') ?? samples);
  if (left !== undefined && (await readsAny(left, words))) tally.readableAfter += 1;
}
const unreadable = (100 * (frames - tally.readableAfter)) / frames;
console.log(JSON.stringify({ frames, ...tally }));
console.log(`${unreadable.toFixed(1)} % of frames leave without a word that can be read, or do not leave`);

/** White, grey or black words over an ultrasound fan. */
function frameWith(words: readonly string[]): Promise<Uint8Array> {
  const size = 11 + random.below(26);
  const shade = random.pick(['#fff', '#ddd', '#bbb']);
  const font = random.pick(['sans-serif', 'serif', 'monospace']);
  const [x, y] = [8 + random.below(120), size + 4 + random.below(HEIGHT - 5 * size)];
  const texts = words.map(
    (word, line) =>
      `<text x="${x}" y="${y + line * size * 1.3}" font-family="${font}" font-size="${size}" fill="${shade}">${word}</text>`,
  );
  const fan = `<circle cx="${200 + random.below(240)}" cy="260" r="${60 + random.below(100)}" fill="#${random.pick(['333', '555', '666'])}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="#000"/>${fan}${texts.join('')}</svg>`;
  return sharp(Buffer.from(svg))
    .greyscale()
    .raw()
    .toBuffer()
    .then((raw) => new Uint8Array(raw));
}

function dataSet(samples: Uint8Array): Uint8Array {
  const dataset = new DataSet()
    .set('SOPClassUID', '1.2.840.10008.5.1.4.1.1.6.1')
    .set('Modality', 'US')
    .set('SamplesPerPixel', 1)
    .set('PhotometricInterpretation', 'MONOCHROME2')
    .set('Rows', HEIGHT)
    .set('Columns', WIDTH)
    .set('BitsAllocated', 8)
    .set('BitsStored', 8)
    .set('PixelRepresentation', 0)
    .set('PixelData', samples, 'OB');
  return concatenated(writeDataSet(dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!));
}

/** Four letters or digits of one of them in a row are a word that can be read. */
async function readsAny(samples: Uint8Array, words: readonly string[]): Promise<boolean> {
  const raw = { width: WIDTH, height: HEIGHT, channels: 1 } as const;
  const png = await sharp(samples, { raw })
    .negate()
    .resize({ width: WIDTH * 4, kernel: 'lanczos3' })
    .png()
    .toBuffer();
  const read = ['3', '6'].map((mode) =>
    execFileSync('tesseract', ['-', '-', '--psm', mode], { input: png, stdio: ['pipe', 'pipe', 'ignore'] }).toString(),
  );
  const text = read
    .join(' ')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
  return words.some((word) => {
    const letters = word.replace(/[^\p{L}\p{N}]/gu, '');
    return Array.from({ length: letters.length - 3 }, (_, from) => letters.slice(from, from + 4)).some((part) =>
      text.includes(part),
    );
  });
}
