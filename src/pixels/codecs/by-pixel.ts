// The order of the samples of a colour frame (PS3.3 C.7.6.3.1.3 Planar Configuration). On its own, so that who compares native
// pixels does not load the codecs.

import type { FrameDescription } from '../frame-description.ts';

/** Colour by plane to colour by pixel. */
export const byPixel = (samples: Uint8Array, frame: FrameDescription): Uint8Array =>
  reordered(samples, frame, (out, inPixels, inPlanes) => {
    out[inPixels] = samples[inPlanes]!;
  });

/** Colour by pixel to colour by plane. */
export const byPlane = (samples: Uint8Array, frame: FrameDescription): Uint8Array =>
  reordered(samples, frame, (out, inPixels, inPlanes) => {
    out[inPlanes] = samples[inPixels]!;
  });

/** What has one sample a pixel, or is too short for its size, has no other order. */
function reordered(
  samples: Uint8Array,
  { rows, columns, bitsAllocated, samplesPerPixel }: FrameDescription,
  move: (out: Uint8Array, inPixels: number, inPlanes: number) => void,
): Uint8Array {
  const width = Math.ceil(bitsAllocated / 8);
  const planeBytes = rows * columns * width;
  if (samplesPerPixel === 1 || samples.length < planeBytes * samplesPerPixel) return samples;
  const out = new Uint8Array(planeBytes * samplesPerPixel);
  for (let inPixels = 0, pixel = 0; pixel < planeBytes; pixel += width) {
    for (let sample = 0; sample < samplesPerPixel; sample++) {
      for (let byte = 0; byte < width; byte++) move(out, inPixels++, sample * planeBytes + pixel + byte);
    }
  }
  return out;
}
