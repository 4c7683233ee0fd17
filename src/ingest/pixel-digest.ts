// Whether two objects show the same pixels. Native ones are compared as they lie, in one byte order; where one is
// compressed, both are decoded frame by frame. What cannot be decoded is not the same.

import { concatenated } from '../dicom/bytes.ts';
import { swapped } from '../dicom/encoding.ts';
import { framePieces } from '../dicom/frame-index.ts';
import type { NativePixelData } from '../dicom/pixel-data-layout.ts';
import type { ReadResult } from '../dicom/reader.ts';
import type { TransferSyntax } from '../dicom/transfer-syntax.ts';
import { vrs } from '../dicom/vr.ts';
import { byPixel } from '../pixels/codecs/by-pixel.ts';
import { type FrameDescription, frameDescriptionOf } from '../pixels/frame-description.ts';
import { bytesOf, digestOf, type StoredObject } from './stored-values.ts';

/** One compressed frame as native samples, little endian, colour by pixel; rejects where it cannot be decoded. */
export type DecodeFrame = (
  transferSyntaxUid: string,
  codestream: Uint8Array,
  frame: FrameDescription,
) => Promise<Uint8Array>;

export type StoredPixels = StoredObject & Pick<ReadResult, 'pixelData' | 'frames'>;

export async function samePixels(
  a: StoredPixels,
  b: StoredPixels,
  decodeFrame: DecodeFrame | undefined,
): Promise<boolean> {
  if (a.pixelData === undefined || b.pixelData === undefined) return a.pixelData === b.pixelData;
  if (a.pixelData.kind === 'native' && b.pixelData.kind === 'native') return sameNative(a, a.pixelData, b, b.pixelData);
  if (decodeFrame === undefined || a.frames === undefined || b.frames === undefined) return false;
  if (a.frames.frames !== b.frames.frames) return false;
  try {
    for (let frame = 0; frame < a.frames.frames; frame++) {
      const [ofA, ofB] = await Promise.all([samplesOf(a, frame, decodeFrame), samplesOf(b, frame, decodeFrame)]);
      if (ofA === undefined || ofB === undefined || Buffer.compare(ofA, ofB) !== 0) return false;
    }
    return true;
  } catch {
    // No codec, or a codestream that is none: then nobody can say that the pixels are the same.
    return false;
  }
}

async function sameNative(
  a: StoredPixels,
  ofA: NativePixelData,
  b: StoredPixels,
  ofB: NativePixelData,
): Promise<boolean> {
  if (ofA.length !== ofB.length || ofA.tag !== ofB.tag) return false;
  if (a.dataset.number('PlanarConfiguration') !== b.dataset.number('PlanarConfiguration')) return false;
  if (a.dataset.text('PhotometricInterpretation') !== b.dataset.text('PhotometricInterpretation')) return false;
  const digests = await Promise.all([nativeDigest(a, ofA), nativeDigest(b, ofB)]);
  return digests[0].equals(digests[1]);
}

function nativeDigest(stored: StoredPixels, layout: NativePixelData): Promise<Buffer> {
  return digestOf(stored, layout, vrs[layout.vr].width, isLittleEndian(stored.transferSyntax));
}

const isLittleEndian = ({ littleEndian, bigEndianPixelData }: TransferSyntax): boolean =>
  littleEndian && bigEndianPixelData !== true;

/** One frame, decoded where it is compressed; undefined where it has no place of its own. */
async function samplesOf(
  stored: StoredPixels,
  frame: number,
  decodeFrame: DecodeFrame,
): Promise<Uint8Array | undefined> {
  const { dataset, frames, pixelData, transferSyntax } = stored;
  const place = frames && framePieces(frames, frame);
  // One-bit frames that share a byte are compared nowhere else either.
  if (place === undefined || place.bitOffset !== 0) return undefined;
  const chunks: Uint8Array[] = [];
  for (const piece of place.pieces) for await (const bytes of bytesOf(stored, piece)) chunks.push(bytes);
  const bytes = concatenated(chunks);
  const description = frameDescriptionOf(dataset);
  if (pixelData?.kind !== 'native') return decodeFrame(transferSyntax.uid, bytes, description);
  const samples = isLittleEndian(transferSyntax) ? bytes : swapped(bytes, vrs[pixelData.vr].width);
  return description.planarConfiguration === 1 ? byPixel(samples, description) : samples;
}
