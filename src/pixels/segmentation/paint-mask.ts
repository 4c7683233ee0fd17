// A frame of a segmentation as pixels to lay over an image: the colour of its segment, the more opaque the more of it there is.

import { wordsOf } from '../stored-values.ts';
import type { MaskFrame, Segment, Segmentation } from './segmentation.ts';

export const limits = {
  /** Of 255: what is under a segment stays to be seen. */
  opacity: 110,
} as const;

/** Red, green, blue and opacity of each pixel. Throws request/malformed where `samples` are fewer than the frame has. */
export function paintedMask(
  samples: Uint8Array,
  segmentation: Segmentation,
  mask: MaskFrame,
  { number, color }: Segment,
): Uint8ClampedArray<ArrayBuffer> {
  const { bitsAllocated } = segmentation;
  const words = wordsOf(samples, { bitsAllocated, sampleFormat: 'integer' }, mask.rows * mask.columns);
  const shareOf = shares[segmentation.type](segmentation, number);
  const pixels = new Uint8ClampedArray(words.length * 4);
  for (let at = 0; at < words.length; at++) {
    const share = shareOf(words[at]!);
    if (share > 0) pixels.set([...color, share * limits.opacity], at * 4);
  }
  return pixels;
}

/** How much of a segment there is in a pixel, from 0 to 1. */
const shares: Record<Segmentation['type'], (segmentation: Segmentation, segment: number) => (word: number) => number> =
  {
    BINARY: () => (word) => (word > 0 ? 1 : 0),
    FRACTIONAL:
      ({ fullValue }) =>
      (word) =>
        Math.min(1, word / fullValue),
    LABELMAP: (_, segment) => (word) => (word === segment ? 1 : 0),
  };
