// Writes elements with their values: PS3.5 7.1 (data elements), 7.5 (sequences), A.4 (fragments).

import { ByteSink } from './byte-sink.ts';
import type { DataSet } from './dataset.ts';
import { vrOf } from './dictionary.ts';
import { type Element, type Fragments, isBulkRef, isFragments, isItems } from './element.ts';
import { UNDEFINED_LENGTH } from './element-header.ts';
import { type Encoding, swapped } from './encoding.ts';
import { writeDelimiter, writeHeader, writeItem } from './header-writer.ts';
import { elementOf, groupOf } from './tag.ts';
import { vrs } from './vr.ts';

/** All elements of a data set or item, in ascending order. */
export function writeElements(sink: ByteSink, dataset: DataSet, encoding: Encoding): void {
  for (const element of ascending(dataset)) {
    // PS3.5 7.2: group lengths are retired, and those that were read no longer fit.
    if (elementOf(element.tag) === 0 && groupOf(element.tag) > 0x0002) continue;
    writeElement(sink, element, encoding);
  }
}

/** One element: the bytes it was read from where they still say what it holds in this encoding. */
export function writeElement(sink: ByteSink, element: Element, encoding: Encoding): void {
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

/**
 * PS3.5 7.5: sequence and items of defined or undefined length, each as it was read. In implicit VR a sequence that the
 * dictionary does not know has undefined length, by which readers know that it is one.
 */
function writeSequence(sink: ByteSink, element: Element, items: DataSet[], encoding: Encoding): void {
  const { tag } = element;
  const undefinedLength = element.undefinedLength || (!encoding.explicitVr && vrOf(tag) !== 'SQ');
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
export function ascending(dataset: DataSet): Iterable<Element> {
  let last = -1;
  for (const tag of dataset.elements.keys()) {
    if (tag < last) return [...dataset.elements.values()].sort((a, b) => a.tag - b.tag);
    last = tag;
  }
  return dataset.elements.values();
}
