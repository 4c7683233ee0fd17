// Frames for tests: a body of structured values on a dark ground, or noise over all values that the bits allow.

import type { FrameDescription } from '../frame-description.ts';

/** Of a CT: 12 of 16 bits. */
export const grayFrame = (rows: number, columns: number): FrameDescription => ({
  rows,
  columns,
  samplesPerPixel: 1,
  bitsAllocated: 16,
  bitsStored: 12,
  pixelRepresentation: 0,
  photometricInterpretation: 'MONOCHROME2',
  planarConfiguration: 0,
});

export function ctFrame(frame: FrameDescription, seed: number, isNoise: boolean): Uint8Array {
  const { rows, columns, samplesPerPixel, bitsAllocated, bitsStored, pixelRepresentation } = frame;
  const values = new (arrayOf(bitsAllocated, pixelRepresentation))(rows * columns * samplesPerPixel);
  const range = 2 ** bitsStored;
  const lowest = pixelRepresentation === 1 ? -range / 2 : 0;
  let state = seed | 1;
  for (let at = 0; at < values.length; at++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    const random = (state >>> 8) / 2 ** 24;
    const pixel = Math.floor(at / samplesPerPixel);
    const value = isNoise ? random : shade(pixel % columns, Math.floor(pixel / columns), frame, at % samplesPerPixel);
    values[at] = lowest + Math.floor(Math.min(0.999, value + (isNoise ? 0 : random / 256)) * range);
  }
  return new Uint8Array(values.buffer);
}

/** The first sample of a pixel. */
export function sampleAt(samples: Uint8Array, frame: FrameDescription, column: number, row: number): number {
  const values = new (arrayOf(frame.bitsAllocated, frame.pixelRepresentation))(samples.slice().buffer);
  return values[(row * frame.columns + column) * frame.samplesPerPixel]!;
}

function shade(x: number, y: number, { columns, rows }: FrameDescription, sample: number): number {
  const isBody = Math.hypot(x - columns / 2, y - rows / 2) < Math.min(rows, columns) / 3;
  return isBody ? 0.4 + 0.1 * Math.sin((x + sample) / 9) : 0.02;
}

function arrayOf(bitsAllocated: number, pixelRepresentation: number) {
  if (bitsAllocated === 8) return pixelRepresentation === 1 ? Int8Array : Uint8Array;
  return pixelRepresentation === 1 ? Int16Array : Uint16Array;
}
