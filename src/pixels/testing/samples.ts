// One frame of an object that was read in memory, as rendering takes it.

import { concatenated } from '../../dicom/bytes.ts';
import { isBytes, isFragments } from '../../dicom/element.ts';
import { framePieces } from '../../dicom/frame-index.ts';
import type { ReadResult } from '../../dicom/reader.ts';
import { decodeFrame } from '../codecs/decode-frame.ts';
import type { FrameDescription } from '../frame-description.ts';
import { nativeFrame } from '../native-frame.ts';

/** The native samples of a frame (from 1); undefined where the object has no such frame, or only a video stream. */
export async function samplesOf(
  { dataset, frames, pixelData, transferSyntax }: ReadResult,
  description: FrameDescription,
  frame: number,
): Promise<Uint8Array | undefined> {
  const found = frames && framePieces(frames, frame - 1);
  if (found === undefined) return undefined;
  const value = dataset.get(pixelData!.tag)!.value;
  if (isFragments(value)) {
    const bytes = found.pieces.map(({ offset, length }) => {
      const fragment = value.fragments.find((one) => one.offset === offset);
      return fragment!.bytes!.subarray(0, length);
    });
    return decodeFrame(transferSyntax.uid, concatenated(bytes), description);
  }
  if (!isBytes(value)) return undefined;
  const [piece] = found.pieces;
  const start = piece!.offset - pixelData!.offset;
  return nativeFrame(value.subarray(start, start + piece!.length), found.bitOffset, description);
}
