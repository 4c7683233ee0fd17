// Images made here in forms the corpus lacks, and presentation states on them, as we render them and as DCMTK does.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { dcmj2pnm, dcmp2pgm, type PortableMap } from '../../test/support/dcmtk-image.ts';
import { emptyFolder } from '../../test/support/folder.ts';
import { without } from '../../test/support/needs.ts';
import { DataSet } from '../dicom/dataset.ts';
import { tag } from '../dicom/tag.ts';
import { part10 } from '../dicom/testing/objects.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../dicom/transfer-syntax.ts';
import { imageOf } from './image.ts';
import { nativeFrame } from './native-frame.ts';
import { presentationStateOf } from './presentation/presentation-state.ts';
import type { Raster } from './raster.ts';
import { type RenderWish, renderFrame } from './render.ts';
import { bitPlane, type SyntheticOptions, syntheticImage, wordBytes } from './testing/synthetic.ts';
import { syntheticState } from './testing/synthetic-state.ts';

const folder = emptyFolder(after);
const scratch = (name: string) => join(folder, name);

type Change = (dataset: DataSet) => void;

interface Case {
  name: string;
  image?: SyntheticOptions;
  change?: Change;
  /** Of dcmj2pnm. */
  options?: string[];
  wish?: RenderWish;
  frame?: number;
  levels?: number;
}

const lut = (descriptor: number[], data: Uint8Array, vr: 'US' | 'SS' = 'US') =>
  new DataSet().set('LUTDescriptor', descriptor, vr).set('LUTData', data, 'OW');
const window =
  (center: number, width: number): Change =>
  (dataset) =>
    dataset.set('WindowCenter', center).set('WindowWidth', width);
const rescale =
  (slope: number, intercept: number): Change =>
  (dataset) =>
    dataset.set('RescaleSlope', slope).set('RescaleIntercept', intercept);
const both =
  (...changes: Change[]): Change =>
  (dataset) => {
    for (const change of changes) change(dataset);
  };

const squares = Array.from({ length: 256 }, (_, i) => Math.floor((i * i * 4095) / 65025));

function palette(dataset: DataSet, bits: number, data: (colour: number) => Uint8Array): void {
  for (const [i, colour] of ['Red', 'Green', 'Blue'].entries()) {
    dataset.set(`${colour}PaletteColorLookupTableDescriptor`, [256, 0, bits], 'US');
    dataset.set(`${colour}PaletteColorLookupTableData`, data(i), 'OW');
  }
}

function overlay(dataset: DataSet, group: number, rows: number, columns: number, origin: [number, number]): void {
  dataset
    .set(tag(group, 0x0010), rows, 'US')
    .set(tag(group, 0x0011), columns, 'US')
    .set(tag(group, 0x0040), 'G', 'CS')
    .set(tag(group, 0x0050), origin, 'SS')
    .set(tag(group, 0x0100), 1, 'US')
    .set(tag(group, 0x0102), 0, 'US')
    .set(
      tag(group, 0x3000),
      bitPlane(rows, columns, (row, column) => (row * 3 + column) % 5 === 0),
      'OW',
    );
}

