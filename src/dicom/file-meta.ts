// File Meta Information, group 0002, with the preamble before it: PS3.10 7.1.

import { ByteSink } from './byte-sink.ts';
import { concatenated } from './bytes.ts';
import { DataSet } from './dataset.ts';
import { ascending, writeElement } from './element-writer.ts';
import { explicitLittle } from './encoding.ts';
import { writeHeader } from './header-writer.ts';
import { elementOf } from './tag.ts';
import type { TransferSyntax } from './transfer-syntax.ts';
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from './uid.ts';

export interface FileMetaValues {
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
  /** (0002,0016): whose data set this was, where it came by an association. */
  sourceAeTitle?: string;
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

/** Group 0002 without its group length, which the writer adds. */
function metaDataSet(values: FileMetaValues): DataSet {
  const meta = new DataSet()
    .set('FileMetaInformationVersion', new Uint8Array([0, 1]))
    .set('MediaStorageSOPClassUID', values.sopClassUid)
    .set('MediaStorageSOPInstanceUID', values.sopInstanceUid)
    .set('TransferSyntaxUID', values.transferSyntaxUid)
    .set('ImplementationClassUID', IMPLEMENTATION_CLASS_UID)
    .set('ImplementationVersionName', IMPLEMENTATION_VERSION_NAME);
  return values.sourceAeTitle === undefined ? meta : meta.set('SourceApplicationEntityTitle', values.sourceAeTitle);
}

/** What a file's group 0002 becomes when its data set is written in `syntax`: what is there stays, what is missing is added. */
export function completedMeta(meta: DataSet, dataset: DataSet, syntax: TransferSyntax): DataSet {
  const completed = metaDataSet({
    sopClassUid: dataset.text('SOPClassUID') ?? '',
    sopInstanceUid: dataset.text('SOPInstanceUID') ?? '',
    transferSyntaxUid: syntax.uid,
  });
  for (const element of meta.elements.values()) {
    if (element.tag !== completed.get('TransferSyntaxUID')!.tag) completed.add(element);
  }
  return completed;
}
