import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from '../dicom/dataset.ts';
import { annotationGraphics, annotationLines } from './annotation.ts';

const dataset = new DataSet()
  .set('SpecificCharacterSet', 'ISO_IR 192')
  .set('PatientName', 'Yamada^Tarou^J=山田^太郎=やまだ^たろう')
  .set('PatientID', 'P-17')
  .set('PatientBirthDate', '19561231')
  .set('PatientSex', 'M')
  .set('Modality', 'MR')
  .set('BodyPartExamined', 'KNEE')
  .set('Laterality', 'L')
  .set('StudyDate', '20260115')
  .set('StudyTime', '101112.5')
  .set('SeriesNumber', '3')
  .set('InstanceNumber', '12')
  .set('RepetitionTime', '2000')
  .set('EchoTime', '30');

test('PS3.18 8.3.5.1.1: patient is who it is, technique how and when the image was made', () => {
  const { patient, technique } = annotationLines(dataset, ['patient', 'technique'], { frame: 2, frames: 9 });
  assert.deepEqual(patient, ['Yamada, Tarou J', '山田, 太郎', 'P-17', '* 1956-12-31 M']);
  assert.deepEqual(technique, ['MR KNEE L', '2026-01-15 10:11', 'Se 3 Im 12 Fr 2/9', 'TR 2000 ms TE 30 ms']);
});

test('what is not wanted is not written, and what the object does not say leaves no empty line', () => {
  assert.deepEqual(annotationLines(dataset, ['technique'], { frame: 1, frames: 1 }).patient, []);
  const nobody = annotationLines(new DataSet(), ['patient', 'technique'], { frame: 1, frames: 1 });
  assert.deepEqual(nobody, { patient: [], technique: [] });
  assert.deepEqual(annotationGraphics(nobody, 100, 100), []);
});

test('lines stay in their half and their share of the height, however long and many they are', () => {
  const lines = { patient: ['W'.repeat(64), '山'.repeat(40)], technique: Array.from({ length: 9 }, () => 'x') };
  const [left, right] = annotationGraphics(lines, 320, 240);
  assert.ok(left?.kind === 'text' && right?.kind === 'text');
  assert.ok((left.height! / 2) * 72 * 0.58 <= 160);
  assert.ok(right.height! <= 240 * 0.36);
  assert.deepEqual([left.align, right.align, right.x > 310], ['LEFT', 'RIGHT', true]);
});
