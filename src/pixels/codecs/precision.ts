// The precision of the codestream of a frame, which is Bits Stored (PS3.5 8.2) but for what is said below, and what a codec
// that gave bytes where 16 bits are allocated has meant.

import type { FrameDescription } from '../frame-description.ts';

/** Decoders in the field give bytes for less, and then miss half of a frame that has 16 bits allocated. */
const LEAST_OF_16_BITS = 9;

/**
 * Bits Stored where every sample fits in them, else Bits Allocated: overlays in unused bits, padding values and signs that
 * were not extended come through lossless codecs as they were.
 */
export function precisionOf(samples: Uint8Array, frame: FrameDescription): number {
  const { bitsAllocated, bitsStored, pixelRepresentation } = frame;
  if (bitsStored >= bitsAllocated) return bitsAllocated;
  const least = bitsAllocated === 16 ? LEAST_OF_16_BITS : 0;
  const words = wordsOf(samples, frame);
  const lowest = pixelRepresentation === 1 ? -(2 ** (bitsStored - 1)) : 0;
  const highest = lowest + 2 ** bitsStored - 1;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word < lowest || word > highest) return bitsAllocated;
  }
  return Math.max(bitsStored, least);
}

/** Bytes as values of 16 bits, with their sign. */
export function widened(bytes: Uint8Array, { pixelRepresentation }: FrameDescription): Uint8Array {
  const words = pixelRepresentation === 1 ? Int16Array.from(new Int8Array(bytes)) : Uint16Array.from(bytes);
  return new Uint8Array(words.buffer);
}

/** The samples as numbers, little endian. */
function wordsOf(samples: Uint8Array, { bitsAllocated, pixelRepresentation }: FrameDescription): ArrayLike<number> {
  const signed = pixelRepresentation === 1;
  if (bitsAllocated !== 16) return signed ? new Int8Array(samples.buffer, samples.byteOffset, samples.length) : samples;
  const { buffer, byteOffset, length } = samples.byteOffset % 2 === 0 ? samples : samples.slice();
  return signed ? new Int16Array(buffer, byteOffset, length >> 1) : new Uint16Array(buffer, byteOffset, length >> 1);
}
