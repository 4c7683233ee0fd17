// A tile whose compression DICOM does not have, undone: none, LZW (TIFF 6.0 13), Deflate (Adobe's TIFF Technical Note 3),
// PackBits (9), and the differences of a predictor (14). What a scanner left out is white.

import { Unzlib } from 'fflate';
import { Problem } from '../../base/problem.ts';
import type { TiledImage } from './tiled-image.ts';

/** By number of the compression; each gives at most `room` bytes. */
export const unpackers: ReadonlyMap<number, (bytes: Uint8Array, room: number) => Uint8Array> = new Map([
  [1, (bytes, room) => bytes.subarray(0, room)],
  [5, unpackLzw],
  [8, inflate],
  [32_946, inflate],
  [32_773, unpackBits],
]);

/** Little endian, colour by pixel. Throws dicom/unreadable where there is less than the tile needs. */
export function nativeTile(image: TiledImage, packed: Uint8Array): Uint8Array {
  const { tileRows, tileColumns, samplesPerPixel, bitsPerSample, compression, predictor, littleEndian } = image;
  const rowBytes = (tileColumns * samplesPerPixel * bitsPerSample) / 8;
  const room = tileRows * rowBytes;
  if (packed.length === 0) return new Uint8Array(room).fill(image.photometricInterpretation === 0 ? 0 : 0xff);
  const unpacked = unpackers.get(compression)!(packed, room);
  if (unpacked.length < room) throw unreadable('a tile of a slide is cut');
  const samples = unpacked.slice();
  if (bitsPerSample === 16 && !littleEndian) swap(samples);
  if (predictor === 2) for (let at = 0; at < room; at += rowBytes) sum(samples, at, rowBytes, image);
  else if (predictor !== 1)
    throw new Problem('dicom/not-expressible', { what: `a slide of TIFF predictor ${predictor}` });
  return samples;
}

function inflate(bytes: Uint8Array, room: number): Uint8Array {
  const out = new Uint8Array(room);
  let at = 0;
  const unzlib = new Unzlib((piece) => {
    const part = piece.subarray(0, room - at);
    out.set(part, at);
    at += part.length;
  });
  try {
    // In steps: a bomb goes off no further than the tile reaches.
    for (let from = 0; from < bytes.length && at < room; from += 16_384)
      unzlib.push(bytes.subarray(from, from + 16_384));
  } catch {
    throw unreadable('a tile of a slide is broken');
  }
  return out.subarray(0, at);
}

const CLEAR = 256;
const END = 257;

/** Codes of 9 to 12 bits, the most significant bit first; the table grows one code ahead of its use. */
function unpackLzw(bytes: Uint8Array, room: number): Uint8Array {
  const out = new Uint8Array(room);
  // Where in the output the string of each code lies: every string was written there once.
  const starts = new Int32Array(4097);
  const lengths = new Int32Array(4097);
  let [next, width, at] = [END + 1, 9, 0];
  let previous: { start: number; length: number } | undefined;
  let [held, bits] = [0, 0];
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xff_ffff;
    bits += 8;
    if (bits < width) continue;
    bits -= width;
    const code = (held >>> bits) & ((1 << width) - 1);
    if (code === END || at >= room) break;
    if (code === CLEAR) {
      [next, width, previous] = [END + 1, 9, undefined];
      continue;
    }
    const start = at;
    if (code < CLEAR) out[at++] = code;
    else {
      const isNew = code === next && previous !== undefined;
      if (!isNew && code >= next) throw unreadable('a tile of a slide is broken');
      const [from, length] = isNew ? [previous!.start, previous!.length + 1] : [starts[code]!, lengths[code]!];
      // A string may run into what it is being copied to: byte by byte.
      for (let copied = 0; copied < length && at < room; copied++) out[at++] = out[from + copied]!;
    }
    if (previous !== undefined && next < 4096) {
      starts[next] = previous.start;
      lengths[next] = previous.length + 1;
      next += 1;
    }
    previous = { start, length: at - start };
    if (next >= (1 << width) - 1 && width < 12) width += 1;
  }
  return out.subarray(0, at);
}

function unpackBits(bytes: Uint8Array, room: number): Uint8Array {
  const out = new Uint8Array(room);
  let at = 0;
  for (let from = 0; from < bytes.length && at < room; ) {
    const control = bytes[from]!;
    if (control < 128) {
      const literal = bytes.subarray(from + 1, Math.min(from + 2 + control, from + 1 + room - at));
      out.set(literal, at);
      at += literal.length;
      from += 2 + control;
      continue;
    }
    if (control > 128) {
      const end = Math.min(room, at + 257 - control);
      out.fill(bytes[from + 1] ?? 0, at, end);
      at = end;
    }
    from += control === 128 ? 1 : 2;
  }
  return out.subarray(0, at);
}

function swap(samples: Uint8Array): void {
  for (let at = 0; at + 1 < samples.length; at += 2) [samples[at], samples[at + 1]] = [samples[at + 1]!, samples[at]!];
}

/** Each sample of a row is the difference from the one of the pixel before. */
function sum(
  samples: Uint8Array,
  start: number,
  rowBytes: number,
  { samplesPerPixel, bitsPerSample }: TiledImage,
): void {
  if (bitsPerSample === 8) {
    for (let at = start + samplesPerPixel; at < start + rowBytes; at++) samples[at]! += samples[at - samplesPerPixel]!;
    return;
  }
  const view = new DataView(samples.buffer, samples.byteOffset + start, rowBytes);
  const step = 2 * samplesPerPixel;
  for (let at = step; at < rowBytes; at += 2) {
    view.setUint16(at, view.getUint16(at, true) + view.getUint16(at - step, true), true);
  }
}

const unreadable = (reason: string): Problem => new Problem('dicom/unreadable', { offset: 0, reason });
