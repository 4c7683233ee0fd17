// What lies before the data set in the file that we keep (PS3.10 7.1). A file comes with it and keeps it byte for byte; a
// bare data set (C-STORE), or a file whose head is incomplete, gets what is missing.

import type { DicomReader } from '../dicom/reader.ts';
import { fileMeta } from '../dicom/writer.ts';
import type { Arrival } from './arrival.ts';

const PREAMBLE_BYTES = 128;
const DICM = [0x44, 0x49, 0x43, 0x4d];

/**
 * The header of the file to be kept, or undefined while the reader has not seen enough for it. `head` is everything that
 * was received so far. `complete`: nothing more will come.
 */
export function fileHeader(
  arrival: Arrival,
  reader: DicomReader,
  head: Uint8Array,
  complete: boolean,
): Uint8Array | undefined {
  const { datasetOffset, transferSyntax } = reader;
  if (datasetOffset === undefined || transferSyntax === undefined) return undefined;
  const received = head.subarray(0, datasetOffset);
  const hasPreamble = DICM.every((byte, n) => received[PREAMBLE_BYTES + n] === byte);
  const { meta, dataset } = reader.partial;
  if (meta.elements.size > 0) return hasPreamble ? received : joined(preamble(), received);
  const { sopClassUid = dataset.text('SOPClassUID'), sopInstanceUid = dataset.text('SOPInstanceUID') } =
    arrival.expected ?? {};
  const known = sopClassUid !== undefined && sopInstanceUid !== undefined;
  if (!known && !complete && !reader.atPixelData) return undefined;
  const values = {
    sopClassUid: sopClassUid ?? '',
    sopInstanceUid: sopInstanceUid ?? '',
    transferSyntaxUid: transferSyntax.uid,
  };
  const made = fileMeta(arrival.door === 'dimse' ? { ...values, sourceAeTitle: arrival.source } : values);
  return hasPreamble ? joined(received, made.subarray(PREAMBLE_BYTES + DICM.length)) : made;
}

function preamble(): Uint8Array {
  return joined(new Uint8Array(PREAMBLE_BYTES), new Uint8Array(DICM));
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
