// A stored instance in another transfer syntax, made while it is sent: its head is read and written anew, its frames go
// through the pixel pool a few at a time. PS3.5 A.4 and 8.2. Memory is bounded by the head and some frames.

import { Problem } from '../../base/problem.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { type FrameIndex, framePieces } from '../../dicom/frame-index.ts';
import { DicomReader } from '../../dicom/reader.ts';
import { Reencoder } from '../../dicom/reencode.ts';
import {
  EXPLICIT_VR_LITTLE_ENDIAN,
  isUncompressed,
  isVideo,
  type TransferSyntax,
  transferSyntax,
  transferSyntaxes,
} from '../../dicom/transfer-syntax.ts';
import { writeDataSet } from '../../dicom/writer.ts';
import { canDecode } from '../../pixels/codecs/decode-frame.ts';
import { canEncode } from '../../pixels/codecs/encode-frame.ts';
import { decodedFrame, describeReencoded } from '../../pixels/codecs/encoded-attributes.ts';
import { frameDescriptionOf } from '../../pixels/frame-description.ts';
import type { PixelPool } from './pixel-pool.ts';
import { type ReadFrame, readNativeFrame, readPieces, type StoredBytes } from './stored-frame.ts';
import { encapsulated, type NewPixelData, native } from './transcoded-pixel-data.ts';

export const limits = {
  /** Frames on their way through the pool for one instance. */
  framesAhead: 2,
} as const;

/** Large values of a head are held while it is written; the reader's own limit bounds them together. */
const HOLD_VALUES_UP_TO = 32 * 1024 * 1024;
const PIXEL_DATA = 0x7fe0_0010;
const DATA_SET_TRAILING_PADDING = 0xfffc_fffc;

/** What is stored, as transcoding reads it. */
export interface StoredImage {
  transferSyntaxUid: string;
  /** Of the file, and where its data set begins. */
  sizeBytes: number;
  datasetOffset: number;
  open(range: { start: number; end: number }): AsyncIterable<Uint8Array>;
  /** The bytes in which places count: those of the file, or of a deflated data set the inflated ones, up to their end. */
  openPlaces: StoredBytes['open'];
  /** Where the frames are; undefined for what has no pixels. */
  frames(): Promise<FrameIndex | undefined>;
}

/** A data set, without File Meta Information. */
export interface Transcoded {
  /** Where it is known before all of it was made. */
  sizeBytes?: number;
  /** In place of the one that was asked for: without pixels there is nothing to encapsulate. */
  transferSyntaxUid?: string;
  chunks: AsyncIterable<Uint8Array>;
}

/** The transfer syntaxes in which an image stored in `from` may be had, other than as it is. Its frames may not fit all of them. */
export function servable(from: string): readonly string[] {
  const stored = transferSyntax(from);
  if (stored === undefined) return [];
  const others = transferSyntaxes.filter(({ uid }) => uid !== from);
  return others.filter((target) => canServe(stored, target)).map(({ uid }) => uid);
}

function canServe(from: TransferSyntax, to: TransferSyntax): boolean {
  if (isUncompressed(from) && isUncompressed(to)) return true;
  const isReadable = !from.encapsulated || (canDecode(from.uid) && !isVideo(from));
  return isReadable && (isUncompressed(to) || canEncode(to.uid));
}

export interface TranscodeOptions {
  pixels: PixelPool;
  signal?: AbortSignal;
  /** Of a lossy syntax, as encodeFrame takes it. */
  ratio?: number;
}

/**
 * The data set of an instance in another transfer syntax. Rejects, before any byte, with dimse/unsupported-transfer-syntax
 * where it cannot be had, request/malformed where its first frame cannot be decoded, request/overloaded, request/cancelled.
 */
