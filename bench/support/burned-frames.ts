// Frames as devices make them, with words burned in: over an ultrasound fan, over a radiograph's noise, on a scanned page, in
// colour, in sixteen bits, inverted, and in the small letters of an old scanner.

import sharp from 'sharp';
import { concatenated } from '../../src/dicom/bytes.ts';
import { DataSet } from '../../src/dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../src/dicom/transfer-syntax.ts';
import { writeDataSet } from '../../src/dicom/writer.ts';
import type { Random } from '../../src/identity/testing/random.ts';

const [WIDTH, HEIGHT] = [640, 480];

export const burnedKinds = [
  'ultrasound',
  'radiograph',
  'page',
  'colour',
  'sixteen bits',
  'inverted',
  'small letters',
] as const;

export type BurnedKind = (typeof burnedKinds)[number];

export interface Picture {
  width: number;
  height: number;
  gray: Uint8Array;
}

export interface BurnedFrame {
  /** A data set of one frame, Explicit VR Little Endian. */
  bytes: Uint8Array;
  /** As it is on a screen. */
  shown: Picture;
  /** Of the pixels of a data set of this kind, as they are on a screen. */
  read(pixels: Uint8Array): Picture;
}

export async function burnedFrame(kind: BurnedKind, words: readonly string[], random: Random): Promise<BurnedFrame> {
  const channels = kind === 'colour' ? 3 : 1;
  const picture = sharp(Buffer.from(svgOf(kind, words, random)));
  const drawn = await (channels === 3 ? picture.removeAlpha() : picture.greyscale()).raw().toBuffer();
  const noisy =
    noise[kind] === undefined ? drawn : drawn.map((sample) => clamped(sample + noise[kind]! * spread(random)));
  const samples = kind === 'inverted' ? noisy.map((sample) => 255 - sample) : new Uint8Array(noisy);
  const pixels = kind === 'sixteen bits' ? inSixteenBits(samples) : samples;
  const read = (stored: Uint8Array): Picture => ({ width: WIDTH, height: HEIGHT, gray: onScreen(kind, stored) });
  return { bytes: dataSetOf(kind, pixels), shown: read(pixels), read };
}

/** Standard deviation, about, of grey levels. */
const noise: Partial<Record<BurnedKind, number>> = { radiograph: 6, 'sixteen bits': 4, 'small letters': 3 };

const spread = (random: Random): number => (random.below(1000) + random.below(1000) + random.below(1000) - 1500) / 500;

const clamped = (sample: number): number => Math.max(0, Math.min(255, Math.round(sample)));

function svgOf(kind: BurnedKind, words: readonly string[], random: Random): string {
  const size = kind === 'small letters' ? 9 + random.below(3) : 11 + random.below(26);
  const font = random.pick(['sans-serif', 'serif', 'monospace']);
  const fill = inks[kind](random);
  const [x, y] = [8 + random.below(120), size + 4 + random.below(HEIGHT - 5 * size)];
  const texts = words.map(
    (word, line) =>
      `<text x="${x}" y="${y + line * size * 1.3}" font-family="${font}" font-size="${size}" fill="${fill}">${word}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${behind(kind, random)}${texts.join('')}</svg>`;
}

const white = (random: Random): string => random.pick(['#fff', '#ddd', '#bbb']);

const inks: Readonly<Record<BurnedKind, (random: Random) => string>> = {
  ultrasound: white,
  radiograph: (random) => random.pick(['#fff', '#f4f4f4', '#000']),
  page: (random) => random.pick(['#000', '#333', '#114']),
  colour: (random) => random.pick(['#ff0', '#0f0', '#0ff', '#fff', '#f80']),
  'sixteen bits': white,
  inverted: white,
  'small letters': white,
};

function behind(kind: BurnedKind, random: Random): string {
  const ground = (fill: string) => `<rect width="100%" height="100%" fill="${fill}"/>`;
  const disc = (fill: string) =>
    `<circle cx="${200 + random.below(240)}" cy="260" r="${60 + random.below(100)}" fill="${fill}"/>`;
  if (kind === 'page') {
    const ruled = Array.from(
      { length: 6 },
      (_, n) => `<rect x="40" y="${60 + 70 * n}" width="560" height="1" fill="#999"/>`,
    );
    return ground('#fff') + ruled.join('');
  }
  if (kind === 'radiograph') {
    const shades = [0, 1, 2, 3].map(
      () =>
        `<ellipse cx="${random.below(WIDTH)}" cy="${random.below(HEIGHT)}" rx="${80 + random.below(160)}" ry="${60 + random.below(120)}" fill="#${random.pick(['444', '666', '888'])}" opacity="0.6"/>`,
    );
    return ground(`#${random.pick(['222', '3a3a3a', '555'])}`) + shades.join('');
  }
  if (kind === 'colour') return ground('#000') + disc(random.pick(['#234', '#432', '#244']));
  return ground('#000') + disc(`#${random.pick(['333', '555', '666'])}`);
}

/** Twelve bits of sixteen, as a CT or CR stores them. */
function inSixteenBits(samples: Uint8Array): Uint8Array {
  const words = Uint16Array.from(samples, (sample) => sample * 16);
  return new Uint8Array(words.buffer);
}

function onScreen(kind: BurnedKind, stored: Uint8Array): Uint8Array {
  if (kind === 'sixteen bits') {
    const words = new Uint16Array(stored.slice().buffer);
    return Uint8Array.from(words.subarray(0, WIDTH * HEIGHT), (word) => word >> 4);
  }
  if (kind === 'colour') {
    const [r, g, b] = [0.3, 0.59, 0.11];
    return Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) =>
      clamped(r * stored[3 * at]! + g * stored[3 * at + 1]! + b * stored[3 * at + 2]!),
    );
  }
  return kind === 'inverted' ? stored.map((sample) => 255 - sample) : stored;
}

function dataSetOf(kind: BurnedKind, pixels: Uint8Array): Uint8Array {
  const bits = kind === 'sixteen bits' ? 16 : 8;
  const dataset = new DataSet()
    .set('SOPClassUID', '1.2.840.10008.5.1.4.1.1.7')
    .set('Modality', 'OT')
    .set('SamplesPerPixel', kind === 'colour' ? 3 : 1)
    .set('PhotometricInterpretation', kind === 'colour' ? 'RGB' : kind === 'inverted' ? 'MONOCHROME1' : 'MONOCHROME2')
    .set('Rows', HEIGHT)
    .set('Columns', WIDTH)
    .set('BitsAllocated', bits)
    .set('BitsStored', bits === 16 ? 12 : 8)
    .set('HighBit', bits === 16 ? 11 : 7)
    .set('PixelRepresentation', 0);
  if (kind === 'colour') dataset.set('PlanarConfiguration', 0);
  dataset.set('PixelData', pixels, bits === 16 ? 'OW' : 'OB');
  return concatenated(writeDataSet(dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!));
}
