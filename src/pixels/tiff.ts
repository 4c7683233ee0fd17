// A rendered frame as a TIFF file in memory, with the ICC profile its colours were meant under: the way to hand raw pixels
// with a profile to an image library, which then converts them. TIFF 6.0; ICC.1 B.4 (tag 34675).

import type { Raster } from './raster.ts';

const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;
const ENTRY_BYTES = 12;
const HEADER_BYTES = 8;
const MIN_IS_BLACK = 1;
const RGB = 2;

/** Uncompressed, little endian, in one strip. */
export function tiffOf({ width, height, channels, data }: Raster, iccProfile?: Uint8Array): Uint8Array {
  const entries: [tag: number, type: number, count: number, value: number][] = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    // Bits of each sample: three of them do not fit the entry and lie after the directory.
    [258, SHORT, channels, 8],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, channels === 3 ? RGB : MIN_IS_BLACK],
    [273, LONG, 1, 0],
    [277, SHORT, 1, channels],
    [278, LONG, 1, height],
    [279, LONG, 1, data.length],
  ];
  if (iccProfile !== undefined) entries.push([34675, UNDEFINED, iccProfile.length, 0]);
  const bitsAt = HEADER_BYTES + 2 + entries.length * ENTRY_BYTES + 4;
  const profileAt = bitsAt + 6;
  const stripAt = (profileAt + (iccProfile?.length ?? 0) + 1) & ~1;
  if (channels === 3) entries[2]![3] = bitsAt;
  entries[5]![3] = stripAt;
  if (iccProfile !== undefined) entries[9]![3] = profileAt;

  const file = new Uint8Array(stripAt + data.length);
  const view = new DataView(file.buffer);
  file.set([0x49, 0x49, 42, 0, HEADER_BYTES, 0, 0, 0]);
  view.setUint16(HEADER_BYTES, entries.length, true);
  entries.forEach(([tag, type, count, value], i) => {
    const at = HEADER_BYTES + 2 + i * ENTRY_BYTES;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    view.setUint32(at + 8, value, true);
  });
  for (let i = 0; i < 3; i++) view.setUint16(bitsAt + i * 2, 8, true);
  if (iccProfile !== undefined) file.set(iccProfile, profileAt);
  file.set(data, stripAt);
  return file;
}
