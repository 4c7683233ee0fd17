// Data sets that are not stored objects: identifiers, action and event information. PS3.7 6.3.2. They come whole, in the
// uncompressed transfer syntax of their presentation context.

import type { DataSet } from '../dicom/dataset.ts';
import { readDicom } from '../dicom/reader.ts';
import { transferSyntax } from '../dicom/transfer-syntax.ts';
import { writeDataSet } from '../dicom/writer.ts';

/** Throws dicom/unreadable or dicom/limit. */
export function readPlainDataSet(bytes: Uint8Array, transferSyntaxUid: string): DataSet {
  return readDicom(bytes, { form: 'dataset', transferSyntaxUid }).dataset;
}

export function writePlainDataSet(dataset: DataSet, transferSyntaxUid: string): Uint8Array[] {
  return writeDataSet(dataset, transferSyntax(transferSyntaxUid)!);
}
