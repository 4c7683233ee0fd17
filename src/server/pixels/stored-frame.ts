// One frame of a stored instance as the pixel pool takes it: a codestream as it lies, or native samples in little endian,
// colour by pixel. PS3.5 8.1.1 and 7.3, PS3.3 C.7.6.3.1.3.

import { Problem } from '../../base/problem.ts';
import { swapped } from '../../dicom/encoding.ts';
import { framePieces, type NativeFrames, type Piece } from '../../dicom/frame-index.ts';
import type { TransferSyntax } from '../../dicom/transfer-syntax.ts';
import { type VR, vrs } from '../../dicom/vr.ts';
import { byPixel } from '../../pixels/codecs/by-pixel.ts';
import type { FrameDescription } from '../../pixels/frame-description.ts';

/** Bytes of a stored file. */
export interface StoredBytes {
  open(range: { start: number; end: number }): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** A frame, from 0. */
export type ReadFrame = (number: number) => Promise<Uint8Array>;

export function readNativeFrame(
  stored: StoredBytes,
  { littleEndian, bigEndianPixelData, uid }: TransferSyntax,
  index: NativeFrames,
  frame: FrameDescription,
  vr: VR,
): ReadFrame {
  // Frames of single bits that share a byte have no bytes of their own.
  if (index.frameBits % 8 !== 0 && index.frames > 1) {
    throw new Problem('dimse/unsupported-transfer-syntax', { transferSyntaxUid: uid });
  }
  const isBigEndian = !littleEndian || bigEndianPixelData === true;
  return async (number) => {
    const lying = await readPieces(stored, framePieces(index, number)!.pieces);
    const bytes = isBigEndian ? swapped(lying, vrs[vr].width) : lying;
    return frame.planarConfiguration === 1 ? byPixel(bytes, frame) : bytes;
  };
}

export async function readPieces(stored: StoredBytes, pieces: readonly Piece[]): Promise<Uint8Array> {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const { offset, length } of pieces) {
    for await (const chunk of stored.open({ start: offset, end: offset + length })) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
  }
  return bytes;
}
