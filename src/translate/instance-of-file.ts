// Any file that DICOM can hold as an instance, with the context it belongs to: photograph, capture, video, PDF, CDA, STL.

import type { DataSet } from '../dicom/dataset.ts';
import type { Finding } from '../dicom/finding.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../dicom/transfer-syntax.ts';
import { asciiAt, type ByteSource } from './byte-source.ts';
import type { InstanceContext } from './context.ts';
import { describeFile, isDescribed, type KeptFile } from './describe.ts';
import { documentInstance, documentTypeOf } from './document.ts';
import { exifFinding } from './exif.ts';
import { imageInstance, type PictureKind } from './image-instance.ts';
import type { NativeImage } from './png.ts';

export interface FileInstance {
  /** All but the value of `bulk`. */
  dataset: DataSet;
  /** The attribute whose value the file is, and the media type under which a STOW-RS request says it is. */
  bulk: { tag: '7FE00010' | '00420011'; mediaType: string };
  /** What somebody should know of the file. */
  findings: Finding[];
  transferSyntaxUid: string;
  /** Where the codestream lies in the file, of a picture or video that is kept as it is. */
  described?: KeptFile;
  /** The pixels of one that is not. */
  native?: NativeImage;
}

export interface FileOptions {
  fileName?: string;
  /** What a picture shows; the patient unless given. */
  kind?: PictureKind;
  /** Of a document. */
  title?: string;
}

const HEAD_BYTES = 64 * 1024;

/** Throws dicom/not-expressible, dicom/unreadable or dicom/limit, with the reason. */
export async function instanceOfFile(
  file: ByteSource,
  context: InstanceContext,
  { fileName, kind = 'photograph', title }: FileOptions = {},
): Promise<FileInstance> {
  const head = await file.read(0, HEAD_BYTES);
  const type = documentTypeOf(head, fileName);
  if (type !== undefined) {
    const dataset = documentInstance({ type, sizeBytes: file.sizeBytes, title, head }, context);
    const bulk = { tag: '00420011', mediaType: type } as const;
    return { dataset, bulk, findings: [], transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN };
  }
  const described = await describeFile(file);
  const dataset = imageInstance(described, kind, context);
  if (described.kind === 'native') {
    const bulk = { tag: '7FE00010', mediaType: 'image/png' } as const;
    return { dataset, bulk, findings: [], transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN, native: described.image };
  }
  const { exif, pixels } = described;
  if (exif?.takenAt !== undefined) {
    dataset.set('AcquisitionDate', exif.takenAt.date).set('AcquisitionTime', exif.takenAt.time);
  }
  const finding = exif && exifFinding(exif);
  return {
    dataset,
    bulk: { tag: '7FE00010', mediaType: mediaTypeOf(pixels.transferSyntaxUid) },
    findings: finding === undefined ? [] : [finding],
    transferSyntaxUid: pixels.transferSyntaxUid,
    described,
  };
}

/** Whether the file is of one of these formats, by its first bytes; a data set without preamble may have a document in it. */
export const isOtherFormat = (head: Uint8Array, fileName: string): boolean =>
  asciiAt(head, 128, 4) !== 'DICM' &&
  !beginsDataSet(head) &&
  (isDescribed(head) || documentTypeOf(head, fileName) !== undefined);

/** An element of group 0002 or 0008, in little endian or big. */
const beginsDataSet = (head: Uint8Array): boolean =>
  [0x0200, 0x0800, 0x0002, 0x0008].includes((head[0]! << 8) | head[1]!);

/** PS3.18 Table 8.7.3-5. */
const mediaTypes: readonly [RegExp, string][] = [
  [/\.4\.(50|51|55|57|70)$/, 'image/jpeg'],
  [/\.4\.8[01]$/, 'image/jls'],
  [/\.4\.9[01]$/, 'image/jp2'],
  [/\.4\.20[123]$/, 'image/jphc'],
  [/\.4\.10[01]$/, 'video/mpeg'],
  [/\.4\.10[2-8]$/, 'video/mp4'],
];

const mediaTypeOf = (transferSyntaxUid: string): string =>
  mediaTypes.find(([pattern]) => pattern.test(transferSyntaxUid))![1];
