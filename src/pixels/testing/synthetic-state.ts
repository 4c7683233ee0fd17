// Presentation states made for tests, on images made by synthetic.ts.

import { DataSet } from '../../dicom/dataset.ts';

/** A Grayscale Softcopy Presentation State (PS3.3 A.33.1) that asks for nothing: the whole of one image as identity has it. */
export function syntheticState(image: DataSet): DataSet {
  const reference = new DataSet()
    .set('ReferencedSOPClassUID', image.text('SOPClassUID')!)
    .set('ReferencedSOPInstanceUID', image.text('SOPInstanceUID')!);
  const series = new DataSet()
    .set('SeriesInstanceUID', image.text('SeriesInstanceUID')!)
    .set('ReferencedImageSequence', [reference]);
  const area = new DataSet()
    .set('DisplayedAreaTopLeftHandCorner', [1, 1])
    .set('DisplayedAreaBottomRightHandCorner', [image.number('Columns')!, image.number('Rows')!])
    .set('PresentationSizeMode', 'SCALE TO FIT')
    .set('PresentationPixelAspectRatio', [1, 1]);
  return new DataSet()
    .set('SOPClassUID', '1.2.840.10008.5.1.4.1.1.11.1')
    .set('SOPInstanceUID', '2.25.800')
    .set('StudyInstanceUID', image.text('StudyInstanceUID')!)
    .set('SeriesInstanceUID', '2.25.801')
    .set('StudyDate', null)
    .set('StudyTime', null)
    .set('AccessionNumber', null)
    .set('ReferringPhysicianName', null)
    .set('StudyID', null)
    .set('Modality', 'PR')
    .set('Manufacturer', null)
    .set('PatientName', image.text('PatientName')!)
    .set('PatientID', image.text('PatientID')!)
    .set('PatientBirthDate', null)
    .set('PatientSex', null)
    .set('SeriesNumber', 1)
    .set('InstanceNumber', 1)
    .set('ContentLabel', 'TEST')
    .set('ContentDescription', null)
    .set('PresentationCreationDate', '20260101')
    .set('PresentationCreationTime', '120000')
    .set('ContentCreatorName', null)
    .set('ReferencedSeriesSequence', [series])
    .set('DisplayedAreaSelectionSequence', [area])
    .set('PresentationLUTShape', 'IDENTITY');
}