const cases: Case[] = [
  { name: '12 bits, LINEAR window', image: { bitsStored: 12 }, change: window(1200, 900), options: ['+Wi', '1'] },
  {
    name: '12 bits in the high bits',
    image: { bitsStored: 12, highBit: 15 },
    change: window(2000, 3000),
    options: ['+Wi', '1'],
  },
  {
    name: '10 bits in the middle',
    image: { bitsStored: 10, highBit: 12 },
    change: window(400, 300),
    options: ['+Wi', '1'],
  },
  {
    name: '16 bits signed, rescaled',
    image: { signed: true },
    change: both(rescale(0.5, -100), window(-300, 9000)),
    options: ['+Wi', '1'],
  },
  { name: '12 bits signed', image: { bitsStored: 12, signed: true }, change: window(0, 1000), options: ['+Wi', '1'] },
  {
    name: 'a negative slope',
    image: { bitsStored: 12 },
    change: both(rescale(-1, 4095), window(1000, 2000)),
    options: ['+Wi', '1'],
  },
  {
    name: 'MONOCHROME1',
    image: { bitsStored: 12, photometricInterpretation: 'MONOCHROME1' },
    change: window(1200, 900),
    options: ['+Wi', '1'],
  },
  { name: '16 bits without a window', options: ['+Wm'] },
  { name: '8 bits as they are', image: { bitsAllocated: 8 }, options: ['-W'] },
  { name: '8 bits signed', image: { bitsAllocated: 8, signed: true }, change: window(0, 200), options: ['+Wi', '1'] },
  { name: '32 bits', image: { bitsAllocated: 32 }, options: ['+Wm'] },
  {
    name: '32 bits signed, window',
    image: { bitsAllocated: 32, signed: true },
    change: window(1e6, 2e9),
    options: ['+Wi', '1'],
  },
  {
    name: 'SIGMOID',
    image: { bitsStored: 12 },
    change: both(window(2000, 1500), (dataset) => dataset.set('VOILUTFunction', 'SIGMOID')),
    options: ['+Wi', '1', '+Wfs'],
  },
  {
    name: 'a Modality LUT, then a window',
    image: { bitsAllocated: 8 },
    change: both(window(2000, 3000), (dataset) => {
      dataset.set('ModalityLUTSequence', [lut([256, 0, 12], wordBytes(squares)).set('ModalityLUTType', 'US')]);
    }),
    options: ['+Wi', '1'],
  },
  {
    name: 'a VOI LUT of 16 bits an entry',
    image: { bitsStored: 12 },
    change: (dataset) => dataset.set('VOILUTSequence', [lut([256, 1000, 12], wordBytes(squares))]),
    options: ['+Wl', '1'],
  },
  {
    name: 'a VOI LUT that begins below zero',
    image: { bitsStored: 12, signed: true },
    change: (dataset) => dataset.set('VOILUTSequence', [lut([256, -128, 12], wordBytes(squares), 'SS')]),
    options: ['+Wl', '1'],
  },
  {
    name: 'a palette of 8 bits',
    image: { bitsAllocated: 8, photometricInterpretation: 'PALETTE COLOR' },
    change: (dataset) => palette(dataset, 8, (c) => Uint8Array.from({ length: 256 }, (_, i) => (i * (c + 1)) & 255)),
  },
  {
    name: 'a palette of 16 bits',
    image: { bitsAllocated: 8, photometricInterpretation: 'PALETTE COLOR' },
    change: (dataset) =>
      palette(dataset, 16, (c) => wordBytes(Array.from({ length: 256 }, (_, i) => (i * 257 * (c + 1)) & 0xffff))),
  },
  { name: 'RGB of 16 bits', image: { photometricInterpretation: 'RGB' } },
  { name: 'RGB of 12 bits', image: { bitsStored: 12, photometricInterpretation: 'RGB' } },
  { name: 'YBR_FULL', image: { bitsAllocated: 8, photometricInterpretation: 'YBR_FULL', value: colourful }, levels: 2 },
  {
    name: 'RGB by plane',
    image: { bitsAllocated: 8, photometricInterpretation: 'RGB', value: colourful },
    change: (dataset) => dataset.set('PlanarConfiguration', 1),
  },
  { name: 'an overlay', image: { bitsAllocated: 8 }, change: (dataset) => overlay(dataset, 0x6000, 20, 30, [5, 9]) },
  {
    name: 'an overlay that begins outside',
    image: { bitsAllocated: 8 },
    change: (dataset) => overlay(dataset, 0x6002, 20, 90, [-3, -7]),
  },
  {
    name: 'an overlay in unused bits',
    image: { bitsStored: 12, value: (row, column) => row * 20 + column },
    change: both(window(400, 800), (dataset) => {
      const words = new Uint16Array(dataset.bytes('PixelData')!.slice().buffer);
      for (let i = 0; i < words.length; i += 7) words[i]! |= 1 << 14;
      dataset.set('PixelData', new Uint8Array(words.buffer), 'OW');
      dataset.set(tag(0x6000, 0x0040), 'G', 'CS').set(tag(0x6000, 0x0050), [1, 1], 'SS');
      dataset.set(tag(0x6000, 0x0010), 32, 'US').set(tag(0x6000, 0x0011), 64, 'US');
      dataset.set(tag(0x6000, 0x0100), 16, 'US').set(tag(0x6000, 0x0102), 14, 'US');
    }),
    options: ['+Wi', '1'],
  },
  {
    name: 'the third frame',
    image: { bitsStored: 12, frames: 3, value: (row, column, frame) => row * 20 + column + frame * 700 },
    change: window(1500, 1000),
    options: ['+Wi', '1'],
    frame: 3,
  },
];

