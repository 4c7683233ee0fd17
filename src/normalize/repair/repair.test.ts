import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataSet } from '../../dicom/dataset.ts';
import { smallImage } from '../../dicom/testing/objects.ts';
import { countsOfSeries } from './counts.ts';
import { type RepairCode, repairsOf } from './repair.ts';

const codesOf = (dataset: DataSet, code: RepairCode): string[] =>
  repairsOf(dataset)
    .findings.filter((finding) => finding.code === code)
    .map(({ attribute }) => attribute);
const repaired = (dataset: DataSet, attribute: string): unknown =>
  repairsOf(dataset).facts.find((fact) => fact.attribute === attribute)?.value;

test('the object stays as it came: a repair is a fact beside it', () => {
  const image = smallImage().set('PatientSize', 178);
  assert.equal(repaired(image, 'PatientSize'), 1.78);
  assert.equal(image.number('PatientSize'), 178);
});

test('bytes of another character set than the declared one name the one they are', () => {
  const utf8 = smallImage().set('SpecificCharacterSet', 'ISO_IR 100');
  assert.equal(repaired(utf8, 'SpecificCharacterSet'), 'ISO_IR 192');
  const ascii = smallImage().set('PatientName', 'Doe^Jane').set('SpecificCharacterSet', 'ISO_IR 6');
  assert.deepEqual(codesOf(ascii, 'character-set'), []);
});

test('a comma between family and given name becomes a caret; two words alone are left to a person', () => {
  assert.equal(repaired(smallImage().set('PatientName', 'Doe, Jane'), 'PatientName'), 'Doe^Jane');
  const words = smallImage().set('PatientName', 'Jane Doe');
  assert.equal(repaired(words, 'PatientName'), undefined);
  assert.deepEqual(codesOf(words, 'person-name'), ['PatientName']);
});

test('dates of other forms are read where day and month are certain', () => {
  const born = (text: string): DataSet => smallImage().set('PatientBirthDate', text, 'LO');
  assert.equal(repaired(born('1961-07-04'), 'PatientBirthDate'), '19610704');
  assert.equal(repaired(born('24.12.1961'), 'PatientBirthDate'), '19611224');
  assert.equal(repaired(born('04/07/1961'), 'PatientBirthDate'), undefined);
  assert.deepEqual(codesOf(born('04/07/1961'), 'date'), ['PatientBirthDate']);
  assert.deepEqual(codesOf(smallImage().set('PatientBirthDate', '20300101'), 'date'), ['PatientBirthDate']);
});

test('numbers in seconds, centimetres and grams are given in the unit of PS3.3', () => {
  const mr = smallImage().set('Modality', 'MR').set('EchoTime', 0.085);
  assert.equal(repaired(mr, 'EchoTime'), 85);
  assert.equal(repaired(smallImage().set('PatientWeight', 81_500), 'PatientWeight'), 81.5);
  assert.deepEqual(codesOf(smallImage().set('PatientWeight', 81), 'unit'), []);
});

test('a side or part that the description contradicts is told, a modality OT is resolved by the SOP Class', () => {
  const knee = smallImage()
    .set('StudyDescription', 'MRI KNEE LEFT')
    .set('Laterality', 'R')
    .set('BodyPartExamined', 'HEAD');
  assert.deepEqual(codesOf(knee, 'laterality'), ['Laterality']);
  assert.equal(repaired(knee, 'BodyPartExamined'), 'KNEE');
  const ct = smallImage().set('SOPClassUID', '1.2.840.10008.5.1.4.1.1.2');
  assert.equal(repaired(ct, 'Modality'), 'CT');
});

test('Type 1 attributes must have a value, Type 2 must be there', () => {
  const missing = codesOf(smallImage(), 'missing');
  assert.ok(missing.includes('BitsStored'));
  assert.ok(missing.includes('AccessionNumber'));
  assert.ok(!codesOf(smallImage().set('AccessionNumber', null), 'missing').includes('AccessionNumber'));
});

test('bytes tell how many frames there are, and images how many a series has', () => {
  assert.equal(repaired(smallImage().set('NumberOfFrames', 3), 'NumberOfFrames'), 1);
  const series = [
    smallImage().set('NumberOfSeriesRelatedInstances', 3),
    smallImage().set('NumberOfSeriesRelatedInstances', 3),
  ];
  assert.deepEqual(
    countsOfSeries(series).map(({ attribute }) => attribute),
    ['NumberOfSeriesRelatedInstances'],
  );
});

test('no sentence of a finding holds what the patient data say', () => {
  const image = smallImage().set('PatientName', 'Unmistakable, Jane').set('PatientBirthDate', '31.12.1950', 'LO');
  const { facts, findings } = repairsOf(image);
  const told = [...facts.map(({ reason }) => reason), ...findings.map(({ text }) => text)].join('\n');
  assert.doesNotMatch(told, /Unmistakable|1950/);
});
