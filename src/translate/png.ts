// PNG (ISO 15948) as native pixels, which is the one way DICOM has for it: grayscale and colour, 8 or 16 bit. Transparency
// is put on white. Palettes become RGB.

import { Unzlib } from 'fflate';
import { Problem } from '../base/problem.ts';
import { concatenated } from '../dicom/bytes.ts';
import { asciiAt, viewOf } from './byte-source.ts';

export const limits = {
  /** Rows times columns. */
  pixels: 128 * 1024 * 1024,
  /** Compressed bytes after which it is seen how much they became. */
  inflateStepBytes: 16 * 1024,
} as const;

export interface NativeImage {
  rows: number;
  columns: number;
  samplesPerPixel: 1 | 3;
  bitsAllocated: 8 | 16;
  /** Little endian, colour by pixel. */
  samples: Uint8Array;
}

interface Header {
  columns: number;
  rows: number;
  depth: number;
  /** Table 11.1: 1 palette used, 2 colour used, 4 alpha used. */
  colourType: number;
  interlaced: boolean;
}

interface Png extends Header {
  palette: Uint8Array;
  /** tRNS: the alpha of each entry of the palette. */
  paletteAlpha: Uint8Array;
  /** Filtered scanlines. */
  scanlines: Uint8Array;
}

export const isPng = (head: Uint8Array): boolean => asciiAt(head, 1, 3) === 'PNG' && head[0] === 0x89;

/** Throws dicom/unreadable for what is no PNG, is cut, or is over a limit. */
export function decodePng(bytes: Uint8Array): NativeImage {
  const png = read(bytes);
  const channels = channelsOf(png.colourType);
  const samplesPerPixel = png.colourType & 2 ? 3 : 1;
  const bitsAllocated = png.depth === 16 ? 16 : 8;
  const width = (samplesPerPixel * bitsAllocated) / 8;
  const samples = new Uint8Array(png.rows * png.columns * width);
  const view = viewOf(samples);
  let from = 0;
  for (const pass of passesOf(png)) {
    const rowBytes = Math.ceil((pass.columns * channels * png.depth) / 8);
    let above = new Uint8Array(rowBytes);
    for (let y = 0; y < pass.rows; y++) {
      const row = unfiltered(png.scanlines, from, above, Math.max(1, (channels * png.depth) >> 3));
      for (let x = 0; x < pass.columns; x++) {
        const place = (pass.top + y * pass.down) * png.columns + pass.left + x * pass.right;
        writePixel(png, row, x * channels, view, place * width);
      }
      above = row;
      from += rowBytes + 1;
    }
  }
  return { rows: png.rows, columns: png.columns, samplesPerPixel, bitsAllocated, samples };
}

function read(bytes: Uint8Array): Png {
  if (!isPng(bytes)) throw unreadable(0, 'no PNG');
  let header: Header | undefined;
  let palette = new Uint8Array(0);
  let paletteAlpha = new Uint8Array(0);
  const data: Uint8Array[] = [];
  const view = viewOf(bytes);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const content = bytes.slice(at + 8, at + 8 + length);
    const type = asciiAt(bytes, at + 4, 4);
    if (type === 'IHDR') header = headerOf(content);
    else if (type === 'PLTE') palette = content;
    else if (type === 'tRNS') paletteAlpha = content;
    else if (type === 'IDAT') data.push(content);
    else if (type === 'IEND') break;
    at += 12 + length;
  }
  if (header === undefined) throw unreadable(8, 'a PNG without its header');
  const scanlineBytes = passesOf(header).reduce(
    (sum, { rows, columns }) =>
      sum + rows * (1 + Math.ceil((columns * channelsOf(header.colourType) * header.depth) / 8)),
    0,
  );
  return { ...header, palette, paletteAlpha, scanlines: inflated(data, scanlineBytes) };
}

/** Up to as many bytes as the header promises: a bomb goes off no further. */
function inflated(data: readonly Uint8Array[], sizeBytes: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let pending = sizeBytes;
  const unzlib = new Unzlib((piece) => {
    pieces.push(piece.subarray(0, pending));
    pending -= pieces.at(-1)!.length;
  });
  const compressed = concatenated(data);
  try {
    for (let at = 0; at < compressed.length && pending > 0; at += limits.inflateStepBytes) {
      unzlib.push(compressed.subarray(at, at + limits.inflateStepBytes));
    }
  } catch {
    throw unreadable(8, 'the image data of a PNG is broken');
  }
  return concatenated(pieces);
}

