import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from '../dicom/dataset.ts';
import { readDicom } from '../dicom/reader.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../dicom/transfer-syntax.ts';
import { writeDataSet } from '../dicom/writer.ts';
import { type RejectionCode, rejectionNote, rejections } from './rejection.ts';
import { rejectionDocument } from './rejection-document.ts';

const references = ['2.25.1.1.1', '2.25.1.1.2', '2.25.1.2.1'].map((sopInstanceUid) => ({
  studyInstanceUid: '2.25.1',
  seriesInstanceUid: sopInstanceUid.slice(0, -2),
  sopInstanceUid,
  sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
}));
const patientAndStudy = new DataSet()
  .set('SpecificCharacterSet', 'ISO_IR 192')
  .set('PatientName', 'Müller^Anna')
  .set('PatientID', '4711')
  .set('StudyInstanceUID', '2.25.1');

test('PS3.3 C.17.2.1: a rejection note that is written reads back as what it lists, whatever its title', () => {
  for (const code of Object.keys(rejections) as RejectionCode[]) {
    const document = rejectionDocument({
      sopInstanceUid: '2.25.9',
      seriesInstanceUid: '2.25.8',
      code,
      at: new Date('2026-01-02T03:04:05Z'),
      manufacturer: 'Fascia',
      patientAndStudy,
      references,
    });
    const bytes = [...writeDataSet(document, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!)];
    const { dataset } = readDicom(Buffer.concat(bytes), {
      form: 'dataset',
      transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN,
    });
    const listed = references.map(({ sopClassUid: _, ...instance }) => instance);
    assert.deepEqual(rejectionNote(dataset), { code, sopInstanceUid: '2.25.9', instances: listed });
    assert.deepEqual(
      ['PatientName', 'PatientID', 'StudyInstanceUID', 'ContentDate', 'ContentTime', 'PatientBirthDate'].map((each) =>
        dataset.text(each),
      ),
      ['Müller^Anna', '4711', '2.25.1', '20260102', '030405', undefined],
    );
  }
});
