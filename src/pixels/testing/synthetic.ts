// Images made for tests: known values in every form rendering must know. Data sets and their native samples; of no patient.

import { DataSet } from '../../dicom/dataset.ts';

export interface SyntheticOptions {
  rows?: number;
  columns?: number;
  bitsAllocated?: 1 | 8 | 16 | 32;
  bitsStored?: number;
  highBit?: number;
  signed?: boolean;
  photometricInterpretation?: string;
  frames?: number;
  /** The stored value (of a sample, for colour) of a pixel; default a ramp over all codes. */
  value?: (row: number, column: number, frame: number, sample: number) => number;
}

/** Secondary capture (PS3.3 A.8) with the pixels that `value` says, native little endian. */
export function syntheticImage(options: SyntheticOptions = {}): { dataset: DataSet; frames: Uint8Array[] } {
  const { rows = 32, columns = 64, bitsAllocated = 16, signed = false, frames = 1 } = options;
  const { bitsStored = bitsAllocated, photometricInterpretation = 'MONOCHROME2' } = options;
  const { highBit = bitsStored - 1 } = options;
  const samplesPerPixel = /^(MONOCHROME|PALETTE)/.test(photometricInterpretation) ? 1 : 3;
  const codes = 2 ** bitsStored;
  const lowest = signed ? -codes / 2 : 0;
  const ramp = (row: number, column: number) =>
    lowest + Math.floor(((row * columns + column) * codes) / (rows * columns));
  const value = options.value ?? ramp;
  const made = Array.from({ length: frames }, (_, frame) => {
    const numbers: number[] = [];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        for (let sample = 0; sample < samplesPerPixel; sample++) {
          numbers.push(((value(row, column, frame, sample) + codes) % codes) * 2 ** (highBit + 1 - bitsStored));
        }
      }
    }
    return packed(numbers, bitsAllocated);
  });
  const dataset = new DataSet()
    .set('SOPClassUID', '1.2.840.10008.5.1.4.1.1.7')
    .set('SOPInstanceUID', '2.25.700')
    .set('StudyInstanceUID', '2.25.701')
    .set('SeriesInstanceUID', '2.25.702')
    .set('Modality', 'OT')
    .set('PatientID', 'SYNTHETIC')
    .set('PatientName', 'Synthetic^Image')
    .set('SamplesPerPixel', samplesPerPixel)
    .set('PhotometricInterpretation', photometricInterpretation)
    .set('Rows', rows)
    .set('Columns', columns)
    .set('BitsAllocated', bitsAllocated)
    .set('BitsStored', bitsStored)
    .set('HighBit', highBit)
    .set('PixelRepresentation', signed ? 1 : 0)
    .set('PixelData', joined(made), bitsAllocated > 8 ? 'OW' : 'OB');
  if (samplesPerPixel === 3) dataset.set('PlanarConfiguration', 0);
  if (frames > 1) dataset.set('NumberOfFrames', frames);
  return { dataset, frames: made };
}

/** A CT slice as scanners store it: 12 bits, HU from -1024, a disc of soft tissue with a dense core in air. */
export function syntheticCt(side = 512): { dataset: DataSet; frames: Uint8Array[] } {
  const middle = side / 2;
  const huOf = (row: number, column: number) => {
    const distance = Math.hypot(row - middle, column - middle) / middle;
    return distance > 0.9 ? -1000 : distance > 0.2 ? 40 + ((row * 7 + column * 13) % 60) : 900;
  };
  const made = syntheticImage({ rows: side, columns: side, bitsStored: 12, value: (r, c) => huOf(r, c) + 1024 });
  made.dataset
    .set('SOPClassUID', '1.2.840.10008.5.1.4.1.1.2')
    .set('Modality', 'CT')
    .set('RescaleIntercept', -1024)
    .set('RescaleSlope', 1)
    .set('WindowCenter', 40)
    .set('WindowWidth', 400);
  return made;
}

/** One-bit planes of an overlay or a segmentation, the first bit least significant (PS3.5 8.1.2), padded to even length. */
export function bitPlane(rows: number, columns: number, isSet: (row: number, column: number) => boolean): Uint8Array {
  const bytes = new Uint8Array(2 * Math.ceil((rows * columns) / 16));
  for (let i = 0; i < rows * columns; i++) {
    if (isSet(Math.floor(i / columns), i % columns)) bytes[i >> 3]! |= 1 << (i & 7);
  }
  return bytes;
}

/** 16-bit numbers as bytes, little endian. */
export const wordBytes = (numbers: readonly number[]): Uint8Array => packed(numbers, 16);

function packed(numbers: readonly number[], bitsAllocated: number): Uint8Array {
  if (bitsAllocated === 1)
    return bitPlane(1, numbers.length, (_, i) => numbers[i] === 1).slice(0, Math.ceil(numbers.length / 8));
  const width = bitsAllocated / 8;
  const bytes = new Uint8Array(numbers.length * width);
  const view = new DataView(bytes.buffer);
  numbers.forEach((number, i) => {
    if (width === 1) view.setUint8(i, number);
    else if (width === 2) view.setUint16(i * 2, number, true);
    else view.setUint32(i * 4, number, true);
  });
  return bytes;
}

function joined(frames: readonly Uint8Array[]): Uint8Array {
  const length = frames.reduce((sum, frame) => sum + frame.length, 0);
  const bytes = new Uint8Array(length + (length % 2));
  let at = 0;
  for (const frame of frames) {
    bytes.set(frame, at);
    at += frame.length;
  }
  return bytes;
}
