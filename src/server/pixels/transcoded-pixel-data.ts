// Pixel Data in Explicit VR Little Endian or encapsulated, from frames as they are made: PS3.5 8.1.1, A.4 and A.4.1.

import { Problem } from '../../base/problem.ts';
import { ByteSink } from '../../dicom/byte-sink.ts';
import { UNDEFINED_LENGTH } from '../../dicom/element-header.ts';
import { explicitLittle } from '../../dicom/encoding.ts';
import { writeDelimiter, writeHeader, writeItem } from '../../dicom/header-writer.ts';
import { offsetTables } from '../../dicom/offset-tables.ts';
import type { FrameDescription } from '../../pixels/frame-description.ts';

export const limits = {
  /** Fragments up to so many bytes are gathered, and so get an offset table and a length that is known beforehand. */
  gatheredBytes: 8 * 1024 * 1024,
} as const;

export interface NewPixelData {
  /** Of the whole element, where it is known. */
  sizeBytes?: number;
  chunks: AsyncIterable<Uint8Array>;
}

const PIXEL_DATA = 0x7fe0_0010;
/** PS3.5 7.1.2: the last even length that is one. */
const LONGEST_VALUE = 0xffff_fffe;
const HEADER_BYTES = 12;
const ITEM_HEADER_BYTES = 8;

/** Throws request/too-large where a length of 32 bits cannot say it. */
export function native(
  frames: AsyncIterable<Uint8Array>,
  { frames: count, nativeBytes, frame }: { frames: number; nativeBytes: number; frame: FrameDescription },
): NewPixelData {
  const length = count * nativeBytes;
  const padded = length + (length % 2);
  if (padded > LONGEST_VALUE)
    throw new Problem('request/too-large', { what: 'native Pixel Data', limit: LONGEST_VALUE });
  return { sizeBytes: HEADER_BYTES + padded, chunks: nativeElement(frames, padded, frame) };
}

async function* nativeElement(
  frames: AsyncIterable<Uint8Array>,
  length: number,
  { bitsAllocated }: FrameDescription,
): AsyncGenerator<Uint8Array> {
  const header = new ByteSink();
  writeHeader(header, PIXEL_DATA, bitsAllocated > 8 ? 'OW' : 'OB', length, explicitLittle);
  yield* header.take();
  let written = 0;
  for await (const samples of frames) {
    written += samples.length;
    yield samples;
  }
  if (written < length) yield new Uint8Array(length - written);
}

/** Each frame one fragment. What is gathered within the limit has a Basic Offset Table; else it is empty (PS3.5 A.4). */
export async function encapsulated(frames: AsyncGenerator<Uint8Array>): Promise<NewPixelData> {
  const gathered: Uint8Array[] = [];
  let sizeBytes = 0;
  while (sizeBytes <= limits.gatheredBytes) {
    const next = await frames.next();
    if (next.done) return whole(gathered);
    gathered.push(next.value);
    sizeBytes += next.value.length;
  }
  return { chunks: element(new Uint8Array(0), gathered, frames) };
}

function whole(fragments: readonly Uint8Array[]): NewPixelData {
  const { basic } = offsetTables(fragments.map(({ length }) => length));
  const items = fragments.reduce((sum, { length }) => sum + ITEM_HEADER_BYTES + length + (length % 2), 0);
  const around = HEADER_BYTES + ITEM_HEADER_BYTES + basic.length + ITEM_HEADER_BYTES;
  return { sizeBytes: around + items, chunks: element(basic, fragments) };
}

async function* element(
  basicOffsetTable: Uint8Array,
  ...fragments: (Iterable<Uint8Array> | AsyncIterable<Uint8Array>)[]
): AsyncGenerator<Uint8Array> {
  const sink = new ByteSink();
  writeHeader(sink, PIXEL_DATA, 'OB', UNDEFINED_LENGTH, explicitLittle);
  writeItem(sink, basicOffsetTable.length, explicitLittle);
  sink.bytes(basicOffsetTable);
  for (const some of fragments) {
    for await (const fragment of some) {
      const odd = fragment.length % 2;
      writeItem(sink, fragment.length + odd, explicitLittle);
      sink.bytes(fragment);
      if (odd === 1) sink.uint8(0);
      yield* sink.take();
    }
  }
  writeDelimiter(sink, 'sequence', explicitLittle);
  yield* sink.take();
}
