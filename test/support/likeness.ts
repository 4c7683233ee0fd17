// Whether a screen shows a picture: both are cut into cells, and the mean brightness of each is compared. What scaling and
// JPEG do to single pixels is gone in a cell; a wrong window, colour, orientation, frame or place is not.

import type { Raster } from '../../src/pixels/raster.ts';

export interface Likeness {
  /** Of all cells and channels, in levels of 255. */
  meanDifference: number;
  largestDifference: number;
}

const limits = {
  /** Along each side, as far as the picture has pixels for them. */
  cells: 32,
};

/** `share`: which part of the fitting size the picture has on the screen, in whose middle it lies. */
export function likeness(screen: Raster, picture: Raster, share = 1): Likeness {
  const scale = Math.min(screen.width / picture.width, screen.height / picture.height) * share;
  const [width, height] = [picture.width * scale, picture.height * scale];
  const place = { left: (screen.width - width) / 2, top: (screen.height - height) / 2, width, height };
  const whole = { left: 0, top: 0, width: picture.width, height: picture.height };
  const [across, down] = [Math.min(limits.cells, picture.width), Math.min(limits.cells, picture.height)];
  let sum = 0;
  let largest = 0;
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      const cell = { column: column / across, row: row / down, width: 1 / across, height: 1 / down };
      for (let channel = 0; channel < 3; channel++) {
        const difference = Math.abs(
          brightness(screen, place, cell, channel) - brightness(picture, whole, cell, channel),
        );
        sum += difference;
        largest = Math.max(largest, difference);
      }
    }
  }
  return { meanDifference: sum / (across * down * 3), largestDifference: largest };
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Of a cell of a box, its rim of pixels that lie partly within counting as they lie. */
function brightness(
  raster: Raster,
  box: Box,
  cell: { column: number; row: number; width: number; height: number },
  channel: number,
): number {
  const across = span(box.left + cell.column * box.width, cell.width * box.width, raster.width);
  const down = span(box.top + cell.row * box.height, cell.height * box.height, raster.height);
  let sum = 0;
  let weights = 0;
  for (const [y, heavy] of down) {
    for (const [x, wide] of across) {
      const at = (y * raster.width + x) * raster.channels + (channel % raster.channels);
      sum += raster.data[at]! * heavy * wide;
      weights += heavy * wide;
    }
  }
  return weights === 0 ? 0 : sum / weights;
}

function span(from: number, length: number, size: number): [place: number, weight: number][] {
  const found: [number, number][] = [];
  for (let at = Math.max(0, Math.floor(from)); at < Math.min(size, from + length); at++) {
    const weight = Math.min(at + 1, from + length) - Math.max(at, from);
    if (weight > 1e-9) found.push([at, weight]);
  }
  return found;
}
