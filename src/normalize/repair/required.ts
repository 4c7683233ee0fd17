// Type 1 and Type 2 attributes that are not there (PS3.3: C.7.1 Patient, C.7.2 Study, C.7.3 Series, C.12.1 SOP Common, C.7.6
// images, and what CT and MR add). Type 2 may be empty; absent it is a defect.

import type { DataSet } from '../../dicom/dataset.ts';
import type { Reporter } from './repair.ts';

interface Module {
  type1: readonly string[];
  type2: readonly string[];
  applies?: (dataset: DataSet) => boolean;
}

const isImage = (dataset: DataSet): boolean => dataset.has('Rows') || dataset.has('PixelData');
const ofSopClass =
  (...uids: string[]) =>
  (dataset: DataSet): boolean =>
    uids.includes(dataset.text('SOPClassUID') ?? '');

const modules: readonly Module[] = [
  { type1: [], type2: ['PatientName', 'PatientID', 'PatientBirthDate', 'PatientSex'] },
  {
    type1: ['StudyInstanceUID'],
    type2: ['StudyDate', 'StudyTime', 'ReferringPhysicianName', 'StudyID', 'AccessionNumber'],
  },
  { type1: ['Modality', 'SeriesInstanceUID'], type2: ['SeriesNumber'] },
  { type1: ['SOPClassUID', 'SOPInstanceUID'], type2: [] },
  {
    applies: isImage,
    type1: [
      'SamplesPerPixel',
      'PhotometricInterpretation',
      'Rows',
      'Columns',
      'BitsAllocated',
      'BitsStored',
      'HighBit',
      'PixelRepresentation',
    ],
    type2: ['InstanceNumber'],
  },
  {
    applies: ofSopClass('1.2.840.10008.5.1.4.1.1.2'),
    type1: [
      'ImageType',
      'RescaleIntercept',
      'RescaleSlope',
      'PixelSpacing',
      'ImageOrientationPatient',
      'ImagePositionPatient',
      'FrameOfReferenceUID',
    ],
    type2: ['KVP', 'AcquisitionNumber', 'SliceThickness'],
  },
  {
    applies: ofSopClass('1.2.840.10008.5.1.4.1.1.4'),
    type1: [
      'ImageType',
      'ScanningSequence',
      'SequenceVariant',
      'PixelSpacing',
      'ImageOrientationPatient',
      'ImagePositionPatient',
      'FrameOfReferenceUID',
    ],
    type2: ['ScanOptions', 'MRAcquisitionType', 'EchoTime', 'EchoTrainLength', 'SliceThickness'],
  },
];

export function requiredAttributes(dataset: DataSet, report: Reporter): void {
  for (const { type1, type2, applies } of modules) {
    if (applies !== undefined && !applies(dataset)) continue;
    for (const keyword of type1) {
      const element = dataset.get(keyword);
      const empty =
        element !== undefined && dataset.text(keyword) === undefined && dataset.number(keyword) === undefined;
      if (element === undefined || empty)
        report.finding('missing', keyword, `Type 1 attribute ${empty ? 'is empty' : 'is not there'}`);
    }
    for (const keyword of type2) {
      if (!dataset.has(keyword)) report.finding('missing', keyword, 'Type 2 attribute is not there, not even empty');
    }
  }
}
