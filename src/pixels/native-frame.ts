// One frame of native Pixel Data as rendering and the codecs take it: from its first bit on, colour by pixel. PS3.5 8.1.1.

import { byPixel } from './codecs/by-pixel.ts';
import type { FrameDescription } from './frame-description.ts';

/**
 * The samples of a frame. `bytes` are those the frame index gives, little endian, of which the frame begins at bit
 * `bitOffset`: frames of single bits need not begin at a byte.
 */
export function nativeFrame(bytes: Uint8Array, bitOffset: number, frame: FrameDescription): Uint8Array {
  const samples = bitOffset === 0 ? bytes : shifted(bytes, bitOffset);
  return frame.planarConfiguration === 1 ? byPixel(samples, frame) : samples;
}

function shifted(bytes: Uint8Array, bitOffset: number): Uint8Array {
  return Uint8Array.from(bytes, (byte, i) => (byte >> bitOffset) | ((bytes[i + 1] ?? 0) << (8 - bitOffset)));
}