export async function transcode(
  image: StoredImage,
  to: string,
  { pixels, signal, ratio }: TranscodeOptions,
): Promise<Transcoded> {
  const from = transferSyntax(image.transferSyntaxUid);
  const target = transferSyntax(to);
  if (from === undefined || target === undefined || !canServe(from, target)) throw unsupported(to);
  const { uid } = from;
  if (isUncompressed(from) && isUncompressed(target)) {
    return { chunks: reencoded(image.open({ start: image.datasetOffset, end: image.sizeBytes }), uid, to) };
  }
  if (isUncompressed(target) && to !== EXPLICIT_VR_LITTLE_ENDIAN) {
    const explicit = await transcode(image, EXPLICIT_VR_LITTLE_ENDIAN, { pixels, signal });
    return { chunks: reencoded(explicit.chunks, EXPLICIT_VR_LITTLE_ENDIAN, to) };
  }
  return new Transcoding(image, from, target, { pixels, signal, ratio }).begin();
}

const unsupported = (transferSyntaxUid: string): Problem =>
  new Problem('dimse/unsupported-transfer-syntax', { transferSyntaxUid });

const reencoded = (chunks: AsyncIterable<Uint8Array>, from: string, to: string): AsyncGenerator<Uint8Array> =>
  new Reencoder(transferSyntax(from)!, transferSyntax(to)!).through(chunks);

/** One instance on its way to Explicit VR Little Endian or to an encapsulated syntax. */
class Transcoding {
  readonly #image: StoredImage;
  readonly #from: TransferSyntax;
  readonly #to: TransferSyntax;
  readonly #options: TranscodeOptions;

  constructor(image: StoredImage, from: TransferSyntax, to: TransferSyntax, options: TranscodeOptions) {
    this.#image = image;
    this.#from = from;
    this.#to = to;
    this.#options = options;
  }

