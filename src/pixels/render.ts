// A native frame and what its image, or a presentation state, says of it to 8-bit gray or colour, as it is to be shown.
// PS3.4 N.2 (the grayscale and colour pipelines); the steps are files of their own.

import { throughPalette, toRgb, withPseudoColour, withSupplementalPalette } from './colour.ts';
import { fullRange, type GrayscaleSteps, ownSteps, toGray } from './grayscale.ts';
import { type ImageDescription, valuesOf } from './image.ts';
import { drawOverlay, type Overlay, type OverlayBits, overlayBits } from './overlay.ts';
import { areaFor, cropped, placeOnDisplay, transformed } from './presentation/display-geometry.ts';
import { type Graphic, graphicsOn } from './presentation/graphics.ts';
import { type PresentationState, presentationFunction, voiOfState } from './presentation/presentation-state.ts';
import type { Raster } from './raster.ts';
import { withSquarePixels } from './resample.ts';
import { applyShutter } from './shutter.ts';
import { type Words, wordsOf } from './stored-values.ts';
import type { Window } from './voi.ts';

export interface RenderWish {
  /** In place of what the image or the state offers; in values after the modality transformation. Colour has no window. */
  window?: Window;
  /** How somebody wanted it to be shown, in place of what the image says of itself. */
  presentation?: PresentationState;
  /** Whether overlay planes are drawn; default true. */
  overlays?: boolean;
  /** Whether the image is scaled to square pixels where its own are not; default true. */
  squarePixels?: boolean;
}

export interface Rendered extends Raster {
  /** What the presentation state has drawn and written on the frame, where it lies; for `graphicsSvg` or a canvas. */
  graphics: Graphic[];
}

/**
 * Renders one frame (from 1). `samples` is that native frame: little endian, colour by pixel, as decodeFrame and
 * nativeFrame give it. Throws request/malformed where it is shorter than the image announces.
 */
export function renderFrame(samples: Uint8Array, image: ImageDescription, frame: number, wish: RenderWish): Rendered {
  const words = image.samplesPerPixel === 1 ? wordsOf(samples, image, image.rows * image.columns) : undefined;
  const raster = words === undefined ? colour(samples, image) : oneSample(words, image, frame, wish);
  cover(raster, image, frame, wish, (index) => words?.[index] ?? 0);
  return display(raster, image, frame, wish);
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
  const pseudo = wish.presentation?.palette;
  if (pseudo !== undefined) return { ...size, channels: 3, data: withPseudoColour(gray, pseudo) };
  if (palette === undefined) return { ...size, channels: 1, data: gray };
  return { ...size, channels: 3, data: withSupplementalPalette(gray, words, image, palette) };
}

function stepsOf(image: ImageDescription, frame: number, { window, presentation }: RenderWish): GrayscaleSteps {
  const steps =
    presentation === undefined ? ownSteps(image, valuesOf(image, frame)) : stateSteps(image, frame, presentation);
  return window === undefined ? steps : { ...steps, voi: { kind: 'window', window } };
}

/** PS3.4 N.2.1: what a state leaves out is identity, whatever the image has of it. */
function stateSteps(image: ImageDescription, frame: number, state: PresentationState): GrayscaleSteps {
  const { modality } = state;
  const voi = voiOfState(state, image.sopInstanceUid, frame) ?? fullRange(image, modality);
  return { modality, voi, presentation: presentationFunction(state.presentationLut) };
}

/** Draws the overlays and closes the shutter. */
function cover(
  raster: Raster,
  image: ImageDescription,
  frame: number,
  { overlays, presentation }: RenderWish,
  word: (index: number) => number,
): void {
  const own = presentation?.overlays ?? [];
  const all = [...own, ...image.overlays.filter(({ group }) => !own.some((overlay) => overlay.group === group))];
  const bitsOf = (overlay: Overlay): OverlayBits | undefined => overlayBits(overlay, frame, image, word);
  for (const overlay of overlays === false ? [] : all) {
    const isShown = presentation === undefined || presentation.activeOverlays.includes(overlay.group);
    const bits = isShown ? bitsOf(overlay) : undefined;
    if (bits !== undefined) drawOverlay(raster, overlay, bits);
  }
  const shutter = presentation === undefined ? image.shutter : presentation.shutter;
  if (shutter === undefined) return;
  const bitmap = all.find(({ group }) => group === shutter.overlayGroup);
  applyShutter(raster, shutter, valuesOf(image, frame).pixelAspect, bitmap && bitsOf(bitmap));
}

/** The part that is displayed, with square pixels, turned as the state has it; and what is drawn over it. */
function display(
  raster: Raster,
  image: ImageDescription,
  frame: number,
  { presentation, squarePixels }: RenderWish,
): Rendered {
  const area = presentation && areaFor(presentation.displayedAreas, image, frame);
  const pixelAspect = squarePixels === false ? 1 : (area?.pixelAspect ?? valuesOf(image, frame).pixelAspect);
  const square = withSquarePixels(area === undefined ? raster : cropped(raster, area), pixelAspect);
  if (presentation === undefined) return { ...square, graphics: [] };
  const { spatialTransformation, annotations } = presentation;
  const shown = transformed(square, spatialTransformation);
  const whole = { left: 1, top: 1, right: image.columns, bottom: image.rows };
  const pixel = placeOnDisplay(area ?? whole, pixelAspect, spatialTransformation);
  const graphics = graphicsOn(annotations, image.sopInstanceUid, frame, { ...shown, pixel });
  return { ...shown, graphics };
}
