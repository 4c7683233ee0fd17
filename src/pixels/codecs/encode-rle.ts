// RLE Lossless frames, PS3.5 Annex G: one PackBits segment per byte plane, most significant byte first, runs within rows.

import type { FrameDescription } from '../frame-description.ts';

const HEADER_BYTES = 64;
/** PS3.5 G.5: what the header has room for. */
export const MOST_SEGMENTS = 15;
const LONGEST_RUN = 128;

/** One native frame, little endian, colour by pixel. */
export function encodeRleFrame(samples: Uint8Array, frame: FrameDescription): Uint8Array {
  const bytesPerSample = frame.bitsAllocated / 8;
  const stride = bytesPerSample * frame.samplesPerPixel;
  const out = new Uint8Array(HEADER_BYTES + worstCase(frame) * stride);
  const header = new DataView(out.buffer, 0, HEADER_BYTES);
  header.setUint32(0, stride, true);
  let at = HEADER_BYTES;
  for (let segment = 0; segment < stride; segment++) {
    header.setUint32(4 + 4 * segment, at, true);
    const sample = Math.floor(segment / bytesPerSample);
    const plane = bytePlane(
      samples,
      sample * bytesPerSample + (bytesPerSample - 1 - (segment % bytesPerSample)),
      stride,
    );
    for (let row = 0; row < frame.rows; row++) {
      at = pack(plane.subarray(row * frame.columns, (row + 1) * frame.columns), out, at);
    }
    // PS3.5 G.2: segments have an even length.
    at += at % 2;
  }
  return out.slice(0, at);
}

/** Bytes that a segment may come to: a control byte for every 128 literal ones in each row, and padding. */
function worstCase({ rows, columns }: FrameDescription): number {
  return rows * (columns + Math.ceil(columns / LONGEST_RUN)) + 1;
}

function bytePlane(samples: Uint8Array, from: number, stride: number): Uint8Array {
  const plane = new Uint8Array(samples.length / stride);
  for (let at = 0, byte = from; at < plane.length; at++, byte += stride) plane[at] = samples[byte]!;
  return plane;
}

/** PS3.5 G.3.1: replicate runs of three or more (two do not pay), literal runs between them. Returns where it ended. */
function pack(row: Uint8Array, out: Uint8Array, at: number): number {
  let literal = 0;
  let from = 0;
  let to = at;
  while (from < row.length) {
    const run = runAt(row, from);
    if (run < 3) {
      from += run;
      continue;
    }
    to = literals(row, literal, from, out, to);
    out[to++] = 257 - run;
    out[to++] = row[from]!;
    from += run;
    literal = from;
  }
  return literals(row, literal, row.length, out, to);
}

function runAt(row: Uint8Array, from: number): number {
  const value = row[from]!;
  const end = Math.min(row.length, from + LONGEST_RUN);
  let to = from + 1;
  while (to < end && row[to] === value) to++;
  return to - from;
}

function literals(row: Uint8Array, from: number, end: number, out: Uint8Array, at: number): number {
  let to = at;
  for (let begin = from; begin < end; begin += LONGEST_RUN) {
    const length = Math.min(LONGEST_RUN, end - begin);
    out[to++] = length - 1;
    out.set(row.subarray(begin, begin + length), to);
    to += length;
  }
  return to;
}
