// Writes data sets (PS3.5 7) and Part 10 files (PS3.10 7). An element that was read in the same encoding and not edited
// is copied byte for byte; so is a whole object that was not edited at all.

import { ByteSink } from './byte-sink.ts';
import { concatenated } from './bytes.ts';
import type { DataSet } from './dataset.ts';
import { deflated } from './deflate.ts';
import { type Element, type Fragments, isBulkRef, isFragments, isItems } from './element.ts';
import { UNDEFINED_LENGTH } from './element-header.ts';
import { writeDelimiter, writeHeader, writeItem } from './element-writer.ts';
import { type Encoding, encodingOf, explicitLittle, swapped } from './encoding.ts';
import { completedMeta, type FileMetaValues, metaDataSet } from './file-meta.ts';
import { elementOf, groupOf } from './tag.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, type TransferSyntax, transferSyntax } from './transfer-syntax.ts';
import { vrs } from './vr.ts';

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

/** All bytes of a Part 10 file before its data set: what a C-STORE does not bring. */
export function fileMeta(values: FileMetaValues): Uint8Array {
  return concatenated(writeFileMeta(metaDataSet(values)));
}

/** Preamble, DICM and group 0002 with the length it has, always explicit VR little endian (PS3.10 7.1). */
export function writeFileMeta(meta: DataSet, preamble: Uint8Array = new Uint8Array(128)): Uint8Array[] {
  const group = new ByteSink();
  for (const element of ascending(meta)) {
    if (elementOf(element.tag) !== 0) writeElement(group, element, explicitLittle);
  }
  const sink = new ByteSink();
  sink.bytes(preamble);
  sink.bytes(new TextEncoder().encode('DICM'));
  writeHeader(sink, 0x0002_0000, 'UL', 4, explicitLittle);
  sink.uint32(group.sizeBytes, true);
  sink.join(group);
  return sink.take();
}

function writeElements(sink: ByteSink, dataset: DataSet, encoding: Encoding): void {
  for (const element of ascending(dataset)) {
    // PS3.5 7.2: group lengths are retired, and those that were read no longer fit.
    if (elementOf(element.tag) === 0 && groupOf(element.tag) > 0x0002) continue;
    writeElement(sink, element, encoding);
  }
}

function writeElement(sink: ByteSink, element: Element, encoding: Encoding): void {
  const encoded = element.encoding === encoding ? element.encoded : undefined;
  if (encoded !== undefined) {
    sink.bytes(encoded);
    return;
  }
  const { tag, vr, value } = element;
  if (isItems(value)) writeSequence(sink, element, value, encoding);
  else if (isFragments(value)) writeFragments(sink, element, value, encoding);
  else if (isBulkRef(value)) throw new TypeError('a value that is not held cannot be written');
  else {
    const odd = value.length % 2;
    writeHeader(sink, tag, vr, value.length + odd, encoding);
    sink.bytes(encoding.littleEndian ? value : swapped(value, vrs[vr].width));
    if (odd === 1) sink.uint8(vrs[vr].padding);
  }
}

/** PS3.5 7.5: sequence and items of defined or undefined length, each as it was read. */
function writeSequence(sink: ByteSink, { tag, undefinedLength }: Element, items: DataSet[], encoding: Encoding): void {
  const content = new ByteSink();
  for (const item of items) writeItemOf(content, item, encoding);
  writeHeader(sink, tag, 'SQ', undefinedLength ? UNDEFINED_LENGTH : content.sizeBytes, encoding);
  sink.join(content);
  if (undefinedLength) writeDelimiter(sink, 'sequence', encoding);
}

function writeItemOf(sink: ByteSink, item: DataSet, encoding: Encoding): void {
  const content = new ByteSink();
  writeElements(content, item, encoding);
  writeItem(sink, item.undefinedLength ? UNDEFINED_LENGTH : content.sizeBytes, encoding);
  sink.join(content);
  if (item.undefinedLength) writeDelimiter(sink, 'item', encoding);
}

/** PS3.5 A.4. */
function writeFragments(sink: ByteSink, { tag, vr }: Element, value: Fragments, encoding: Encoding): void {
  writeHeader(sink, tag, vr, UNDEFINED_LENGTH, encoding);
  writeItem(sink, value.basicOffsetTable.length, encoding);
  sink.bytes(value.basicOffsetTable);
  for (const { bytes } of value.fragments) {
    if (bytes === undefined) throw new TypeError('fragments that are not held cannot be written');
    const odd = bytes.length % 2;
    writeItem(sink, bytes.length + odd, encoding);
    sink.bytes(bytes);
    if (odd === 1) sink.uint8(0);
  }
  writeDelimiter(sink, 'sequence', encoding);
}

/** PS3.5 7.1: elements are written in ascending order of their tags. */
function ascending(dataset: DataSet): Iterable<Element> {
  let last = -1;
  for (const tag of dataset.elements.keys()) {
    if (tag < last) return [...dataset.elements.values()].sort((a, b) => a.tag - b.tag);
    last = tag;
  }
  return dataset.elements.values();
}
