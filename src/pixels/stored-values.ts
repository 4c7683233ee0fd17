// The samples of a frame as numbers: cut out of the bits allocated, sign extended. PS3.5 8.1.1, 8.2; PS3.3 C.7.6.3.1.

import { Problem } from '../base/problem.ts';
import type { ImageDescription } from './image.ts';

/** Samples as they lie, one word each, unused bits included. */
export type Words = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

/** The words of a native frame. Throws request/malformed where there are fewer than the frame has. */
export function wordsOf(
  samples: Uint8Array,
  image: Pick<ImageDescription, 'bitsAllocated' | 'sampleFormat'>,
  count: number,
): Words {
  const { bitsAllocated } = image;
  const bytes = Math.ceil((count * bitsAllocated) / 8);
  if (samples.length < bytes) {
    throw new Problem('request/malformed', { reason: `the frame has ${samples.length} bytes where ${bytes} belong` });
  }
  if (bitsAllocated === 8) return samples.subarray(0, bytes);
  const wide = image.sampleFormat === 'float' ? floats[bitsAllocated] : integers[bitsAllocated];
  if (wide === undefined) return unpacked(samples, bitsAllocated, count);
  const aligned = samples.byteOffset % (bitsAllocated / 8) === 0 ? samples : samples.slice(0, bytes);
  return new wide(aligned.buffer, aligned.byteOffset, count);
}

type WordArray = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => Words;
const integers: Record<number, WordArray> = { 16: Uint16Array, 32: Uint32Array };
const floats: Record<number, WordArray> = { 32: Float32Array, 64: Float64Array };

/** PS3.5 8.1.1: words of other lengths than whole bytes follow one another, the first in the least significant bits. */
function unpacked(samples: Uint8Array, bits: number, count: number): Uint8Array | Uint16Array {
  if (bits < 1 || bits > 16)
    throw new Problem('request/malformed', { reason: `${bits} Bits Allocated cannot be shown` });
  const out = bits <= 8 ? new Uint8Array(count) : new Uint16Array(count);
  const mask = 2 ** bits - 1;
  for (let i = 0, at = 0; i < count; i++, at += bits) {
    const byte = at >> 3;
    const wide = samples[byte]! | ((samples[byte + 1] ?? 0) << 8) | ((samples[byte + 2] ?? 0) << 16);
    out[i] = (wide >>> (at & 7)) & mask;
  }
  return out;
}

/** How the stored value is cut out of a word. */
export interface StoredBits {
  shift: number;
  /** Number of codes: 2 ^ Bits Stored. */
  codes: number;
  signed: boolean;
}

export function storedBits(image: ImageDescription): StoredBits {
  const { bitsAllocated, bitsStored, highBit } = image;
  const shift = highBit + 1 - bitsStored;
  return {
    // A High Bit that does not go with Bits Stored is a mistake: the stored bits are then the low ones.
    shift: shift >= 0 && shift + bitsStored <= bitsAllocated ? shift : 0,
    codes: 2 ** bitsStored,
    signed: image.pixelRepresentation === 1,
  };
}

/** Two's complement (PS3.5 8.1.1). */
export const signedValue = (code: number, { codes, signed }: StoredBits): number =>
  signed && code >= codes / 2 ? code - codes : code;

/** Words as stored values, for samples too wide for a table. Floats are what they are. */
export function storedValues(words: Words, image: ImageDescription): Float32Array | Float64Array {
  if (words instanceof Float32Array || words instanceof Float64Array) return words;
  const bits = storedBits(image);
  const values = new Float64Array(words.length);
  for (let i = 0; i < words.length; i++) {
    values[i] = signedValue(Math.floor(words[i]! / 2 ** bits.shift) % bits.codes, bits);
  }
  return values;
}
