// Where each frame of Pixel Data lies in the object, so that one frame of thousands is read by its place alone.
// PS3.5 8.1 and Annex D (native), A.4 (fragments and the Basic Offset Table), PS3.3 C.7.6.3.1.8 (Extended Offset Table).

import type { DataSet } from './dataset.ts';
import type { FindingCode } from './finding.ts';
import { framesOfFragments } from './frames-of-fragments.ts';
import type { EncapsulatedPixelData, NativePixelData, PixelDataLayout } from './pixel-data-layout.ts';
import { isVideo, type TransferSyntax } from './transfer-syntax.ts';

export { decodeFrameIndex, encodeFrameIndex } from './frame-index-bytes.ts';

export type FrameIndex = NativeFrames | EncapsulatedFrames | VideoStream;

/** Frames one after another, each of `frameBits`: frames of single bits need not begin at a byte. */
export interface NativeFrames {
  kind: 'native';
  frames: number;
  offset: number;
  frameBits: number;
}

/** Frames of one or more fragments: those from `firstFragment[n]` up to `firstFragment[n + 1]`. */
export interface EncapsulatedFrames {
  kind: 'encapsulated';
  frames: number;
  firstFragment: readonly number[];
  fragments: readonly Piece[];
}

/** One stream over all frames; they have no places of their own. */
export interface VideoStream {
  kind: 'video';
  frames: number;
  fragments: readonly Piece[];
}

/** A stretch of the object in bytes; offsets count as in BulkRef. */
export interface Piece {
  offset: number;
  length: number;
}

export interface IndexedFrames {
  /** Undefined where the attributes do not say how large a frame is. */
  index: FrameIndex | undefined;
  findings: { code: FindingCode; assumed: string }[];
}

/** The frames of an image. `index.frames` is how many there are bytes for, which may be fewer than Number of Frames. */
export function frameIndex(dataset: DataSet, layout: PixelDataLayout, syntax?: TransferSyntax): IndexedFrames {
  const declared = Math.max(1, Math.trunc(dataset.number('NumberOfFrames') ?? 1));
  if (layout.kind === 'native') return nativeFrames(dataset, layout, declared);
  return encapsulatedFrames(dataset, layout, declared, syntax);
}

/** The bytes of a frame (from 0), in order; `bitOffset` is where it begins in the first. Undefined where there is no such frame. */
export function framePieces(index: FrameIndex, frame: number): { pieces: Piece[]; bitOffset: number } | undefined {
  if (frame < 0 || frame >= index.frames) return undefined;
  switch (index.kind) {
    case 'native': {
      const firstBit = frame * index.frameBits;
      const first = Math.floor(firstBit / 8);
      const length = Math.ceil((firstBit + index.frameBits) / 8) - first;
      return { pieces: [{ offset: index.offset + first, length }], bitOffset: firstBit % 8 };
    }
    case 'encapsulated': {
      const pieces = index.fragments.slice(index.firstFragment[frame], index.firstFragment[frame + 1]);
      return { pieces, bitOffset: 0 };
    }
    case 'video':
      return undefined;
  }
}

function nativeFrames(dataset: DataSet, layout: NativePixelData, declared: number): IndexedFrames {
  const frameBits = bitsOfFrame(dataset, layout);
  if (frameBits === undefined) {
    const assumed = 'the frames are not known: Rows, Columns or Bits Allocated is missing';
    return { index: undefined, findings: [{ code: 'pixel-data-length', assumed }] };
  }
  const expectedBytes = Math.ceil((declared * frameBits) / 8);
  const frames = Math.min(declared, Math.floor((layout.length * 8) / frameBits));
  const index: NativeFrames = { kind: 'native', frames, offset: layout.offset, frameBits };
  const fits = layout.length === expectedBytes || layout.length === expectedBytes + (expectedBytes % 2);
  const assumed = `${frames} of ${declared} frames, ${layout.length} of ${expectedBytes} bytes`;
  return { index, findings: fits ? [] : [{ code: 'pixel-data-length', assumed }] };
}

/** PS3.3 C.7.6.3.1.2: natively, 4:2:2 images hold two samples a pixel. */
function bitsOfFrame(dataset: DataSet, { tag }: NativePixelData): number | undefined {
  const rows = dataset.number('Rows');
  const columns = dataset.number('Columns');
  const bits = dataset.number('BitsAllocated') ?? bitsOfFloats[tag];
  const subsampled = /^YBR_(FULL|PARTIAL)_422$/.test(dataset.text('PhotometricInterpretation') ?? '');
  const samples = subsampled ? 2 : (dataset.number('SamplesPerPixel') ?? 1);
  if (rows === undefined || columns === undefined || bits === undefined) return undefined;
  const frameBits = rows * columns * samples * bits;
  return frameBits > 0 ? frameBits : undefined;
}

/** PS3.3 C.7.6.24: Float Pixel Data and Double Float Pixel Data. */
const bitsOfFloats: Record<number, number> = { 2145386504: 32, 2145386505: 64 };

function encapsulatedFrames(
  dataset: DataSet,
  layout: EncapsulatedPixelData,
  declared: number,
  syntax: TransferSyntax | undefined,
): IndexedFrames {
  const { fragments } = layout;
  if (syntax !== undefined && isVideo(syntax)) {
    return { index: { kind: 'video', frames: declared, fragments: fragments.map(pieceOf) }, findings: [] };
  }
  const { firstFragment, lengths, irregular } = framesOfFragments(dataset, layout, declared);
  const pieces = fragments.map(pieceOf);
  lengths?.forEach((length, frame) => {
    pieces[firstFragment[frame]!]!.length = length;
  });
  const frames = firstFragment.length - 1;
  const index: EncapsulatedFrames = { kind: 'encapsulated', frames, firstFragment, fragments: pieces };
  return { index, findings: irregular === undefined ? [] : [{ code: 'fragments-irregular', assumed: irregular }] };
}

const pieceOf = ({ offset, length }: Piece): Piece => ({ offset, length });
