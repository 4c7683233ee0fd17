// A native frame and what its image says of it to 8-bit gray or colour, as it is to be shown. PS3.4 N.2 (the grayscale and
// colour pipelines); the steps are files of their own.

import { throughPalette, toRgb, withSupplementalPalette } from './colour.ts';
import { type GrayscaleSteps, ownSteps, toGray } from './grayscale.ts';
import { type ImageDescription, valuesOf } from './image.ts';
import { drawOverlay, overlayBits } from './overlay.ts';
import type { Raster } from './raster.ts';
import { withSquarePixels } from './resample.ts';
import { applyShutter } from './shutter.ts';
import { type Words, wordsOf } from './stored-values.ts';
import type { Window } from './voi.ts';

export interface RenderWish {
  /** In place of what the image offers; in values after the modality transformation. Colour has no window. */
  window?: Window;
  /** Whether overlay planes are drawn; default true. */
  overlays?: boolean;
  /** Whether the image is scaled to square pixels where its own are not; default true. */
  squarePixels?: boolean;
}

export type Rendered = Raster;

/**
 * Renders one frame (from 1). `samples` is that native frame: little endian, colour by pixel, as decodeFrame and
 * nativeFrame give it. Throws request/malformed where it is shorter than the image announces.
 */
export function renderFrame(samples: Uint8Array, image: ImageDescription, frame: number, wish: RenderWish): Rendered {
  const { pixelAspect } = valuesOf(image, frame);
  const words = image.samplesPerPixel === 1 ? wordsOf(samples, image, image.rows * image.columns) : undefined;
  const raster = words === undefined ? colour(samples, image) : oneSample(words, image, frame, wish);
  if (wish.overlays !== false) drawOverlays(raster, image, frame, words);
  if (image.shutter !== undefined) applyShutter(raster, image.shutter, pixelAspect);
  return wish.squarePixels === false ? raster : withSquarePixels(raster, pixelAspect);
}

function colour(samples: Uint8Array, image: ImageDescription): Raster {
  return { width: image.columns, height: image.rows, channels: 3, data: toRgb(samples, image) };
}

function oneSample(words: Words, image: ImageDescription, frame: number, wish: RenderWish): Raster {
  const size = { width: image.columns, height: image.rows };
  const { palette } = image;
  if (palette !== undefined && image.photometricInterpretation === 'PALETTE COLOR') {
    return { ...size, channels: 3, data: throughPalette(words, image, palette) };
  }
  const gray = toGray(words, image, stepsOf(image, frame, wish));
  if (palette === undefined) return { ...size, channels: 1, data: gray };
  return { ...size, channels: 3, data: withSupplementalPalette(gray, words, image, palette) };
}

function stepsOf(image: ImageDescription, frame: number, { window }: RenderWish): GrayscaleSteps {
  const own = ownSteps(image, valuesOf(image, frame));
  return window === undefined ? own : { ...own, voi: { kind: 'window', window } };
}

function drawOverlays(raster: Raster, image: ImageDescription, frame: number, words: Words | undefined): void {
  for (const overlay of image.overlays) {
    const bits = overlayBits(overlay, frame, image, (index) => words?.[index] ?? 0);
    if (bits !== undefined) drawOverlay(raster, overlay, bits);
  }
}