function headerOf(content: Uint8Array): Header {
  if (content.length < 13) throw unreadable(8, 'a PNG header that is cut');
  const view = viewOf(content);
  const header = {
    columns: view.getUint32(0),
    rows: view.getUint32(4),
    depth: content[8]!,
    colourType: content[9]!,
    interlaced: content[12] === 1,
  };
  const { columns, rows, depth, colourType } = header;
  if (![0, 2, 3, 4, 6].includes(colourType) || ![1, 2, 4, 8, 16].includes(depth)) {
    throw unreadable(16, 'a PNG of an unknown kind');
  }
  if (depth < 8 && colourType !== 0 && colourType !== 3) throw unreadable(16, 'a PNG of an unknown kind');
  if (columns === 0 || rows === 0) throw unreadable(8, 'a PNG without pixels');
  // PS3.3 C.7.6.3: Rows and Columns are US.
  if (columns > 0xffff || rows > 0xffff || columns * rows > limits.pixels) {
    throw new Problem('dicom/limit', { limit: 'pixels', offset: 8 });
  }
  return header;
}

const channelsOf = (colourType: number): number => [1, 0, 3, 1, 2, 0, 4][colourType]!;

interface Pass {
  left: number;
  top: number;
  right: number;
  down: number;
  columns: number;
  rows: number;
}

/** 8.2: seven reduced images (Adam7), or one. */
function passesOf({ interlaced, rows, columns }: Header): Pass[] {
  const starts = interlaced
    ? [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] // biome-ignore format: a table
    : [[0, 0, 1, 1]];
  return starts
    .map(([left, top, right, down]) => ({
      left: left!,
      top: top!,
      right: right!,
      down: down!,
      columns: Math.ceil((columns - left!) / right!),
      rows: Math.ceil((rows - top!) / down!),
    }))
    .filter((pass) => pass.columns > 0 && pass.rows > 0);
}

/** 9.2: a scanline without its filter. `pixelBytes` lie between a byte and the one it is predicted from. */
function unfiltered(
  scanlines: Uint8Array,
  from: number,
  above: Uint8Array,
  pixelBytes: number,
): Uint8Array<ArrayBuffer> {
  const row = new Uint8Array(above.length);
  if (from + 1 + row.length > scanlines.length) throw unreadable(8, 'the image data of a PNG is cut');
  const filter = scanlines[from]!;
  for (let at = 0; at < row.length; at++) {
    const left = at < pixelBytes ? 0 : row[at - pixelBytes]!;
    const up = above[at]!;
    const upLeft = at < pixelBytes ? 0 : above[at - pixelBytes]!;
    row[at] = scanlines[from + 1 + at]! + predicted(filter, left, up, upLeft);
  }
  return row;
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, upLeft);
    default:
      throw unreadable(8, 'an unknown filter in a PNG');
  }
}

/** 9.4. */
function paeth(left: number, up: number, upLeft: number): number {
  const initial = left + up - upLeft;
  const [toLeft, toUp, toUpLeft] = [Math.abs(initial - left), Math.abs(initial - up), Math.abs(initial - upLeft)];
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}

/** One pixel of a row, whose first sample is number `at` of it, to its place in the output. */
function writePixel(png: Png, row: Uint8Array, at: number, out: DataView, place: number): void {
  const { depth, colourType } = png;
  if (colourType === 3) {
    const entry = sampleOf(row, at, depth);
    const alpha = png.paletteAlpha[entry] ?? 255;
    for (let c = 0; c < 3; c++) out.setUint8(place + c, onWhite(png.palette[3 * entry + c] ?? 0, alpha, 255));
    return;
  }
  const most = depth === 16 ? 0xffff : 0xff;
  const colours = colourType & 2 ? 3 : 1;
  const alpha = colourType & 4 ? sampleOf(row, at + colours, depth) : most;
  // 13.12: samples of less than 8 bit are stretched over all of them.
  const stretch = depth < 8 ? 255 / (2 ** depth - 1) : 1;
  for (let c = 0; c < colours; c++) {
    const value = onWhite(sampleOf(row, at + c, depth) * stretch, alpha, most);
    if (depth === 16) out.setUint16(place + 2 * c, value, true);
    else out.setUint8(place + c, value);
  }
}

const onWhite = (value: number, alpha: number, most: number): number =>
  alpha === most ? value : Math.round((value * alpha + most * (most - alpha)) / most);

function sampleOf(row: Uint8Array, at: number, depth: number): number {
  if (depth === 8) return row[at]!;
  if (depth === 16) return (row[2 * at]! << 8) | row[2 * at + 1]!;
  const bit = at * depth;
  return (row[bit >> 3]! >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}

const unreadable = (offset: number, reason: string): Problem => new Problem('dicom/unreadable', { offset, reason });