  async begin(): Promise<Transcoded> {
    const { dataset, pixelData } = await this.#readHead();
    if (pixelData === undefined) return this.#withoutPixels(dataset);
    const index = await this.#image.frames();
    const frame = frameDescriptionOf(dataset);
    const decoded = decodedFrame(frame, this.#from.uid);
    if (index === undefined || index.kind === 'video' || index.frames === 0) throw unsupported(this.#to.uid);
    if (this.#to.encapsulated && !canEncode(this.#to.uid, decoded)) throw unsupported(this.#to.uid);
    const bytes: StoredBytes = { open: (range) => this.#image.openPlaces(range) };
    const read: ReadFrame =
      index.kind === 'native' && pixelData.kind === 'native'
        ? readNativeFrame(bytes, this.#from, index, frame, pixelData.vr)
        : (number) => readPieces(bytes, framePieces(index, number)!.pieces);
    const first = await this.#made(await read(0), frame, false);
    const nativeBytes = Math.ceil((frame.rows * frame.columns * frame.samplesPerPixel * frame.bitsAllocated) / 8);
    const ratio = nativeBytes / first.length;
    describeReencoded(dataset, frame, { from: this.#from.uid, to: this.#to.uid, ratio });
    const pixelElement = this.#to.encapsulated
      ? await encapsulated(this.#frames(first, read, index.frames, frame))
      : native(this.#frames(first, read, index.frames, frame), { frames: index.frames, nativeBytes, frame });
    const end = index.kind === 'native' ? pixelData.offset + pixelData.length : endOf(index);
    return this.#assembled(dataset, pixelElement, await this.#readTail(end));
  }

  /** PS3.5 A.4 has nothing to encapsulate here, and says of the data set alone that it is Explicit VR Little Endian. */
  #withoutPixels(dataset: DataSet): Transcoded {
    const made = asTranscoded(writeDataSet(dataset, this.#to));
    return this.#to.encapsulated ? { ...made, transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN } : made;
  }

  #assembled(head: DataSet, pixels: NewPixelData, tail: DataSet): Transcoded {
    const before = writeDataSet(head, this.#to);
    const after = tail.elements.size === 0 ? [] : writeDataSet(tail, this.#to);
    const around = sizeOf(before) + sizeOf(after);
    return {
      sizeBytes: pixels.sizeBytes === undefined ? undefined : around + pixels.sizeBytes,
      chunks: inOrder(before, pixels.chunks, after),
    };
  }

  async #readHead() {
    const reader = new DicomReader({ holdValuesUpTo: HOLD_VALUES_UP_TO });
    for await (const chunk of this.#image.open({ start: 0, end: this.#image.sizeBytes })) {
      reader.push(chunk);
      if (reader.atPixelData) break;
    }
    // What is deflated and small is only read once it is whole.
    const { dataset, pixelData } = reader.atPixelData ? reader.partial : reader.end();
    for (const keyword of ['PixelData', 'FloatPixelData', 'DoubleFloatPixelData']) {
      if (keyword !== 'PixelData' && dataset.has(keyword)) throw unsupported(this.#to.uid);
      dataset.delete(keyword);
    }
    // A chunk may reach beyond the pixels: what follows them is the tail's.
    if (pixelData !== undefined) for (const tag of tagsAfterPixels(dataset)) dataset.delete(tag);
    return { dataset, pixelData };
  }

  /** What follows the pixels, which is little where there is any; padding was that of the other encoding. */
  async #readTail(start: number): Promise<DataSet> {
    const { sizeBytes, transferSyntaxUid } = this.#image;
    const { deflated } = this.#from;
    if (!deflated && start + 8 > sizeBytes) return new DataSet();
    const syntax = deflated ? EXPLICIT_VR_LITTLE_ENDIAN : transferSyntaxUid;
    const end = deflated ? Number.MAX_SAFE_INTEGER : sizeBytes;
    const reader = new DicomReader({
      form: 'dataset',
      transferSyntaxUid: syntax,
      holdValuesUpTo: HOLD_VALUES_UP_TO,
    });
    for await (const chunk of this.#image.openPlaces({ start, end })) reader.push(chunk);
    const { dataset } = reader.end();
    dataset.delete(DATA_SET_TRAILING_PADDING);
    return dataset;
  }

  /** All frames in order, the next ones being made while one is taken. */
  async *#frames(
    first: Uint8Array,
    read: ReadFrame,
    count: number,
    frame: ReturnType<typeof frameDescriptionOf>,
  ): AsyncGenerator<Uint8Array> {
    const ahead: Promise<Uint8Array>[] = [Promise.resolve(first)];
    for (let number = 1; number < count || ahead.length > 0; ) {
      while (number < count && ahead.length <= limits.framesAhead) {
        const made = read(number++).then((bytes) => this.#made(bytes, frame, true));
        // Whoever stops taking frames hears of none that fail.
        made.catch(() => {});
        ahead.push(made);
      }
      yield await ahead.shift()!;
    }
  }

  /** Once the first bytes were sent it is too late to say that too much is going on: the others wait. */
  #made(codestream: Uint8Array, frame: ReturnType<typeof frameDescriptionOf>, isPatient: boolean): Promise<Uint8Array> {
    const { pixels, signal, ratio } = this.#options;
    const task = { from: this.#from.uid, to: this.#to.uid, codestream, frame, ratio };
    return pixels.transcode(task, { signal, isPatient });
  }
}

const tagsAfterPixels = ({ elements }: DataSet): number[] => [...elements.keys()].filter((tag) => tag > PIXEL_DATA);

/** After the sequence delimiter (PS3.5 A.4). */
function endOf({ fragments }: Extract<FrameIndex, { kind: 'encapsulated' }>): number {
  const { offset, length } = fragments.at(-1)!;
  return offset + length + (length % 2) + 8;
}

const sizeOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, { length }) => sum + length, 0);

function asTranscoded(parts: Uint8Array[]): Transcoded {
  return { sizeBytes: sizeOf(parts), chunks: inOrder(parts) };
}

async function* inOrder(...pieces: (Iterable<Uint8Array> | AsyncIterable<Uint8Array>)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield* piece;
}
