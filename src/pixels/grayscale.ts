// The grayscale pipeline: stored value → modality → VOI → presentation, to 8 bits. PS3.4 N.2. Samples of up to 16 bits go
// through one table made of all steps, wider ones are worked out one by one.

import type { FrameValues } from './frame-values.ts';
import type { ImageDescription } from './image.ts';
import { identity, type ModalityTransformation, modalityFunction } from './modality.ts';
import { type StoredBits, signedValue, storedBits, storedValues, type Words } from './stored-values.ts';
import { type VoiTransformation, voiFunction } from './voi.ts';

/** What is done to a frame; what is absent is taken from its pixels. */
export interface GrayscaleSteps {
  modality: ModalityTransformation;
  voi?: VoiTransformation;
  /** Presentation LUT: from the share of full output to what is shown of it, both 0 to 1 (PS3.3 C.11.6). */
  presentation: (share: number) => number;
}

const identityShape = (share: number): number => share;
const inverseShape = (share: number): number => 1 - share;

/** The steps that the image itself asks for. */
export function ownSteps(image: ImageDescription, { modality, voi }: FrameValues): GrayscaleSteps {
  return { modality, voi: voi[0], presentation: image.inverse ? inverseShape : identityShape };
}

/** One sample a pixel to 8-bit gray. Where no window is asked for, padding is left out of the range and shown black. */
export function toGray(words: Words, image: ImageDescription, steps: GrayscaleSteps): Uint8Array {
  const narrow = (words instanceof Uint8Array || words instanceof Uint16Array) && image.bitsStored <= 16;
  return narrow ? throughTable(words, image, steps) : oneByOne(words, image, steps);
}

function throughTable(words: Uint8Array | Uint16Array, image: ImageDescription, steps: GrayscaleSteps): Uint8Array {
  const bits = storedBits(image);
  const range = codeRange(words, bits);
  const modality = modalityFunction(steps.modality);
  const voi = steps.voi ?? voiWithoutWindow(image, () => modalityRange(words, image, bits, modality));
  const share = voiFunction(voi);
  const isBlack = blackPadding(image, steps);
  const table = new Uint8Array(bits.codes);
  for (let code = range.from; code <= range.to; code++) {
    const stored = signedValue(code, bits);
    if (!isBlack(stored)) table[code] = byteOf(steps.presentation(share(modality(stored))));
  }
  return mapped(words, bits, table);
}

function mapped(words: Uint8Array | Uint16Array, { shift, codes }: StoredBits, table: Uint8Array): Uint8Array {
  const out = new Uint8Array(words.length);
  const mask = codes - 1;
  for (let i = 0; i < words.length; i++) out[i] = table[(words[i]! >> shift) & mask]!;
  return out;
}

/** The lowest and highest code that occur, so that a table of 65,536 is filled only where it is used. */
function codeRange(words: Uint8Array | Uint16Array, { shift, codes }: StoredBits): { from: number; to: number } {
  const mask = codes - 1;
  if (codes <= 4096) return { from: 0, to: mask };
  let from = mask;
  let to = 0;
  for (let i = 0; i < words.length; i++) {
    const code = (words[i]! >> shift) & mask;
    if (code < from) from = code;
    if (code > to) to = code;
  }
  return { from, to };
}

function oneByOne(words: Words, image: ImageDescription, steps: GrayscaleSteps): Uint8Array {
  const stored = storedValues(words, image);
  const modality = modalityFunction(steps.modality);
  const voi = steps.voi ?? voiWithoutWindow(image, () => rangeOf(stored, image, modality));
  const share = voiFunction(voi);
  const isBlack = blackPadding(image, steps);
  const out = new Uint8Array(stored.length);
  for (let i = 0; i < stored.length; i++) {
    const value = stored[i]!;
    // PS3.5 8.2: floating point pixels may be NaN, which is no measurement.
    if (!Number.isNaN(value) && !isBlack(value)) out[i] = byteOf(steps.presentation(share(modality(value))));
  }
  return out;
}

interface Range {
  from: number;
  to: number;
}

/**
 * PS3.3 C.11.2 without a VOI LUT leaves the choice to us: full range for samples of at most 8 bits, which were made to be
 * shown as they are; for others from the smallest to the largest value of the frame.
 */
function voiWithoutWindow(image: ImageDescription, range: () => Range): VoiTransformation {
  const madeForDisplay = image.bitsStored <= 8 && image.pixelRepresentation === 0 && !hasModality(image);
  return madeForDisplay ? fullRange(image, identity) : exactWindow(range());
}

/** All that the stored bits could hold, or a modality LUT give, spread over the output. */
export function fullRange(image: ImageDescription, modality: ModalityTransformation): VoiTransformation {
  if (modality.kind === 'lut') return exactWindow({ from: 0, to: 2 ** modality.lut.bits - 1 });
  const codes = 2 ** image.bitsStored;
  const lowest = image.pixelRepresentation === 1 ? -codes / 2 : 0;
  const ends = [lowest, lowest + (image.fullValue ?? codes - 1)].map(modalityFunction(modality));
  return exactWindow({ from: Math.min(...ends), to: Math.max(...ends) });
}

function exactWindow({ from, to }: Range): VoiTransformation {
  const width = to > from ? to - from : 1;
  return { kind: 'window', window: { center: from + width / 2, width, function: 'LINEAR_EXACT' } };
}

const hasModality = ({ values }: ImageDescription): boolean =>
  values.some(({ modality }) => modality.kind === 'lut' || modality.slope !== 1 || modality.intercept !== 0);

function modalityRange(
  words: Uint8Array | Uint16Array,
  image: ImageDescription,
  bits: StoredBits,
  modality: (stored: number) => number,
): Range {
  const occurs = new Uint8Array(bits.codes);
  const mask = bits.codes - 1;
  for (let i = 0; i < words.length; i++) occurs[(words[i]! >> bits.shift) & mask] = 1;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (let code = 0; code < bits.codes; code++) {
    if (occurs[code] === 0) continue;
    const stored = signedValue(code, bits);
    if (isPadding(image, stored)) continue;
    const value = modality(stored);
    if (value < from) from = value;
    if (value > to) to = value;
  }
  return from <= to ? { from, to } : { from: 0, to: 0 };
}

function rangeOf(
  stored: Float32Array | Float64Array,
  image: ImageDescription,
  modality: (stored: number) => number,
): Range {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const value of stored) {
    if (!Number.isFinite(value) || isPadding(image, value)) continue;
    const measured = modality(value);
    if (measured < from) from = measured;
    if (measured > to) to = measured;
  }
  return from <= to ? { from, to } : { from: 0, to: 0 };
}

const isPadding = ({ padding }: ImageDescription, stored: number): boolean =>
  padding !== undefined && stored >= padding.from && stored <= padding.to;

function blackPadding(image: ImageDescription, { voi }: GrayscaleSteps): (stored: number) => boolean {
  const isShownBlack = image.padding !== undefined && (voi === undefined || image.padding.alwaysBlack);
  return isShownBlack ? (stored) => isPadding(image, stored) : () => false;
}

const byteOf = (share: number): number => (share * 255 + 0.5) | 0;
