// The order of the samples of a colour frame (PS3.3 C.7.6.3.1.3 Planar Configuration). On its own, so that who compares native
// pixels does not load the codecs.

import type { FrameDescription } from '../frame-description.ts';

/** Colour by plane to colour by pixel. */
export function byPixel(samples: Uint8Array, frame: FrameDescription): Uint8Array {
  const width = Math.ceil(frame.bitsAllocated / 8);
  const planeBytes = frame.rows * frame.columns * width;
  if (frame.samplesPerPixel === 1 || samples.length < planeBytes * frame.samplesPerPixel) return samples;
  const out = new Uint8Array(planeBytes * frame.samplesPerPixel);
  for (let to = 0, pixel = 0; pixel < planeBytes; pixel += width) {
    for (let sample = 0; sample < frame.samplesPerPixel; sample++) {
      for (let byte = 0; byte < width; byte++) out[to++] = samples[sample * planeBytes + pixel + byte]!;
    }
  }
  return out;
}

/** Colour by pixel to colour by plane. */
export function byPlane(samples: Uint8Array, frame: FrameDescription): Uint8Array {
  const width = Math.ceil(frame.bitsAllocated / 8);
  const planeBytes = frame.rows * frame.columns * width;
  if (frame.samplesPerPixel === 1 || samples.length < planeBytes * frame.samplesPerPixel) return samples;
  const out = new Uint8Array(planeBytes * frame.samplesPerPixel);
  for (let from = 0, pixel = 0; pixel < planeBytes; pixel += width) {
    for (let sample = 0; sample < frame.samplesPerPixel; sample++) {
      for (let byte = 0; byte < width; byte++) out[sample * planeBytes + pixel + byte] = samples[from++]!;
    }
  }
  return out;
}
