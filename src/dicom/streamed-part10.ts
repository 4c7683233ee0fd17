// A Part 10 file written as its long values are read: the data set in Explicit VR Little Endian, values that are streamed
// where they belong among its elements (PS3.5 7.1), compressed frames as fragments with the tables that find them (A.4).

import { Problem } from '../base/problem.ts';
import { ByteSink } from './byte-sink.ts';
import type { DataSet } from './dataset.ts';
import { UNDEFINED_LENGTH } from './element-header.ts';
import { ascending, writeElement } from './element-writer.ts';
import { explicitLittle } from './encoding.ts';
import { fileMeta } from './file-meta.ts';
import { writeDelimiter, writeHeader, writeItem } from './header-writer.ts';
import { offsetTables } from './offset-tables.ts';
import { type VR, vrs } from './vr.ts';

export const PIXEL_DATA = 0x7fe0_0010;
/** PS3.5 7.1.2: the length field holds 32 bits, of which all ones mean undefined; and values are of even length. */
const LONGEST_VALUE = 0xffff_fffe;

/** Bytes that are read when they are written. */
export interface Stretch {
  length: number;
  chunks(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** The value of an element at the top. */
export interface StreamedValue {
  vr: VR;
  /** Each is a fragment, and a frame, where the value is encapsulated; else there is one. */
  stretches: readonly Stretch[];
  encapsulated: boolean;
}

/**
 * `dataset`: all but the streamed values; its tables of offsets are made anew. Throws, before anything is written,
 * dicom/missing-attribute and, for a value of more than 4 GiB, dicom/limit.
 */
export function writeStreamed(
  dataset: DataSet,
  transferSyntaxUid: string,
  streamed: ReadonlyMap<number, StreamedValue>,
): AsyncGenerator<Uint8Array> {
  for (const { stretches } of streamed.values()) requireWritable(stretches);
  const pixels = streamed.get(PIXEL_DATA);
  const basicOffsetTable = pixels === undefined ? new Uint8Array(0) : settleOffsetTables(dataset, pixels);
  const meta = fileMeta({
    sopClassUid: required(dataset, 'SOPClassUID'),
    sopInstanceUid: required(dataset, 'SOPInstanceUID'),
    transferSyntaxUid,
  });
  return write(meta, dataset, streamed, basicOffsetTable);
}

function requireWritable(stretches: readonly Stretch[]): void {
  if (stretches.some(({ length }) => length > LONGEST_VALUE)) {
    throw new Problem('dicom/limit', { limit: 'valueBytes', offset: -1 });
  }
}

/** Those that the data set has were of other fragments. One frame needs none. */
function settleOffsetTables(dataset: DataSet, { encapsulated, stretches }: StreamedValue): Uint8Array {
  for (const keyword of ['ExtendedOffsetTable', 'ExtendedOffsetTableLengths']) dataset.delete(keyword);
  if (!encapsulated || stretches.length < 2) return new Uint8Array(0);
  const { basic, extended } = offsetTables(stretches.map(({ length }) => length));
  if (extended !== undefined) {
    dataset.set('ExtendedOffsetTable', extended.offsets, 'OV');
    dataset.set('ExtendedOffsetTableLengths', extended.lengths, 'OV');
  }
  return basic;
}

function required(dataset: DataSet, keyword: string): string {
  const value = dataset.text(keyword);
  if (value === undefined) throw new Problem('dicom/missing-attribute', { attribute: keyword });
  return value;
}

async function* write(
  meta: Uint8Array,
  dataset: DataSet,
  streamed: ReadonlyMap<number, StreamedValue>,
  basicOffsetTable: Uint8Array,
): AsyncGenerator<Uint8Array> {
  const sink = new ByteSink();
  sink.bytes(meta);
  const pending = [...streamed].sort(([a], [b]) => a - b);
  for (const element of ascending(dataset)) {
    while (pending.length > 0 && pending[0]![0] < element.tag) {
      yield* writeValue(sink, ...pending.shift()!, basicOffsetTable);
    }
    writeElement(sink, element, explicitLittle);
  }
  for (const [tag, value] of pending) yield* writeValue(sink, tag, value, basicOffsetTable);
  yield* sink.take();
}

async function* writeValue(
  sink: ByteSink,
  tag: number,
  { vr, encapsulated, stretches }: StreamedValue,
  basicOffsetTable: Uint8Array,
): AsyncGenerator<Uint8Array> {
  if (!encapsulated) {
    const [only] = stretches;
    writeHeader(sink, tag, vr, evenLength(only!), explicitLittle);
    yield* writeStretch(sink, only!, vrs[vr].padding);
    return;
  }
  writeHeader(sink, tag, vr, UNDEFINED_LENGTH, explicitLittle);
  writeItem(sink, basicOffsetTable.length, explicitLittle);
  sink.bytes(basicOffsetTable);
  for (const stretch of stretches) {
    writeItem(sink, evenLength(stretch), explicitLittle);
    yield* writeStretch(sink, stretch, 0);
  }
  writeDelimiter(sink, 'sequence', explicitLittle);
}

const evenLength = ({ length }: Stretch): number => length + (length % 2);

async function* writeStretch(sink: ByteSink, stretch: Stretch, padding: number): AsyncGenerator<Uint8Array> {
  yield* sink.take();
  yield* stretch.chunks();
  if (stretch.length % 2 === 1) sink.uint8(padding);
}
