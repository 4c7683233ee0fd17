import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatenated } from './bytes.ts';
import { characterSet } from './character-set.ts';
import { DataSet } from './dataset.ts';
import { decimalString } from './element-values.ts';
import { readDicom } from './reader.ts';
import { tag } from './tag.ts';
import { part10, smallImage } from './testing/objects.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from './transfer-syntax.ts';
import { writeDataSet } from './writer.ts';

test('values come back as they were set, by keyword, hexadecimal digits or tag', () => {
  const dataset = new DataSet()
    .set('ImageType', ['ORIGINAL', 'PRIMARY'])
    .set('00100020', 'ID')
    .set(tag(0x0028, 0x0010), 512)
    .set('DimensionIndexPointer', ['PatientID', '00280010'])
    .set('RealWorldValueIntercept', -1.5);
  assert.deepEqual(dataset.texts('ImageType'), ['ORIGINAL', 'PRIMARY']);
  assert.equal(dataset.text(0x0010_0020), 'ID');
  assert.equal(dataset.number('Rows'), 512);
  assert.deepEqual(dataset.texts('DimensionIndexPointer'), ['00100020', '00280010']);
  assert.deepEqual(dataset.numbers('RealWorldValueIntercept'), [-1.5]);
  assert.throws(() => dataset.text('NoSuchKeyword'), TypeError);
});

test('PS3.5 6.2: padding is no part of a value, nor are leading spaces where they have no meaning', () => {
  const dataset = new DataSet()
    .set('PatientID', '  A 1  ')
    .set('ImageComments', '  kept  ')
    .set('StudyInstanceUID', '1.2');
  assert.equal(dataset.text('PatientID'), 'A 1');
  assert.equal(dataset.text('ImageComments'), '  kept');
  assert.deepEqual(dataset.bytes('StudyInstanceUID'), new Uint8Array([0x31, 0x2e, 0x32, 0]));
});

test('an attribute that is empty is present and has no value', () => {
  const dataset = new DataSet().set('PatientID', null);
  assert.equal(dataset.has('PatientID'), true);
  assert.equal(dataset.text('PatientID'), undefined);
  assert.deepEqual(dataset.texts('PatientID'), []);
});

test('SV and UV keep numbers beyond 2^53', () => {
  const dataset = new DataSet().set('SelectorUVValue', [2n ** 64n - 1n], 'UV');
  assert.deepEqual(dataset.bigints('SelectorUVValue'), [2n ** 64n - 1n]);
  assert.deepEqual(dataset.texts('SelectorUVValue'), ['18446744073709551615']);
});

test('a malformed number is no number', () => {
  const dataset = new DataSet().set('NumberOfFrames', '1A').set('PixelSpacing', ['0.5', 'x']);
  assert.equal(dataset.number('NumberOfFrames'), undefined);
  assert.deepEqual(dataset.numbers('PixelSpacing'), [0.5, Number.NaN]);
});

test('PS3.5 6.2: a DS has at most 16 characters', () => {
  assert.deepEqual([0.1 + 0.2, -1.234567890123e-300, 1e21, 3, -1 / 3].map(decimalString), [
    '0.3',
    '-1.23456789e-300',
    '1e+21',
    '3',
    '-0.3333333333333',
  ]);
});

test('text that the character set cannot express makes the object UTF-8, what was there included', () => {
  const item = new DataSet().set('PatientID', 'I-1');
  const dataset = new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 100')
    .set('StudyDescription', 'Schädel')
    .set('ReferencedStudySequence', [item]);
  assert.deepEqual(dataset.bytes('StudyDescription')!.length, 8);
  item.set('PatientName', '山田^太郎');
  assert.deepEqual(dataset.texts('SpecificCharacterSet'), ['ISO_IR 192']);
  assert.equal(dataset.text('StudyDescription'), 'Schädel');
  assert.equal(item.text('PatientName'), '山田^太郎');
});

test('recode encodes for a peer that reads one character set alone, or changes nothing', () => {
  const dataset = smallImage();
  assert.equal(dataset.recode(characterSet(['ISO_IR 101'])), true);
  assert.equal(dataset.text('PatientName'), 'Müller^Jörg');
  assert.deepEqual(dataset.texts('SpecificCharacterSet'), ['ISO_IR 101']);
  assert.equal(dataset.recode(characterSet(['ISO_IR 127'])), false);
  assert.equal(dataset.text('PatientName'), 'Müller^Jörg');
});

test('an edit in an item spoils the bytes of what encloses it, and of nothing else', () => {
  const { dataset } = readDicom(part10(smallImage(), EXPLICIT_VR_LITTLE_ENDIAN));
  const [first, second] = dataset.items('ReferencedStudySequence');
  first!.items('PurposeOfReferenceCodeSequence')[0]!.set('CodeValue', '121312');
  assert.equal(dataset.encoded, undefined);
  assert.equal(dataset.get('ReferencedStudySequence')!.encoded, undefined);
  assert.equal(first!.get('PurposeOfReferenceCodeSequence')!.encoded, undefined);
  assert.ok(first!.get('ReferencedSOPInstanceUID')!.encoded);
  assert.ok(second!.get('PurposeOfReferenceCodeSequence')!.encoded);
  assert.ok(dataset.get('PatientName')!.encoded);
  const again = readDicom(concatenated(writeDataSet(dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!)), {
    transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN,
  });
  const [changed, kept] = again.dataset.items('ReferencedStudySequence');
  assert.equal(changed!.items('PurposeOfReferenceCodeSequence')[0]!.text('CodeValue'), '121312');
  assert.equal(kept!.items('PurposeOfReferenceCodeSequence')[0]!.text('CodeValue'), '121311');
});
