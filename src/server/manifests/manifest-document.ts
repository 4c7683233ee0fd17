// A manifest in one of its forms, as the bytes that are shared: the same bytes for the same manifest.

import { createHash } from 'node:crypto';
import type { DataSet } from '../../dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { fileMeta, writeDataSet } from '../../dicom/writer.ts';
import { writeResource } from '../../fhir/resource.ts';
import type { ManifestForm } from '../../fhir/rest/handlers.ts';
import { bundleOfManifest, type ManifestParts } from '../../translate/manifest/bundle-of-manifest.ts';
import { kosOfManifest } from '../../translate/manifest/kos-of-manifest.ts';

export interface DocumentBytes {
  mediaType: string;
  bytes: Buffer;
  /** SHA-1 in base64 (R4 datatypes.html#attachment). */
  hash: string;
}

export function manifestDocument(parts: ManifestParts, form: ManifestForm): DocumentBytes {
  if (form === 'fhir')
    return documentOf('application/fhir+json', Buffer.from(writeResource(bundleOfManifest(parts), 'json')));
  return documentOf('application/dicom', part10Of(kosOfManifest(parts.manifest, form === 'mado')));
}

const documentOf = (mediaType: string, bytes: Buffer): DocumentBytes => ({
  mediaType,
  bytes,
  hash: createHash('sha1').update(bytes).digest('base64'),
});

/** PS3.10 7. */
function part10Of(dataset: DataSet): Buffer {
  const syntax = transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!;
  const identity = {
    sopClassUid: dataset.text('SOPClassUID')!,
    sopInstanceUid: dataset.text('SOPInstanceUID')!,
    transferSyntaxUid: syntax.uid,
  };
  return Buffer.concat([fileMeta(identity), ...writeDataSet(dataset, syntax)]);
}
