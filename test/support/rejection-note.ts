// A rejection note (IHE RAD-66) as a modality or an archive sends it.

import { DataSet } from '../../src/dicom/dataset.ts';
import { type RejectionCode, rejections } from '../../src/routing/rejection.ts';
import { type MadeInstance, makeInstance } from './instances.ts';

const KEY_OBJECT_SELECTION = '1.2.840.10008.5.1.4.1.1.88.59';

/** A Key Object Selection Document in the study of what it rejects. */
export function rejectionNoteOf(code: RejectionCode, rejected: readonly MadeInstance[]): MadeInstance {
  const { studyInstanceUid, seriesInstanceUid } = rejected[0]!;
  const references = rejected.map((one) =>
    new DataSet().set('ReferencedSOPClassUID', one.sopClassUid).set('ReferencedSOPInstanceUID', one.sopInstanceUid),
  );
  const series = new DataSet().set('SeriesInstanceUID', seriesInstanceUid).set('ReferencedSOPSequence', references);
  const study = new DataSet().set('StudyInstanceUID', studyInstanceUid).set('ReferencedSeriesSequence', [series]);
  const title = new DataSet()
    .set('CodeValue', code)
    .set('CodingSchemeDesignator', 'DCM')
    .set('CodeMeaning', rejections[code].meaning);
  return makeInstance({
    studyInstanceUid,
    attributes: {
      SOPClassUID: KEY_OBJECT_SELECTION,
      Modality: 'KO',
      ImageType: undefined,
      PixelData: undefined,
      Rows: undefined,
      Columns: undefined,
      ValueType: 'CONTAINER',
      ConceptNameCodeSequence: [title],
      CurrentRequestedProcedureEvidenceSequence: [study],
    },
  });
}
