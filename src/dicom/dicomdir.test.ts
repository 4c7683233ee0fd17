import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from './dataset.ts';
import { type DirectoryFile, dicomdir } from './dicomdir.ts';
import { recordTypeOf } from './directory-records.ts';
import { readDicom } from './reader.ts';

const CT = '1.2.840.10008.5.1.4.1.1.2';
const KEY_OBJECTS = '1.2.840.10008.5.1.4.1.1.88.59';

function file(patient: string, study: string, series: string, instance: string, more = new DataSet()): DirectoryFile {
  const dataset = more
    .set('SpecificCharacterSet', 'ISO_IR 192')
    .set('PatientName', `${patient}^Jürgen`)
    .set('PatientID', patient)
    .set('StudyInstanceUID', study)
    .set('SeriesInstanceUID', series)
    .set('Modality', 'CT');
  return {
    fileId: ['DICOM', 'SE000001', instance],
    sopClassUid: CT,
    sopInstanceUid: `${series}.${instance.slice(2)}`,
    transferSyntaxUid: '1.2.840.10008.1.2.4.80',
    dataset,
  };
}

/** The record at each offset of the file, found as PS3.10 readers find them. */
function recordsByOffset(bytes: Uint8Array) {
  const { dataset } = readDicom(bytes);
  const records = new Map(
    dataset.items('DirectoryRecordSequence').map((item) => {
      const first = item.elements.values().next().value!;
      return [first.offset - 8, item] as const;
    }),
  );
  const chain = (offset: number): DataSet[] => {
    if (offset === 0) return [];
    const record = records.get(offset);
    assert.ok(record, `a record begins at ${offset}`);
    return [record, ...chain(record.number('OffsetOfTheNextDirectoryRecord')!)];
  };
  const below = (record: DataSet): DataSet[] => chain(record.number('OffsetOfReferencedLowerLevelDirectoryEntity')!);
  const roots = chain(dataset.number('OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity')!);
  const last = dataset.number('OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity')!;
  return { dataset, records, roots, below, last: records.get(last) };
}

test('PS3.3 F.3: offsets lead from patient to study to series to file, whatever the order the files come in', () => {
  const files = [
    file('P1', '1.1', '1.1.1', 'IM000001'),
    file('P2', '1.2', '1.2.1', 'IM000002'),
    file('P1', '1.1', '1.1.1', 'IM000003'),
    file('P1', '1.1', '1.1.2', 'IM000004'),
    file('P1', '1.3', '1.3.1', 'IM000005'),
  ];
  const { dataset, records, roots, below, last } = recordsByOffset(dicomdir(files, '2.25.1'));
  assert.equal(dataset.text('FileSetID'), 'FASCIA');
  assert.equal(records.size, 2 + 3 + 4 + 5);
  assert.equal(last, roots[1]);
  const tree = roots.map((patient) => ({
    patient: patient.text('PatientID'),
    studies: below(patient).map((study) => ({
      study: study.text('StudyInstanceUID'),
      series: below(study).map((series) => below(series).map((image) => image.texts('ReferencedFileID').join('/'))),
    })),
  }));
  assert.deepEqual(tree, [
    {
      patient: 'P1',
      studies: [
        { study: '1.1', series: [['DICOM/SE000001/IM000001', 'DICOM/SE000001/IM000003'], ['DICOM/SE000001/IM000004']] },
        { study: '1.3', series: [['DICOM/SE000001/IM000005']] },
      ],
    },
    { patient: 'P2', studies: [{ study: '1.2', series: [['DICOM/SE000001/IM000002']] }] },
  ]);
});

test('PS3.3 F.5: a record has its type, its keys, and values where there must be some', () => {
  const { roots, below } = recordsByOffset(dicomdir([file('P1', '1.1', '1.1.1', 'IM000001')], '2.25.1'));
  const [patient] = roots;
  const [study] = below(patient!);
  const [series] = below(study!);
  const [image] = below(series!);
  assert.deepEqual(
    [patient, study, series, image].map((record) => record!.text('DirectoryRecordType')),
    ['PATIENT', 'STUDY', 'SERIES', 'IMAGE'],
  );
  assert.equal(patient!.text('PatientName'), 'P1^Jürgen');
  for (const keyword of ['StudyDate', 'StudyTime', 'StudyID']) assert.ok(study!.text(keyword), keyword);
  assert.ok(study!.has('AccessionNumber'), 'type 2: present, though empty');
  assert.deepEqual([series!.text('SeriesNumber'), image!.text('InstanceNumber')], ['1', '1']);
  assert.equal(image!.text('ReferencedSOPClassUIDInFile'), CT);
  assert.equal(image!.text('ReferencedSOPInstanceUIDInFile'), '1.1.1.000001');
  assert.equal(image!.text('ReferencedTransferSyntaxUIDInFile'), '1.2.840.10008.1.2.4.80');
  assert.equal(image!.number('RecordInUseFlag'), 0xffff);
});

test('what is no image has a record of its own type, with its sequences', () => {
  const title = new DataSet()
    .set('CodeValue', '113000')
    .set('CodingSchemeDesignator', 'DCM')
    .set('CodeMeaning', 'Of Interest');
  const keyObjects = {
    ...file('P1', '1.1', '1.1.9', 'IM000001', new DataSet().set('ConceptNameCodeSequence', [title])),
    sopClassUid: KEY_OBJECTS,
  };
  const { records } = recordsByOffset(dicomdir([keyObjects], '2.25.1'));
  const record = [...records.values()].find((each) => each.text('DirectoryRecordType') === 'KEY OBJECT DOC');
  assert.equal(record!.items('ConceptNameCodeSequence')[0]!.text('CodeMeaning'), 'Of Interest');
  const types = {
    '1.2.840.10008.5.1.4.1.1.11.1': 'PRESENTATION',
    '1.2.840.10008.5.1.4.1.1.88.67': 'SR DOCUMENT',
    '1.2.840.10008.5.1.4.1.1.104.1': 'ENCAP DOC',
    '1.2.840.10008.5.1.4.1.1.481.2': 'RT DOSE',
    '1.2.840.10008.5.1.4.1.1.481.1': 'IMAGE',
    '1.2.840.10008.5.1.4.1.1.9.1.1': 'WAVEFORM',
    '1.2.840.10008.5.1.4.1.1.66.4': 'IMAGE',
    '1.2.840.10008.5.1.4.1.1.77.1.5.7': 'IMAGE',
  };
  for (const [uid, type] of Object.entries(types)) assert.equal(recordTypeOf(uid), type, uid);
});
