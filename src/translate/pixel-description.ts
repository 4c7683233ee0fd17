// What a compressed image or video says of itself, as the attributes of the Image Pixel Description Macro (PS3.3 C.7.6.3),
// of the Multi-frame and Cine Modules, and of lossy compression (C.7.6.1.1.5). PS3.18 10.5.2: a client may leave them out.

import { Problem } from '../base/problem.ts';
import type { DataSet, NewValue } from '../dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../dicom/transfer-syntax.ts';
import type { NativeImage } from './png.ts';

export interface PixelDescription {
  transferSyntaxUid: string;
  rows: number;
  columns: number;
  samplesPerPixel: 1 | 3;
  photometricInterpretation: string;
  bitsAllocated: number;
  bitsStored: number;
  pixelRepresentation: 0 | 1;
  /** (0028,2114), where the encoding is not reversible. */
  lossyMethod?: string;
  /** Of a video. */
  numberOfFrames?: number;
  /** Nominal time from one frame of a video to the next. */
  frameTimeMs?: number;
}

/** What a data set may not say differently: a reader would misplace every pixel. */
const decisive = ['Rows', 'Columns', 'SamplesPerPixel'] as const;

/**
 * Sets those attributes that are absent or empty. `sizeBytes` are those of the compressed frames. Throws
 * dicom/bulk-mismatch where the data set says something else of the size of a frame.
 */
export function fillPixelDescription(dataset: DataSet, pixels: PixelDescription, sizeBytes: number): void {
  fill(dataset, attributesOf(pixels));
  if (pixels.lossyMethod !== undefined) {
    setAbsent(dataset, 'LossyImageCompressionRatio', compressionRatio(dataset, pixels, sizeBytes));
  }
}

/** The same of pixels that were decoded. */
export function fillNativeImage(dataset: DataSet, image: NativeImage): void {
  fill(dataset, attributesOf(nativeDescription(image)));
}

export function nativeDescription({ rows, columns, bitsAllocated, samplesPerPixel }: NativeImage): PixelDescription {
  return {
    transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN,
    rows,
    columns,
    samplesPerPixel,
    photometricInterpretation: samplesPerPixel === 1 ? 'MONOCHROME2' : 'RGB',
    bitsAllocated,
    bitsStored: bitsAllocated,
    pixelRepresentation: 0,
  };
}

function fill(dataset: DataSet, described: Record<string, NewValue>): void {
  for (const keyword of decisive) {
    const stated = dataset.number(keyword);
    if (stated !== undefined && stated !== described[keyword]) {
      throw new Problem('dicom/bulk-mismatch', { attribute: keyword });
    }
  }
  for (const [keyword, value] of Object.entries(described)) setAbsent(dataset, keyword, value);
}

function attributesOf(pixels: PixelDescription): Record<string, NewValue> {
  return {
    Rows: pixels.rows,
    Columns: pixels.columns,
    SamplesPerPixel: pixels.samplesPerPixel,
    PhotometricInterpretation: pixels.photometricInterpretation,
    BitsAllocated: pixels.bitsAllocated,
    BitsStored: pixels.bitsStored,
    HighBit: pixels.bitsStored - 1,
    PixelRepresentation: pixels.pixelRepresentation,
    ...(pixels.samplesPerPixel > 1 && { PlanarConfiguration: 0 }),
    ...(pixels.lossyMethod !== undefined && {
      LossyImageCompression: '01',
      LossyImageCompressionMethod: pixels.lossyMethod,
    }),
    ...(pixels.numberOfFrames !== undefined && { NumberOfFrames: pixels.numberOfFrames }),
    ...(pixels.frameTimeMs !== undefined && {
      FrameTime: rounded(pixels.frameTimeMs, 1e4),
      CineRate: Math.max(1, Math.round(1000 / pixels.frameTimeMs)),
      FrameIncrementPointer: 'FrameTime',
    }),
  };
}

function compressionRatio(dataset: DataSet, pixels: PixelDescription, sizeBytes: number): number {
  const frames = dataset.number('NumberOfFrames') ?? 1;
  const { rows, columns, samplesPerPixel, bitsAllocated } = pixels;
  return rounded((rows * columns * samplesPerPixel * (bitsAllocated / 8) * frames) / sizeBytes, 100);
}

export function setAbsent(dataset: DataSet, keyword: string, value: NewValue): void {
  if (dataset.text(keyword) === undefined) dataset.set(keyword, value);
}

const rounded = (value: number, steps: number): number => Math.round(value * steps) / steps;
