// The attributes of the Image Pixel module (PS3.3 C.7.6.3) that say how one frame is laid out.

import type { DataSet } from '../dicom/dataset.ts';

export interface FrameDescription {
  rows: number;
  columns: number;
  samplesPerPixel: number;
  bitsAllocated: number;
  bitsStored: number;
  pixelRepresentation: number;
  photometricInterpretation: string;
  planarConfiguration: number;
}

/** What a data set says of its frames; where it says nothing, what most devices mean. */
export function frameDescriptionOf(dataset: DataSet): FrameDescription {
  const number = (keyword: string, otherwise: number): number => dataset.number(keyword) ?? otherwise;
  const bitsAllocated = number('BitsAllocated', 16);
  return {
    rows: number('Rows', 0),
    columns: number('Columns', 0),
    samplesPerPixel: number('SamplesPerPixel', 1),
    bitsAllocated,
    bitsStored: number('BitsStored', bitsAllocated),
    pixelRepresentation: number('PixelRepresentation', 0),
    photometricInterpretation: dataset.text('PhotometricInterpretation') ?? 'MONOCHROME2',
    planarConfiguration: number('PlanarConfiguration', 0),
  };
}