function colourful(row: number, column: number, _frame: number, sample: number): number {
  return (row * 8 + column * 3 * (sample + 1) + sample * 40) & 255;
}

describe('images of every form look as in DCMTK', { skip: without('dcmj2pnm', 'dcmtk') }, () => {
  for (const { name, image: options, change, options: asked = [], wish, frame = 1, levels = 1 } of cases) {
    test(name, async () => {
      const { dataset, frames } = syntheticImage(options);
      change?.(dataset);
      const image = imageOf(dataset);
      const bytes = frames.length > 1 ? frames[frame - 1]! : dataset.bytes('PixelData')!;
      const ours = renderFrame(nativeFrame(bytes, 0, image), image, frame, { squarePixels: false, ...wish });
      const path = scratch('image.dcm');
      writeFileSync(path, part10(dataset, EXPLICIT_VR_LITTLE_ENDIAN));
      alike(ours, await dcmj2pnm(path, scratch('image.pnm'), asked, frame), levels);
    });
  }
});

const twelveBits = { bitsStored: 12, rows: 24, columns: 40 };
const stateCases: { name: string; image?: SyntheticOptions; state: Change; change?: Change; levels?: number }[] = [
  { name: 'nothing asked for: full range, whatever window the image has', change: window(100, 100), state: () => {} },
  {
    name: 'of MONOCHROME1, nothing asked for',
    image: { ...twelveBits, photometricInterpretation: 'MONOCHROME1' },
    state: () => {},
  },
  { name: 'INVERSE', state: (state) => state.set('PresentationLUTShape', 'INVERSE') },
  { name: 'a window', state: voiOfAll(window(1000, 900)) },
  {
    name: 'a VOI LUT',
    state: voiOfAll((item) => item.set('VOILUTSequence', [lut([256, 1000, 12], wordBytes(squares))])),
  },
  {
    // Of 4096 input values for 256 entries DCMTK takes the one below, we what lies between two.
    name: 'a Presentation LUT',
    levels: 3,
    state: (state) => {
      state.delete('PresentationLUTShape');
      state.set('PresentationLUTSequence', [lut([256, 0, 12], wordBytes(squares))]);
    },
  },
  {
    name: 'a rescale',
    state: both(rescale(2, -500), (state) => state.set('RescaleType', 'US'), voiOfAll(window(1000, 900))),
  },
  { name: 'rotated by 90', state: (state) => state.set('ImageRotation', 90).set('ImageHorizontalFlip', 'N') },
  { name: 'rotated by 180', state: (state) => state.set('ImageRotation', 180).set('ImageHorizontalFlip', 'N') },
  {
    name: 'rotated by 270, then flipped',
    state: (state) => state.set('ImageRotation', 270).set('ImageHorizontalFlip', 'Y'),
  },
  { name: 'flipped', state: (state) => state.set('ImageRotation', 0).set('ImageHorizontalFlip', 'Y') },
];

function voiOfAll(change: Change): Change {
  return (state) => {
    const item = new DataSet();
    change(item);
    state.set('SoftcopyVOILUTSequence', [item]);
  };
}

describe('presentation states look as in DCMTK', { skip: without('dcmp2pgm', 'dcmtk') }, () => {
  for (const { name, image: options = twelveBits, state: ask, change, levels = 1 } of stateCases) {
    test(name, async () => {
      const { dataset, frames } = syntheticImage(options);
      change?.(dataset);
      const state = syntheticState(dataset);
      ask(state);
      const ours = renderFrame(frames[0]!, imageOf(dataset), 1, { presentation: presentationStateOf(state) });
      writeFileSync(scratch('image.dcm'), part10(dataset, EXPLICIT_VR_LITTLE_ENDIAN));
      writeFileSync(scratch('state.dcm'), part10(state, EXPLICIT_VR_LITTLE_ENDIAN));
      alike(ours, await dcmp2pgm(scratch('image.dcm'), scratch('state.dcm'), scratch('image.pgm')), levels);
    });
  }
});

function alike(ours: Raster, theirs: PortableMap | undefined, levels: number): void {
  assert.ok(theirs, 'DCMTK shows it');
  assert.deepEqual([ours.width, ours.height, ours.channels], [theirs.width, theirs.height, theirs.channels]);
  const differing = ours.data.findIndex((value, i) => Math.abs(value - theirs.data[i]!) > levels);
  assert.equal(differing, -1, `at ${differing} ${ours.data[differing]} is ${theirs.data[differing]}`);
}
