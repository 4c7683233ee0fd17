// A CT slice made by our own code, as a C-STORE sends it: explicit VR little endian, about the attributes that a scanner
// sends, every UID decided by its place.

import { DataSet } from '../../src/dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../src/dicom/transfer-syntax.ts';
import { fileMeta, writeDataSet } from '../../src/dicom/writer.ts';

export interface CtSliceOptions {
  studyUid: string;
  /** Number of the series and of the instance in it. */
  series?: number;
  instance?: number;
  rows?: number;
  columns?: number;
  patientId?: string;
  patientName?: string;
  /** Where the ramp of pixel values begins. */
  pixel?: number;
  transferSyntaxUid?: string;
  /** Further attributes, or others than usual, by keyword. */
  attributes?: Record<string, string | number | (string | number)[] | null>;
}

export interface CtSlice {
  sopClassUid: string;
  sopInstanceUid: string;
  seriesInstanceUid: string;
  transferSyntaxUid: string;
  /** The bare data set. */
  dataset: Buffer;
  /** The same as a Part 10 file. */
  file: Buffer;
}

export const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2';

export function ctSlice(options: CtSliceOptions): CtSlice {
  const { studyUid, series = 1, instance = 1, rows = 16, columns = 16, pixel = instance % 4096 } = options;
  const { transferSyntaxUid = EXPLICIT_VR_LITTLE_ENDIAN } = options;
  const seriesInstanceUid = `${studyUid}.${series}`;
  const sopInstanceUid = `${seriesInstanceUid}.${instance}`;
  const dataset = new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 192')
    .set('ImageType', ['ORIGINAL', 'PRIMARY', 'AXIAL'])
    .set('SOPClassUID', CT_IMAGE_STORAGE)
    .set('SOPInstanceUID', sopInstanceUid)
    .set('StudyDate', '20260131')
    .set('SeriesDate', '20260131')
    .set('StudyTime', '101500')
    .set('AccessionNumber', 'A-1')
    .set('Modality', 'CT')
    .set('Manufacturer', 'MAKER')
    .set('ReferringPhysicianName', 'Referrer^Rita')
    .set('StudyDescription', 'CT chest')
    .set('SeriesDescription', `Series ${series}`)
    .set('PatientName', options.patientName ?? 'Doe^Jane')
    .set('PatientID', options.patientId ?? 'P1')
    .set('PatientBirthDate', '19700101')
    .set('PatientSex', 'F')
    .set('BodyPartExamined', 'CHEST')
    .set('SliceThickness', '1.25')
    .set('KVP', '120')
    .set('StudyInstanceUID', studyUid)
    .set('SeriesInstanceUID', seriesInstanceUid)
    .set('StudyID', 'S1')
    .set('SeriesNumber', series)
    .set('InstanceNumber', instance)
    .set('ImagePositionPatient', ['-180', '-180', String(instance * 1.25)])
    .set('ImageOrientationPatient', ['1', '0', '0', '0', '1', '0'])
    .set('FrameOfReferenceUID', `${studyUid}.0`)
    .set('SamplesPerPixel', 1)
    .set('PhotometricInterpretation', 'MONOCHROME2')
    .set('Rows', rows)
    .set('Columns', columns)
    .set('PixelSpacing', ['0.7', '0.7'])
    .set('BitsAllocated', 16)
    .set('BitsStored', 12)
    .set('HighBit', 11)
    .set('PixelRepresentation', 0)
    .set('RescaleIntercept', '-1024')
    .set('RescaleSlope', '1');
  for (const [keyword, value] of Object.entries(options.attributes ?? {})) dataset.set(keyword, value);
  const pixels = new Uint16Array(rows * columns);
  for (let at = 0; at < pixels.length; at++) pixels[at] = (pixel + at) % 4096;
  dataset.set('PixelData', new Uint8Array(pixels.buffer), 'OW');
  const body = Buffer.concat(writeDataSet(dataset, transferSyntax(transferSyntaxUid)!));
  const sopClassUid = dataset.text('SOPClassUID') ?? '';
  const header = fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid });
  return {
    sopClassUid,
    sopInstanceUid,
    seriesInstanceUid,
    transferSyntaxUid,
    dataset: body,
    file: Buffer.concat([header, body]),
  };
}
