import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatenated } from './bytes.ts';
import { DataSet } from './dataset.ts';
import { limits } from './deflate.ts';
import { fileMeta } from './file-meta.ts';
import { DicomReader, readDicom } from './reader.ts';
import {
  encapsulatedImage,
  JPEG_BASELINE,
  jpegLike,
  objectsOfEveryKind,
  part10,
  smallImage,
} from './testing/objects.ts';
import {
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  transferSyntax,
} from './transfer-syntax.ts';
import { isUsableUid, isValidUid, newUid } from './uid.ts';
import { writeDataSet, writePart10 } from './writer.ts';

const explicit = transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!;
const implicit = transferSyntax(IMPLICIT_VR_LITTLE_ENDIAN)!;
const literal = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

test('PS3.10 7.1: the header of a file that came by C-STORE has every Type 1 element and the length it has', () => {
  const header = fileMeta({
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    sopInstanceUid: '2.25.123',
    transferSyntaxUid: IMPLICIT_VR_LITTLE_ENDIAN,
    sourceAeTitle: 'CT1',
  });
  const { meta, findings, datasetOffset } = readDicom(
    concatenated([header, concatenated(writeDataSet(smallImage(), implicit))]),
  );
  assert.deepEqual(findings, []);
  assert.equal(datasetOffset, header.length);
  assert.equal(meta.number('FileMetaInformationGroupLength'), header.length - 144);
  assert.deepEqual(meta.bytes('FileMetaInformationVersion')?.slice(), new Uint8Array([0, 1]));
  assert.equal(meta.text('MediaStorageSOPInstanceUID'), '2.25.123');
  assert.equal(meta.text('TransferSyntaxUID'), IMPLICIT_VR_LITTLE_ENDIAN);
  assert.equal(meta.text('SourceApplicationEntityTitle'), 'CT1');
  assert.ok(isValidUid(meta.text('ImplementationClassUID')!));
});

test('what was read and not edited is written as the same file', () => {
  for (const file of objectsOfEveryKind()) assert.deepEqual(concatenated(writePart10(readDicom(file))), file);
});

test('PS3.5 7.1.2: short and long lengths, padding, and order of tags', () => {
  const dataset = new DataSet().set('PatientID', 'A').set('Modality', 'CT').set('ImageComments', 'x');
  assert.deepEqual(
    concatenated(writeDataSet(dataset, explicit)),
    literal('\x08\x00\x60\x00CS\x02\x00CT\x10\x00\x20\x00LO\x02\x00A \x20\x00\x00\x40LT\x02\x00x '),
  );
});

test('PS3.5 6.2.2: a value too long for the 16-bit length of its VR is written as UN', () => {
  const dataset = new DataSet().set('ImageComments', 'x'.repeat(70_000));
  const bytes = concatenated(writeDataSet(dataset, explicit));
  assert.deepEqual(bytes.subarray(4, 6), literal('UN'));
  const read = readDicom(bytes, { transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN });
  assert.equal(read.dataset.text('ImageComments')?.length, 70_000);
});

test('PS3.5 7.2: group lengths that were read go when something is edited, for they no longer fit', () => {
  const bytes = literal('\x08\x00\x00\x00UL\x04\x00\x0a\x00\x00\x00\x08\x00\x60\x00CS\x02\x00CT');
  const { dataset } = readDicom(bytes, { transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN });
  assert.equal(concatenated(writeDataSet(dataset, explicit)).length, bytes.length);
  dataset.set('Modality', 'MR');
  assert.deepEqual(concatenated(writeDataSet(dataset, explicit)), literal('\x08\x00\x60\x00CS\x02\x00MR'));
});

test('an edited file keeps its preamble and what else its header said', () => {
  const file = part10(smallImage(), EXPLICIT_VR_LITTLE_ENDIAN);
  file.set(literal('II*\0'));
  const read = readDicom(file);
  read.dataset.set('PatientID', 'CHANGED');
  const again = readDicom(concatenated(writePart10(read, implicit)));
  assert.deepEqual(again.preamble?.subarray(0, 4), literal('II*\0'));
  assert.equal(again.transferSyntax.uid, IMPLICIT_VR_LITTLE_ENDIAN);
  assert.equal(again.dataset.text('PatientID'), 'CHANGED');
  assert.deepEqual(again.findings, []);
});

test('PS3.5 A.5: a data set is deflated to an even number of bytes, large ones without being gathered', () => {
  const deflated = transferSyntax(DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)!;
  for (const length of [10, 12, limits.compressedBytes + 70_001]) {
    const pixels = Uint8Array.from({ length: length + (length % 2) }, (_, i) => i % 251);
    const bytes = concatenated(writeDataSet(smallImage().set('PixelData', pixels, 'OW'), deflated));
    assert.equal(bytes.length % 2, 0);
    const { dataset } = readDicom(bytes, { transferSyntaxUid: deflated.uid });
    assert.deepEqual(dataset.bytes('PixelData'), pixels);
  }
});

test('fragments are written as they are, and the table before them', () => {
  const image = encapsulatedImage([jpegLike(20), jpegLike(9)], new Uint8Array([0, 0, 0, 0]));
  const { dataset } = readDicom(part10(image, JPEG_BASELINE));
  dataset.set('PatientID', 'CHANGED');
  const again = readDicom(concatenated(writePart10({ meta: new DataSet(), dataset }, transferSyntax(JPEG_BASELINE)!)));
  assert.ok(again.pixelData?.kind === 'encapsulated');
  assert.deepEqual(
    again.pixelData.fragments.map(({ length }) => length),
    [20, 10],
  );
  assert.deepEqual(again.pixelData.basicOffsetTable, new Uint8Array([0, 0, 0, 0]));
});

test('a value that is not held cannot be written', () => {
  const reader = new DicomReader();
  reader.push(part10(smallImage(), EXPLICIT_VR_LITTLE_ENDIAN));
  const { dataset } = reader.end();
  assert.throws(() => writeDataSet(dataset, explicit), TypeError);
});

test('PS3.5 9.1 and B.2: UIDs', () => {
  assert.ok(isValidUid('1.2.840.10008.1.2') && isValidUid('2.25.0'));
  for (const text of ['', '1.', '.1', '1..2', '1.02', '1.2a', `${'1.'.repeat(32)}11`])
    assert.ok(!isValidUid(text), text);
  assert.ok(isUsableUid('999.999.1.19941016.083000') && !isUsableUid('1.2/../3'));
  assert.equal(newUid(new Uint8Array(16)), '2.25.302240678275694148452352');
  assert.ok(isValidUid(newUid(new Uint8Array(16).fill(0xff))));
});
