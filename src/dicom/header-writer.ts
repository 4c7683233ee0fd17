// Writes the headers of elements, items and delimiters in any encoding: PS3.5 7.1.2, 7.1.3 and 7.5.

import type { ByteSink } from './byte-sink.ts';
import { ITEM, ITEM_DELIMITATION, SEQUENCE_DELIMITATION } from './element-header.ts';
import type { Encoding } from './encoding.ts';
import { elementOf, groupOf } from './tag.ts';
import { type VR, vrs } from './vr.ts';

const LONGEST_SHORT_VALUE = 0xfffe;

export function writeHeader(sink: ByteSink, tag: number, vr: VR, length: number, encoding: Encoding): void {
  const little = encoding.littleEndian;
  writeTag(sink, tag, little);
  if (!encoding.explicitVr) {
    sink.uint32(length, little);
    return;
  }
  // PS3.5 6.2.2 Note: what is too long for the 16-bit length of its VR is written as UN.
  const written = vrs[vr].longLength || length <= LONGEST_SHORT_VALUE ? vr : 'UN';
  sink.uint8(written.charCodeAt(0));
  sink.uint8(written.charCodeAt(1));
  if (vrs[written].longLength) {
    sink.uint16(0, little);
    sink.uint32(length, little);
  } else sink.uint16(length, little);
}

export function writeItem(sink: ByteSink, length: number, { littleEndian }: Encoding): void {
  writeTag(sink, ITEM, littleEndian);
  sink.uint32(length, littleEndian);
}

export function writeDelimiter(sink: ByteSink, of: 'item' | 'sequence', { littleEndian }: Encoding): void {
  writeTag(sink, of === 'item' ? ITEM_DELIMITATION : SEQUENCE_DELIMITATION, littleEndian);
  sink.uint32(0, littleEndian);
}

function writeTag(sink: ByteSink, tag: number, littleEndian: boolean): void {
  sink.uint16(groupOf(tag), littleEndian);
  sink.uint16(elementOf(tag), littleEndian);
}
