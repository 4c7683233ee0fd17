// A rejection note as we write it: a Key Object Selection Document that lists what is not to be used. IHE Imaging Object
// Change Management, RAD-66; rejection.ts reads it.

import type { DataSet } from '../dicom/dataset.ts';
import { keyObjectSelection } from '../dicom/key-object-selection.ts';
import { type RejectionCode, rejections } from './rejection.ts';

export interface RejectedReference {
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
  sopClassUid: string;
}

export interface RejectionDocument {
  sopInstanceUid: string;
  seriesInstanceUid: string;
  code: RejectionCode;
  /** UTC is written. */
  at: Date;
  manufacturer: string;
  /** Patient and study, as whoever is told knows them. */
  patientAndStudy: DataSet;
  /** All of one study; at least one. */
  references: readonly RejectedReference[];
}

export function rejectionDocument({ code, references, ...document }: RejectionDocument): DataSet {
  return keyObjectSelection({
    ...document,
    studyInstanceUid: references[0]!.studyInstanceUid,
    title: { value: code, scheme: 'DCM', meaning: rejections[code].meaning },
    objects: references,
  });
}
