// Palette Color Lookup Tables, of an image (PALETTE COLOR and supplemental ones) or a presentation state, with 8 bits a
// colour. PS3.3 C.7.6.3.1.5, C.7.6.3.1.6, C.7.9, C.7.6.19 (supplemental).

import type { DataSet } from '../dicom/dataset.ts';
import { type Lut, lutDescriptor, lutFrom } from './lut.ts';
import { expandSegments } from './segmented-lut.ts';

export interface Palette {
  /** The stored value of the first entry. Of a Supplemental Palette, values below it are gray. */
  firstMapped: number;
  red: Uint8Array;
  green: Uint8Array;
  blue: Uint8Array;
}

/** The palette of a data set; undefined where one of its three tables is missing. */
export function paletteOf(dataset: DataSet): Palette | undefined {
  const signed = dataset.number('PixelRepresentation') === 1;
  const [red, green, blue] = (['Red', 'Green', 'Blue'] as const).map((colour) => tableOf(dataset, colour, signed));
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  return { firstMapped: red.firstMapped, red: toBytes(red), green: toBytes(green), blue: toBytes(blue) };
}

function tableOf(dataset: DataSet, colour: 'Red' | 'Green' | 'Blue', signed: boolean): Lut | undefined {
  const descriptor = `${colour}PaletteColorLookupTableDescriptor`;
  const segments = dataset.bytes(`Segmented${colour}PaletteColorLookupTableData`);
  if (segments === undefined) return lutFrom(dataset, descriptor, `${colour}PaletteColorLookupTableData`, signed);
  const described = lutDescriptor(dataset.numbers(descriptor), signed);
  if (described === undefined) return undefined;
  const { firstMapped, length, bits } = described;
  return { firstMapped, bits, entries: expandSegments(segments, length, bits) };
}

/** The high eight bits of each entry; of entries that leave the high bits empty against their descriptor, the low ones. */
function toBytes({ entries, bits }: Lut): Uint8Array {
  const shift = bits > 8 && entries.some((entry) => entry > 0xff) ? bits - 8 : 0;
  return Uint8Array.from(entries, (entry) => entry >> shift);
}

/** PS3.3 C.7.6.3.1.5: the entry of a stored value; those outside the table get its ends. */
export function paletteIndex({ firstMapped, red }: Palette, stored: number): number {
  return Math.min(Math.max(stored - firstMapped, 0), red.length - 1);
}
