// RLE Lossless frames: one PackBits segment per byte plane, most significant byte first. PS3.5 Annex G.

import { Problem } from '../../base/problem.ts';
import type { FrameDescription } from '../frame-description.ts';

const HEADER_BYTES = 64;

/** One RLE frame as native samples: little endian, colour by pixel. Throws request/malformed where the segments do not fit the frame. */
export function decodeRleFrame(codestream: Uint8Array, frame: FrameDescription): Uint8Array {
  const bytesPerSample = Math.ceil(frame.bitsAllocated / 8);
  const pixels = frame.rows * frame.columns;
  const stride = bytesPerSample * frame.samplesPerPixel;
  const segments = segmentsOf(codestream);
  if (segments.length !== stride) {
    throw new Problem('request/malformed', {
      reason: `${segments.length} RLE segments where ${stride} belong (PS3.5 G.2)`,
    });
  }
  const samples = new Uint8Array(pixels * stride);
  segments.forEach((segment, index) => {
    // PS3.5 G.2: the segments of a sample go from its most to its least significant byte.
    const plane = Math.floor(index / bytesPerSample) * bytesPerSample + (bytesPerSample - 1 - (index % bytesPerSample));
    unpack(segment, samples, plane, stride);
  });
  return samples;
}

function segmentsOf(codestream: Uint8Array): Uint8Array[] {
  if (codestream.length < HEADER_BYTES) throw new Problem('request/malformed', { reason: 'the RLE header is cut off' });
  const header = new DataView(codestream.buffer, codestream.byteOffset, HEADER_BYTES);
  const count = header.getUint32(0, true);
  if (count > 15) throw new Problem('request/malformed', { reason: `${count} RLE segments (PS3.5 G.5 allows 15)` });
  const starts = Array.from({ length: count }, (_, index) => header.getUint32(4 + 4 * index, true));
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? codestream.length;
    if (start < HEADER_BYTES || end < start || end > codestream.length) {
      throw new Problem('request/malformed', { reason: `RLE segment ${index + 1} lies outside the frame` });
    }
    return codestream.subarray(start, end);
  });
}

/** PackBits (PS3.5 G.3.2) into every `stride`th byte from `at`; a segment that ends early leaves zeros, one too long is cut. */
function unpack(segment: Uint8Array, into: Uint8Array, at: number, stride: number): void {
  let from = 0;
  let to = at;
  while (from < segment.length && to < into.length) {
    const control = segment[from++]!;
    if (control < 128) {
      for (let left = control + 1; left > 0 && from < segment.length && to < into.length; left--, to += stride) {
        into[to] = segment[from++]!;
      }
    } else if (control > 128) {
      const value = segment[from++] ?? 0;
      for (let left = 257 - control; left > 0 && to < into.length; left--, to += stride) into[to] = value;
    }
  }
}
