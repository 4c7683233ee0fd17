// Documents in DICOM: what the file says of itself (PS3.3 C.24.2 Encapsulated Document Module).

import { Problem } from '../base/problem.ts';
import type { DataSet } from '../dicom/dataset.ts';
import { setAbsent } from './pixel-description.ts';

/** Sets what is absent. Throws dicom/bulk-mismatch where the data set says another length. */
export function fillDocument(dataset: DataSet, mediaType: string, sizeBytes: number): void {
  const stated = dataset.number('EncapsulatedDocumentLength');
  if (stated !== undefined && stated !== sizeBytes) {
    throw new Problem('dicom/bulk-mismatch', { attribute: 'EncapsulatedDocumentLength' });
  }
  // UL. What is longer has no length but that of its value.
  if (sizeBytes <= 0xffff_ffff) dataset.set('EncapsulatedDocumentLength', sizeBytes);
  if (mediaType !== 'application/octet-stream') setAbsent(dataset, 'MIMETypeOfEncapsulatedDocument', mediaType);
}
