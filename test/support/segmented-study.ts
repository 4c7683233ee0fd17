// A segmentation of the corpus with the images it was made of. Of those the corpus has one: the others are made of it, at the
// places and under the UIDs that the segmentation names.

import { concatenated } from '../../src/dicom/bytes.ts';
import { readDicom } from '../../src/dicom/reader.ts';
import { writePart10 } from '../../src/dicom/writer.ts';
import { corpus, readCorpus } from './corpus.ts';

export interface SegmentedStudy {
  studyInstanceUid: string;
  segmentation: Uint8Array;
  /** Images and segmentation. */
  files: Uint8Array[];
}

export function segmentedStudy(): SegmentedStudy {
  const bytesOf = (name: string) => readCorpus(corpus().find(({ file }) => file === name)!);
  const [image, segmentation] = [bytesOf('dicom/dcmqi__IMG0001.dcm'), bytesOf('dicom/dcmqi__label.seg.dcm')];
  const { dataset } = readDicom(segmentation);
  const images = dataset.items('PerFrameFunctionalGroupsSequence').map((frame, at) => {
    const [source] = frame.items('DerivationImageSequence')[0]!.items('SourceImageSequence');
    const made = readDicom(image);
    made.dataset
      .set('SOPInstanceUID', source!.text('ReferencedSOPInstanceUID')!)
      .set('InstanceNumber', at + 1)
      .set('ImagePositionPatient', frame.items('PlanePositionSequence')[0]!.texts('ImagePositionPatient'));
    return concatenated(writePart10(made));
  });
  return { studyInstanceUid: dataset.text('StudyInstanceUID')!, segmentation, files: [...images, segmentation] };
}
