// Values of a stored object that its reader did not hold, read from where they lie.

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import type { BulkRef, Element } from '../dicom/element.ts';
import { swapped } from '../dicom/encoding.ts';
import type { ReadResult } from '../dicom/reader.ts';
import { vrs } from '../dicom/vr.ts';
import type { ObjectStore } from '../storage/objects/object-store.ts';

export interface StoredObject extends Pick<ReadResult, 'dataset' | 'transferSyntax' | 'datasetOffset'> {
  store: ObjectStore;
  object: string;
  /** Offsets of the reader count in what it was given; the data set lies here in the file. */
  datasetOffsetInFile: number;
}

export interface Stretch {
  offset: number;
  length: number;
}

/** The bytes of a stretch of the object, as it was read: of a deflated data set, of its inflated bytes. */
export async function* bytesOf(
  stored: Omit<StoredObject, 'dataset'>,
  { offset, length }: Stretch,
): AsyncGenerator<Uint8Array> {
  const { store, object, datasetOffsetInFile, datasetOffset, transferSyntax } = stored;
  if (!transferSyntax.deflated) {
    const start = offset + datasetOffsetInFile - datasetOffset;
    yield* store.open(object, { start, end: start + length });
    return;
  }
  const inflated = Readable.from(store.open(object, { start: datasetOffsetInFile })).pipe(createInflateRaw());
  let at = 0;
  for await (const chunk of inflated as AsyncIterable<Uint8Array>) {
    const part = chunk.subarray(Math.max(offset - at, 0), Math.max(offset + length - at, 0));
    if (part.length > 0) yield part;
    at += chunk.length;
    if (at >= offset + length) return;
  }
}

/** SHA-256 of a stretch whose values of `width` bytes are turned to little endian where they were not. */
export async function digestOf(
  stored: StoredObject,
  stretch: Stretch,
  width: number,
  littleEndian: boolean,
): Promise<Buffer> {
  const hash = createHash('sha256');
  if (littleEndian || width === 1) for await (const bytes of bytesOf(stored, stretch)) hash.update(bytes);
  else {
    let rest: Uint8Array = new Uint8Array(0);
    for await (const bytes of bytesOf(stored, stretch)) {
      const joined = Buffer.concat([rest, bytes]);
      const whole = joined.length - (joined.length % width);
      hash.update(swapped(joined.subarray(0, whole), width));
      rest = joined.subarray(whole);
    }
    hash.update(rest);
  }
  return hash.digest();
}

/** Whether two large values are equal, whatever their byte orders. */
export async function sameBulk(
  a: StoredObject,
  inA: { element: Element; ref: BulkRef },
  b: StoredObject,
  inB: { element: Element; ref: BulkRef },
): Promise<boolean> {
  if (inA.ref.length !== inB.ref.length) return false;
  const digests = await Promise.all([
    digestOf(a, inA.ref, vrs[inA.element.vr].width, a.transferSyntax.littleEndian),
    digestOf(b, inB.ref, vrs[inB.element.vr].width, b.transferSyntax.littleEndian),
  ]);
  return digests[0].equals(digests[1]);
}
