// What the attributes of an image say about how it is shown: everything rendering needs besides the samples, as a plain
// object that can be sent to another thread. PS3.3 C.7.6.3 (Image Pixel), C.7.6.16 (functional groups), C.11 (LUTs).

import type { DataSet } from '../dicom/dataset.ts';
import { type FrameDescription, frameDescriptionOf } from './frame-description.ts';
import { type FrameValues, frameValuesOf } from './frame-values.ts';
import { type Overlay, overlaysOf } from './overlay.ts';
import { type Palette, paletteOf } from './palette.ts';
import { type Shutter, shutterOf } from './shutter.ts';

export interface ImageDescription extends FrameDescription {
  sopInstanceUid: string;
  highBit: number;
  numberOfFrames: number;
  /** Float Pixel Data and Double Float Pixel Data (PS3.3 C.7.6.24, C.7.6.25) are 'float', of 32 or 64 Bits Allocated. */
  sampleFormat: 'integer' | 'float';
  /** Stored values that are no part of the image, both ends included (PS3.3 C.7.5.1.1.2). */
  padding?: Padding;
  /** Whether low values are shown bright: Presentation LUT Shape INVERSE, or MONOCHROME1 where no shape is given. */
  inverse: boolean;
  /** Of PALETTE COLOR, and the Supplemental Palette Color LUT of other images. */
  palette?: Palette;
  overlays: Overlay[];
  shutter?: Shutter;
  iccProfile?: Uint8Array;
  /** Color Space (0028,2002), such as SRGB. */
  colorSpace?: string;
  /** Stored value that is full output where no window says otherwise: of segmentations, below what their bits could hold. */
  fullValue?: number;
  /** The sets of values that frames have: frame n has `values[valuesOfFrame[n - 1]]`, all the first where none is named. */
  values: FrameValues[];
  valuesOfFrame: Uint32Array;
}

export interface Padding {
  from: number;
  to: number;
  /** Of projection X-ray (DX, MG, IO): padding stays black under every window and polarity, as IHE RAD-16 asks of displays. */
  alwaysBlack: boolean;
}

/** How long a value may be for its table, overlay or profile to be of use: read data sets with at least this `holdValuesUpTo`. */
export const renderingValueBytes = 16 * 1024 * 1024;

/** Describes an image. Values that the data set does not hold (BulkRef) count as absent, see `renderingValueBytes`. */
export function imageOf(dataset: DataSet): ImageDescription {
  const frame = laidOut(dataset);
  const numberOfFrames = Math.max(1, Math.trunc(dataset.number('NumberOfFrames') ?? 1));
  const { values, valuesOfFrame } = frameValuesOf(dataset, frame);
  const float = dataset.has('FloatPixelData') || dataset.has('DoubleFloatPixelData');
  const iccProfile = dataset.bytes('ICCProfile') ?? dataset.items('OpticalPathSequence')[0]?.bytes('ICCProfile');
  return {
    ...frame,
    sopInstanceUid: dataset.text('SOPInstanceUID') ?? '',
    highBit: dataset.number('HighBit') ?? frame.bitsStored - 1,
    numberOfFrames,
    sampleFormat: float ? 'float' : 'integer',
    padding: paddingOf(dataset, frame),
    inverse: isInverse(dataset, frame.photometricInterpretation),
    palette: showsPalette(dataset, frame) ? paletteOf(dataset) : undefined,
    overlays: overlaysOf(dataset),
    shutter: shutterOf(dataset),
    iccProfile: iccProfile?.slice(),
    colorSpace: dataset.text('ColorSpace'),
    fullValue: fullValueOf(dataset),
    values,
    valuesOfFrame,
  };
}

/** Float pixels state no bits stored, and double ones no bits at all (PS3.3 C.7.6.24, C.7.6.25). */
function laidOut(dataset: DataSet): FrameDescription {
  const frame = frameDescriptionOf(dataset);
  const ofFloats = dataset.has('DoubleFloatPixelData') ? 64 : dataset.has('FloatPixelData') ? 32 : undefined;
  const bitsAllocated = ofFloats ?? frame.bitsAllocated;
  const { bitsStored } = frame;
  return {
    ...frame,
    bitsAllocated,
    bitsStored: bitsStored > 0 && bitsStored <= bitsAllocated ? bitsStored : bitsAllocated,
  };
}

/** The values of a frame (from 1). */
export function valuesOf({ values, valuesOfFrame }: ImageDescription, frame: number): FrameValues {
  return values[valuesOfFrame[frame - 1] ?? 0]!;
}

/** PS3.3 C.8.20.2: a fractional segmentation has its own maximum; of a label map, the highest label is the brightest. */
function fullValueOf(dataset: DataSet): number | undefined {
  const type = dataset.text('SegmentationType');
  if (type === 'FRACTIONAL') return dataset.number('MaximumFractionalValue');
  if (type !== 'LABELMAP') return undefined;
  const labels = dataset.items('SegmentSequence').map((segment) => segment.number('SegmentNumber') ?? 0);
  return labels.reduce((highest, label) => Math.max(highest, label), 0) || undefined;
}

/** PS3.3 C.11.6: the shape of the data set, else its photometric interpretation. */
function isInverse(dataset: DataSet, photometricInterpretation: string): boolean {
  const shape = dataset.text('PresentationLUTShape');
  return shape === undefined ? photometricInterpretation === 'MONOCHROME1' : shape === 'INVERSE';
}

/** PS3.3 C.7.6.19: gray images may carry a palette that is used only where Pixel Presentation asks for colour. */
function showsPalette(dataset: DataSet, { photometricInterpretation }: FrameDescription): boolean {
  if (photometricInterpretation === 'PALETTE COLOR') return true;
  return /^(COLOR|MIXED)$/.test(dataset.text('PixelPresentation') ?? '');
}

function paddingOf(dataset: DataSet, frame: FrameDescription): Padding | undefined {
  const kind = dataset.has('DoubleFloatPixelData') ? 'DoubleFloat' : dataset.has('FloatPixelData') ? 'Float' : '';
  const value = dataset.number(`${kind}PixelPaddingValue`);
  if (value === undefined) return undefined;
  const limit = dataset.number(`${kind}PixelPaddingRangeLimit`) ?? value;
  const [one, other] = kind === '' ? [asStored(value, frame), asStored(limit, frame)] : [value, limit];
  // PS3.3 C.8.11.1: the DX family of images, and none besides, states its Presentation Intent Type.
  const alwaysBlack = dataset.has('PresentationIntentType');
  return { from: Math.min(one, other), to: Math.max(one, other), alwaysBlack };
}

/** A 16-bit value as the pixels count, whether it was read as US or as SS. */
function asStored(value: number, { pixelRepresentation }: FrameDescription): number {
  return pixelRepresentation === 1 ? (value << 16) >> 16 : value & 0xffff;
}
