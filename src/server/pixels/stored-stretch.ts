// A stretch of a stored object as bytes that can be had in part: in place where they lie as they are to be sent, inflated out
// of a deflated data set, turned to little endian where they are not.

import { concatenated } from '../../dicom/bytes.ts';
import { swapped } from '../../dicom/encoding.ts';
import { type TransferSyntax, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { type VR, vrs } from '../../dicom/vr.ts';
import type { Sized } from '../../dicomweb/wado/byte-range.ts';
import { bytesOf } from '../../ingest/stored-values.ts';
import type { InstancePlace } from '../../storage/instance-places.ts';
import type { ObjectStore } from '../../storage/objects/object-store.ts';

/** Offsets count in the file; of a deflated data set, in its inflated bytes. */
export interface Stretch {
  offset: number;
  length: number;
}

/** The order of the bytes of a value: how many belong to one number that is big endian, and where the first one begins. */
export interface BigEndian {
  width: number;
  origin: number;
}

/** How a value with this VR that begins at `origin` is to be turned; undefined where it is little endian. */
export function bigEndianOf(
  syntax: TransferSyntax,
  vr: VR,
  origin: number,
  isPixelData: boolean,
): BigEndian | undefined {
  const isLittle = syntax.littleEndian && !(isPixelData && syntax.bigEndianPixelData === true);
  const { width } = vrs[vr];
  return isLittle || width === 1 ? undefined : { width, origin };
}

/** `onSent` hears how many bytes are asked for. */
export function stretch(
  store: ObjectStore,
  place: Pick<InstancePlace, 'object' | 'datasetOffset' | 'transferSyntaxUid'>,
  where: Stretch,
  order?: BigEndian,
  onSent: (sizeBytes: number) => void = () => {},
): Sized {
  const { object, datasetOffset, transferSyntaxUid } = place;
  const syntax = transferSyntax(transferSyntaxUid)!;
  const stored = { store, object, transferSyntax: syntax, datasetOffset, datasetOffsetInFile: datasetOffset };
  const read = (offset: number, end: number): AsyncIterable<Uint8Array> =>
    syntax.deflated ? bytesOf(stored, { offset, length: end - offset }) : store.open(object, { start: offset, end });
  return {
    sizeBytes: where.length,
    open(start, end) {
      onSent(end - start);
      if (order === undefined) return read(where.offset + start, where.offset + end);
      return turned(read, { offset: where.offset + start, length: end - start }, order);
    },
  };
}

/** Whole numbers are read around the stretch, and what lies beside it is left out again. */
async function* turned(
  read: (offset: number, end: number) => AsyncIterable<Uint8Array>,
  { offset, length }: Stretch,
  { width, origin }: BigEndian,
): AsyncGenerator<Uint8Array> {
  const before = (offset - origin) % width;
  const after = (width - ((before + length) % width)) % width;
  let skip = before;
  let left = length;
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of read(offset - before, offset + length + after)) {
    const bytes = concatenated([rest, chunk]);
    const whole = bytes.length - (bytes.length % width);
    rest = bytes.subarray(whole);
    const part = swapped(bytes.subarray(0, whole), width).subarray(skip, skip + left);
    skip = Math.max(0, skip - whole);
    left -= part.length;
    if (part.length > 0) yield part;
  }
}
