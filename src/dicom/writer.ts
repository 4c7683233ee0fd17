// Writes data sets (PS3.5 7) and Part 10 files (PS3.10 7). An element that was read in the same encoding and not edited
// is copied byte for byte; so is a whole object that was not edited at all.

import { ByteSink } from './byte-sink.ts';
import type { DataSet } from './dataset.ts';
import { deflated } from './deflate.ts';
import { writeElements } from './element-writer.ts';
import { encodingOf } from './encoding.ts';
import { completedMeta, writeFileMeta } from './file-meta.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, type TransferSyntax, transferSyntax } from './transfer-syntax.ts';

export { fileMeta } from './file-meta.ts';

/**
 * The data set in a transfer syntax. Pixels are not encoded anew: an object with fragments needs an encapsulated syntax.
 * A value that is not held (BulkRef) cannot be written: TypeError.
 */
export function writeDataSet(dataset: DataSet, syntax: TransferSyntax): Uint8Array[] {
  if (dataset.encoded?.transferSyntax?.uid === syntax.uid) return [dataset.encoded.bytes];
  const sink = new ByteSink();
  writeElements(sink, dataset, encodingOf(syntax));
  return syntax.deflated ? deflated(sink.take()) : sink.take();
}

/**
 * A file with preamble, File Meta Information and data set. Without `syntax`, in that of the file's meta information.
 * What was read in memory and not edited is the same file again, defects included.
 */
export function writePart10(
  file: { preamble?: Uint8Array; meta: DataSet; dataset: DataSet },
  syntax?: TransferSyntax,
): Uint8Array[] {
  const { meta, dataset } = file;
  const declared = meta.text('TransferSyntaxUID');
  if (syntax === undefined && meta.encoded !== undefined && dataset.encoded !== undefined) {
    return [meta.encoded.bytes, dataset.encoded.bytes];
  }
  const target = syntax ?? transferSyntax(declared ?? '') ?? transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!;
  const head =
    meta.encoded !== undefined && declared === target.uid
      ? [meta.encoded.bytes]
      : writeFileMeta(completedMeta(meta, dataset, target), file.preamble);
  return [...head, ...writeDataSet(dataset, target)];
}
