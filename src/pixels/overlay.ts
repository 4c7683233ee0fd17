// Overlay planes: one bit a pixel, in groups 6000 to 601E, with data of their own or in bits the pixels leave unused.
// PS3.3 C.9.2 (Overlay Plane), C.9.3 (Multi-frame Overlay, retired but stored).

import type { DataSet } from '../dicom/dataset.ts';
import { tag } from '../dicom/tag.ts';
import type { Raster } from './raster.ts';

export interface Overlay {
  /** The group, 0x6000 to 0x601E. */
  group: number;
  /** Overlay Type: graphics, or a region of interest. */
  type: 'G' | 'R';
  rows: number;
  columns: number;
  /** Row and column of the image, counted from 1, of the overlay's first pixel; may lie outside. */
  origin: { row: number; column: number };
  /** The frame of the image that the overlay's first belongs to; 0 frames: it belongs to all. */
  firstFrame: number;
  frames: number;
  /** Bits packed, the first in the least significant bit; absent where they lie in the pixels, at `bitPosition`. */
  data?: Uint8Array;
  bitPosition: number;
}

export function overlaysOf(dataset: DataSet): Overlay[] {
  const overlays: Overlay[] = [];
  for (let group = 0x6000; group <= 0x601e; group += 2) {
    const overlay = overlayIn(dataset, group);
    if (overlay !== undefined) overlays.push(overlay);
  }
  return overlays;
}

function overlayIn(dataset: DataSet, group: number): Overlay | undefined {
  const at = (element: number) => tag(group, element);
  const data = dataset.bytes(at(0x3000));
  const bitPosition = dataset.number(at(0x0102)) ?? 0;
  const embedded = data === undefined && !dataset.has(at(0x3000)) && (dataset.number(at(0x0100)) ?? 1) > 1;
  if (data === undefined && !embedded) return undefined;
  const rows = dataset.number(at(0x0010)) ?? dataset.number('Rows') ?? 0;
  const columns = dataset.number(at(0x0011)) ?? dataset.number('Columns') ?? 0;
  if (rows === 0 || columns === 0) return undefined;
  const [row = 1, column = 1] = dataset.numbers(at(0x0050));
  return {
    group,
    type: dataset.text(at(0x0040)) === 'R' ? 'R' : 'G',
    rows,
    columns,
    origin: { row, column },
    firstFrame: dataset.number(at(0x0051)) ?? 1,
    frames: dataset.number(at(0x0015)) ?? 0,
    data: data?.slice(),
    bitPosition,
  };
}

/** Whether the overlay has a bit set at a place of the image, for one frame of it (from 1). Rows and columns count from 0. */
export type OverlayBits = (row: number, column: number) => boolean;

/**
 * The bits of an overlay for a frame; undefined where it has none there. `word(i)` is the i-th pixel as it lies in the
 * samples, unused bits included.
 */
export function overlayBits(
  overlay: Overlay,
  frame: number,
  image: { rows: number; columns: number },
  word: (index: number) => number,
): OverlayBits | undefined {
  const { data, rows, columns, origin, bitPosition } = overlay;
  if (data === undefined) {
    return (row, column) => ((word(row * image.columns + column) >>> bitPosition) & 1) === 1;
  }
  const index = overlay.frames === 0 ? 0 : frame - overlay.firstFrame;
  if (index < 0 || index >= Math.max(1, overlay.frames)) return undefined;
  const firstBit = index * rows * columns;
  return (row, column) => {
    const y = row - origin.row + 1;
    const x = column - origin.column + 1;
    if (y < 0 || x < 0 || y >= rows || x >= columns) return false;
    const bit = firstBit + y * columns + x;
    return ((data[bit >> 3]! >> (bit & 7)) & 1) === 1;
  };
}

const WHITE = 255;

/** Draws an overlay in full white: graphics as they are, of a region its outline, so that what it encloses stays visible. */
export function drawOverlay(raster: Raster, overlay: Overlay, bits: OverlayBits): void {
  const drawn = overlay.type === 'G' ? bits : outlineOf(bits);
  const { width, height, channels, data } = raster;
  const [top, bottom] = extent(overlay.origin.row, overlay.rows, height, overlay.data);
  const [left, right] = extent(overlay.origin.column, overlay.columns, width, overlay.data);
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      if (!drawn(row, column)) continue;
      const at = (row * width + column) * channels;
      data.fill(WHITE, at, at + channels);
    }
  }
}

function extent(origin: number, length: number, limit: number, data: Uint8Array | undefined): [number, number] {
  if (data === undefined) return [0, limit];
  return [Math.max(0, origin - 1), Math.min(limit, origin - 1 + length)];
}

const outlineOf =
  (bits: OverlayBits): OverlayBits =>
  (row, column) =>
    bits(row, column) &&
    !(bits(row - 1, column) && bits(row + 1, column) && bits(row, column - 1) && bits(row, column + 1));
