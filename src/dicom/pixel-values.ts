// Elements that hold samples: they are told apart from what can hold words.

import { tagOf } from './dictionary.ts';

/** Pixel Data in its three forms, and where its frames lie: PS3.3 C.7.6.3, C.7.6.24. */
export const isPixelValue = (tag: number): boolean => pixels.has(tag);

const pixels: ReadonlySet<number> = new Set(
  ['PixelData', 'FloatPixelData', 'DoubleFloatPixelData', 'ExtendedOffsetTable', 'ExtendedOffsetTableLengths'].map(
    (keyword) => tagOf(keyword)!,
  ),
);

/** Values that are long and hold numbers, one after another. */
export const isSamples = (tag: number): boolean => samples.has(tag);

const samples: ReadonlySet<number> = new Set(
  [
    'SpectroscopyData',
    'WaveformData',
    'LUTData',
    'RedPaletteColorLookupTableData',
    'GreenPaletteColorLookupTableData',
    'BluePaletteColorLookupTableData',
    'VectorGridData',
    'PointCoordinatesData',
    'LongPrimitivePointIndexList',
  ].map((keyword) => tagOf(keyword)!),
);
