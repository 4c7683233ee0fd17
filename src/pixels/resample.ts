// Scaling of rasters, for pixels that are not square. Bilinear: each new pixel is the weighted mean of the two by two old
// ones around its centre.

import type { Raster } from './raster.ts';

/** The raster with square pixels, the finer side kept. PS3.3 10.7.1.3, C.7.6.3.1.7. `pixelAspect` is height by width. */
export function withSquarePixels(raster: Raster, pixelAspect: number): Raster {
  const { width, height } = squareSize(raster, pixelAspect);
  return resampled(raster, width, height);
}

/** The size after `withSquarePixels`. */
export function squareSize(
  { width, height }: { width: number; height: number },
  pixelAspect: number,
): { width: number; height: number } {
  // A ratio nobody builds would make an image of a wrong entry that fills memory.
  const isBelievable = pixelAspect >= 1 / limits.aspect && pixelAspect <= limits.aspect;
  if (!isBelievable || Math.abs(pixelAspect - 1) < limits.unseen) return { width, height };
  return pixelAspect > 1
    ? { width, height: Math.round(height * pixelAspect) }
    : { width: Math.round(width / pixelAspect), height };
}

export const limits = {
  /** The longest pixel that is believed, in widths. */
  aspect: 16,
  /** What a ratio may differ from 1 without being seen: resampling, which blurs, would be. */
  unseen: 0.01,
};

function resampled(raster: Raster, width: number, height: number): Raster {
  if (width === raster.width && height === raster.height) return raster;
  const { channels } = raster;
  const across = weights(raster.width, width);
  const down = weights(raster.height, height);
  const data = new Uint8Array(width * height * channels);
  const stride = raster.width * channels;
  let to = 0;
  for (let row = 0; row < height; row++) {
    const upper = down.first[row]! * stride;
    const lower = down.second[row]! * stride;
    const share = down.share[row]!;
    for (let column = 0; column < width; column++) {
      const left = across.first[column]! * channels;
      const right = across.second[column]! * channels;
      const x = across.share[column]!;
      for (let c = 0; c < channels; c++) {
        const top = mix(raster.data[upper + left + c]!, raster.data[upper + right + c]!, x);
        const bottom = mix(raster.data[lower + left + c]!, raster.data[lower + right + c]!, x);
        data[to++] = mix(top, bottom, share) + 0.5;
      }
    }
  }
  return { width, height, channels, data };
}

const mix = (a: number, b: number, share: number): number => a + (b - a) * share;

/** For each new place the two old ones it lies between, and how near the second is. */
function weights(from: number, to: number): { first: Int32Array; second: Int32Array; share: Float32Array } {
  const first = new Int32Array(to);
  const second = new Int32Array(to);
  const share = new Float32Array(to);
  for (let i = 0; i < to; i++) {
    const at = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    first[i] = Math.floor(at);
    second[i] = Math.min(from - 1, first[i]! + 1);
    share[i] = at - first[i]!;
  }
  return { first, second, share };
}

/** Each `factor` by `factor` pixels as one, their mean; at the far edges of those that are there. A factor below 2: as it is. */
export function averaged(raster: Raster, factor: number): Raster {
  if (factor < 2) return raster;
  const { channels } = raster;
  const width = Math.ceil(raster.width / factor);
  const height = Math.ceil(raster.height / factor);
  const data = new Uint8Array(width * height * channels);
  const sums = new Uint32Array(width * channels);
  for (let row = 0, to = 0; row < height; row++, to += width * channels) {
    const end = Math.min(raster.height, (row + 1) * factor);
    sums.fill(0);
    for (let y = row * factor; y < end; y++) addRow(sums, raster, y, factor);
    for (let column = 0; column < width; column++) {
      const across = Math.min(factor, raster.width - column * factor);
      const pixels = across * (end - row * factor);
      for (let c = column * channels; c < (column + 1) * channels; c++) data[to + c] = sums[c]! / pixels + 0.5;
    }
  }
  return { width, height, channels, data };
}

/** Adds each pixel of row `y` to the sum it belongs to. */
function addRow(sums: Uint32Array, { width, channels, data }: Raster, y: number, factor: number): void {
  const rowEnd = (y + 1) * width * channels;
  for (let from = y * width * channels, sum = 0; from < rowEnd; from += factor * channels, sum += channels) {
    const end = Math.min(rowEnd, from + factor * channels);
    for (let c = 0; c < channels; c++) {
      // A sum of its own: one in memory would cost five times as much.
      let total = 0;
      for (let at = from + c; at < end; at += channels) total += data[at]!;
      sums[sum + c]! += total;
    }
  }
}
