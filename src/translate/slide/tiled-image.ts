// One tiled image of a TIFF file (TIFF 6.0 15): its size, its tiles, and how they are compressed.

import { Problem } from '../../base/problem.ts';
import type { TiffDirectory, TiffTag } from '../tiff.ts';

export const limits = {
  /** Rows times columns of one tile. */
  tilePixels: 64 * 1024 * 1024,
  /** Of one tile as it is compressed. */
  tileBytes: 256 * 1024 * 1024,
} as const;

export interface TiledImage {
  columns: number;
  rows: number;
  tileColumns: number;
  tileRows: number;
  /** TIFF 6.0 and its registered additions: 7 JPEG, 33003 and 33005 JPEG 2000 as Aperio writes it. */
  compression: number;
  /** 0 white is zero, 1 black is zero, 2 RGB, 6 YCbCr. */
  photometricInterpretation: number;
  samplesPerPixel: 1 | 3;
  bitsPerSample: 8 | 16;
  /** 2: samples are differences from the pixel before. */
  predictor: number;
  littleEndian: boolean;
  /** Row by row, as TILED_FULL wants them (PS3.3 C.7.6.17.3). */
  tiles: { offset: number; length: number }[];
  /** Quantization and Huffman tables that all tiles share (TIFF Technical Note 2). */
  jpegTables?: Uint8Array;
  iccProfile?: Uint8Array;
}

/** Throws dicom/unreadable, or dicom/not-expressible for samples that a slide in DICOM does not have. */
export async function tiledImage(directory: TiffDirectory): Promise<TiledImage> {
  const whole = async (tag: TiffTag, usual?: number): Promise<number> => {
    const value = (await directory.number(tag)) ?? usual;
    if (value === undefined || !Number.isInteger(value) || value < 0) throw unreadable(`a TIFF without its ${tag}`);
    return value;
  };
  const [columns, rows] = [await whole('imageWidth'), await whole('imageLength')];
  const [tileColumns, tileRows] = [await whole('tileWidth'), await whole('tileLength')];
  // PS3.3 C.7.6.3: Rows and Columns of a frame are US.
  if ([columns, rows, tileColumns, tileRows].includes(0) || tileColumns > 0xffff || tileRows > 0xffff) {
    throw unreadable('a tiled TIFF of an impossible size');
  }
  if (tileColumns * tileRows > limits.tilePixels) throw new Problem('dicom/limit', { limit: 'tilePixels', offset: 0 });
  const samplesPerPixel = await whole('samplesPerPixel', 1);
  const bits = await directory.numbers('bitsPerSample');
  const bitsPerSample = bits[0] ?? 1;
  if ((samplesPerPixel !== 1 && samplesPerPixel !== 3) || bits.some((value) => value !== bitsPerSample)) {
    throw notExpressible(`a slide of ${samplesPerPixel} samples of a pixel`);
  }
  if (bitsPerSample !== 8 && bitsPerSample !== 16) throw notExpressible(`a slide of ${bitsPerSample} bits of a sample`);
  if (samplesPerPixel === 3 && (await whole('planarConfiguration', 1)) !== 1) {
    throw notExpressible('a slide whose colours lie in planes');
  }
  const photometricInterpretation = await whole('photometricInterpretation', samplesPerPixel === 3 ? 2 : 1);
  if (!(samplesPerPixel === 3 ? [2, 6] : [0, 1]).includes(photometricInterpretation)) {
    throw notExpressible(`a slide of TIFF colours ${photometricInterpretation}`);
  }
  return {
    columns,
    rows,
    tileColumns,
    tileRows,
    compression: await whole('compression', 1),
    photometricInterpretation,
    samplesPerPixel,
    bitsPerSample,
    predictor: await whole('predictor', 1),
    littleEndian: directory.littleEndian,
    tiles: await tilesOf(directory, Math.ceil(columns / tileColumns) * Math.ceil(rows / tileRows)),
    jpegTables: await directory.bytes('jpegTables'),
    iccProfile: await directory.bytes('iccProfile'),
  };
}

async function tilesOf(directory: TiffDirectory, count: number): Promise<TiledImage['tiles']> {
  const offsets = await directory.numbers('tileOffsets');
  const lengths = await directory.numbers('tileByteCounts');
  if (offsets.length < count || lengths.length < count) throw unreadable('a tiled TIFF without some of its tiles');
  const largest = lengths.reduce((most, length) => Math.max(most, length), 0);
  if (largest > limits.tileBytes) throw new Problem('dicom/limit', { limit: 'tileBytes', offset: 0 });
  return Array.from({ length: count }, (_, at) => ({ offset: offsets[at]!, length: lengths[at]! }));
}

const unreadable = (reason: string): Problem => new Problem('dicom/unreadable', { offset: 0, reason });

const notExpressible = (what: string): Problem => new Problem('dicom/not-expressible', { what });
