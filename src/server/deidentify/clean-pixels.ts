// Blackens words in the pixels of an object: regions that its profile knows, and what is found by looking. What was blackened is
// looked at again; while words remain, nobody says that it is clean. PS3.15 E.3.1.

import { Problem } from '../../base/problem.ts';
import type { PixelsAnswer } from '../../deidentify/marks.ts';
import type { PixelDemand } from '../../deidentify/pixel-demand.ts';
import type { Region } from '../../deidentify/profile.ts';
import { concatenated } from '../../dicom/bytes.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { framePieces } from '../../dicom/frame-index.ts';
import { readDicom } from '../../dicom/reader.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { decodeFrame } from '../../pixels/codecs/decode-frame.ts';
import { decodedFrame, describeReencoded } from '../../pixels/codecs/encoded-attributes.ts';
import { type FrameDescription, frameDescriptionOf } from '../../pixels/frame-description.ts';
import { imageOf } from '../../pixels/image.ts';
import { nativeFrame } from '../../pixels/native-frame.ts';
import { renderFrame } from '../../pixels/render.ts';
import { canFindWords, wordsIn } from './words-in-pixels.ts';

export const limits = {
  /** Of all frames, native. */
  nativeBytes: 512 * 1024 * 1024,
  /** Frames of one object that are looked at, spread over all of it; what is found is blackened in all. */
  looks: 5,
  /** Times that it is blackened and looked at again. */
  rounds: 3,
} as const;

export interface CleanedPixels {
  answer: PixelsAnswer;
  /** What was blackened, in all frames. */
  regions: readonly Region[];
  /** In Explicit VR Little Endian, its pixels native; absent where nothing was blackened. */
  dataset?: DataSet;
}

/**
 * `bytes`: the data set, in memory. undefined where it cannot be cleaned: there is no Tesseract and words are to be looked for,
 * it is a video, too large, or words remain.
 */
export async function cleanPixels(
  bytes: Uint8Array,
  transferSyntaxUid: string,
  demand: PixelDemand,
): Promise<CleanedPixels | undefined> {
  if (demand.isSearched && !canFindWords()) return undefined;
  const { dataset, frames: index, transferSyntax: syntax } = readDicom(bytes, { transferSyntaxUid });
  if (index === undefined || index.kind === 'video') return undefined;
  const frame = frameDescriptionOf(dataset);
  const native = decodedFrame(frame, syntax.uid);
  const frameBytes = (frame.rows * frame.columns * frame.samplesPerPixel * frame.bitsAllocated) / 8;
  const isOdd = frame.bitsAllocated % 8 !== 0 || frame.photometricInterpretation.endsWith('_422');
  const isTurned = syntax.deflated || (!syntax.littleEndian && frame.bitsAllocated > 8);
  if (isTurned || (isOdd && !syntax.encapsulated)) return undefined;
  if (frameBytes * index.frames > limits.nativeBytes) return undefined;
  const frames: Uint8Array[] = [];
  for (let at = 0; at < index.frames; at++) {
    const { pieces, bitOffset } = framePieces(index, at)!;
    const stored = concatenated(pieces.map(({ offset, length }) => bytes.subarray(offset, offset + length)));
    const samples = syntax.encapsulated
      ? await decodeFrame(syntax.uid, stored, frame)
      : nativeFrame(stored, bitOffset, frame);
    frames.push(samples.slice());
  }
  const regions = await blackened(frames, dataset, native, demand);
  if (regions === undefined) return undefined;
  if (regions.length === 0) return { answer: 'clear', regions };
  describeReencoded(dataset, frame, { from: syntax.uid, to: EXPLICIT_VR_LITTLE_ENDIAN, ratio: 1 });
  dataset.set('PixelData', concatenated(frames), frame.bitsAllocated > 8 ? 'OW' : 'OB');
  return { answer: 'cleaned', regions, dataset };
}

/** That of a data set whose pixels were cleaned. */
export const cleanedSyntax = transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!;

/** Edits the frames. undefined where words remain. */
async function blackened(
  frames: readonly Uint8Array[],
  dataset: DataSet,
  frame: FrameDescription,
  { regions: known, isSearched }: PixelDemand,
): Promise<Region[] | undefined> {
  const regions = [...known];
  for (const samples of frames) for (const region of regions) blacken(samples, frame, region);
  if (!isSearched) return regions;
  const image = { ...imageOf(dataset), ...frame };
  for (let round = 0; round <= limits.rounds; round++) {
    const found: Region[] = [];
    for (const at of spread(frames.length)) {
      found.push(...(await wordsIn(renderFrame(frames[at]!, image, at + 1, { squarePixels: false, overlays: false }))));
    }
    if (found.length === 0) return regions;
    for (const samples of frames) for (const region of found) blacken(samples, frame, region);
    regions.push(...found);
  }
  return undefined;
}

/** First, last and some between. */
function spread(frames: number): number[] {
  const looks = Math.min(frames, limits.looks);
  return [
    ...new Set(Array.from({ length: looks }, (_, at) => Math.round((at * (frames - 1)) / Math.max(1, looks - 1)))),
  ];
}

/** Black, or whatever nothing is there; in YBR without colour. Samples are by pixel. */
function blacken(samples: Uint8Array, frame: FrameDescription, region: Region): void {
  const { columns, rows, samplesPerPixel, bitsAllocated, photometricInterpretation } = frame;
  const pixelBytes = (samplesPerPixel * bitsAllocated) / 8;
  const isYbr = photometricInterpretation.startsWith('YBR') && samplesPerPixel === 3 && bitsAllocated === 8;
  const [right, bottom] = [Math.min(columns, region.x + region.width), Math.min(rows, region.y + region.height)];
  for (let y = region.y; y < bottom; y++) {
    const [from, to] = [(y * columns + region.x) * pixelBytes, (y * columns + right) * pixelBytes];
    samples.fill(0, from, to);
    for (let at = from; isYbr && at < to; at += 3) samples.fill(128, at + 1, at + 3);
  }
}

/** All of it, where it is short enough to be held. */
export async function heldBytes(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of chunks) {
    sizeBytes += chunk.length;
    if (sizeBytes > limits.nativeBytes)
      throw new Problem('request/too-large', { what: 'image', limit: limits.nativeBytes });
    parts.push(chunk.slice());
  }
  return concatenated(parts);
}
