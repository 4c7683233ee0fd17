// File Meta Information, group 0002: PS3.10 7.1.

import { DataSet } from './dataset.ts';
import type { TransferSyntax } from './transfer-syntax.ts';
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from './uid.ts';

export interface FileMetaValues {
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
  /** (0002,0016): whose data set this was, where it came by an association. */
  sourceAeTitle?: string;
}

/** Group 0002 without its group length, which the writer adds. */
export function metaDataSet(values: FileMetaValues): DataSet {
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
