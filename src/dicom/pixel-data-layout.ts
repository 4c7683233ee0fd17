// Where Pixel Data lies in the object, noted while it is read. PS3.5 8 and A.4, PS3.3 C.7.6.3 and C.7.6.24.

import type { Fragment } from './element.ts';
import type { VR } from './vr.ts';

/** Float Pixel Data, Double Float Pixel Data and Pixel Data, of which an image has one. */
export const pixelDataTags: ReadonlySet<number> = new Set([0x7fe0_0008, 0x7fe0_0009, 0x7fe0_0010]);

/** Offsets count as in BulkRef. */
export type PixelDataLayout = NativePixelData | EncapsulatedPixelData;

export interface NativePixelData {
  kind: 'native';
  tag: number;
  vr: VR;
  offset: number;
  length: number;
}

export interface EncapsulatedPixelData {
  kind: 'encapsulated';
  tag: number;
  /** From the item header of the Basic Offset Table to the end of the sequence delimiter. */
  offset: number;
  length: number;
  basicOffsetTable: Uint8Array;
  fragments: readonly Fragment[];
}
