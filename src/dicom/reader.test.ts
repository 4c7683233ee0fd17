import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'fflate';
import { fuzzRuns, fuzzSeed } from '../../test/support/fuzz-runs.ts';
import { Problem } from '../base/problem.ts';
import { concatenated } from './bytes.ts';
import { DataSet } from './dataset.ts';
import { isBulkRef, isFragments } from './element.ts';
import { fuzz } from './reader.fuzz.ts';
import { DicomReader, type ReaderOptions, type ReadResult, readDicom } from './reader.ts';
import {
  encapsulatedImage,
  JPEG_BASELINE,
  jpegLike,
  nested,
  part10,
  smallImage,
  uncompressedSyntaxes,
} from './testing/objects.ts';
import {
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  transferSyntax,
} from './transfer-syntax.ts';
import { writeDataSet, writePart10 } from './writer.ts';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const codes = ({ findings }: ReadResult): string[] => findings.map(({ code }) => code);

/** Bare bytes of a data set, `\x..` for what is not text. */
const readBytes = (
  literal: string,
  transferSyntaxUid: string = EXPLICIT_VR_LITTLE_ENDIAN,
  options: ReaderOptions = {},
) => readDicom(latin1(literal), { transferSyntaxUid, ...options });

const isProblem = (code: string) => (thrown: unknown) => thrown instanceof Problem && thrown.code === code;

for (const uid of uncompressedSyntaxes) {
  test(`PS3.5 Annex A: ${transferSyntax(uid)!.name} is read`, () => {
    const { dataset, findings, transferSyntax: syntax } = readDicom(part10(smallImage(), uid));
    assert.equal(syntax.uid, uid);
    assert.deepEqual(findings, []);
    assert.equal(dataset.text('PatientName'), 'Müller^Jörg');
    assert.equal(dataset.number('Rows'), 4);
    assert.deepEqual(dataset.bytes('PixelData'), smallImage().bytes('PixelData'));
    const [, second] = dataset.items('ReferencedStudySequence');
    assert.equal(second!.items('PurposeOfReferenceCodeSequence')[0]!.text('CodeValue'), '121311');
  });
}

test('PS3.3 C.12.1.1.2: an item without a character set has that of the data set around it', () => {
  const item = new DataSet().set('StudyDescription', 'Schädel');
  const outer = new DataSet().set('SpecificCharacterSet', 'ISO_IR 192').set('ReferencedStudySequence', [item]);
  const [read] = readDicom(part10(outer, EXPLICIT_VR_LITTLE_ENDIAN)).dataset.items('ReferencedStudySequence');
  assert.equal(read!.text('StudyDescription'), 'Schädel');
});

test('pixel data that comes in pieces is counted, not held, and its place is exact', () => {
  const file = part10(smallImage(), EXPLICIT_VR_LITTLE_ENDIAN);
  const reader = new DicomReader({ baseOffset: 1000 });
  reader.push(file);
  assert.equal(reader.atPixelData, true);
  const { pixelData, dataset } = reader.end();
  assert.ok(pixelData?.kind === 'native' && pixelData.length === 32);
  const at = pixelData.offset - 1000;
  assert.deepEqual(file.slice(at, at + 32), smallImage().bytes('PixelData'));
  assert.ok(isBulkRef(dataset.get('PixelData')!.value));
});

test('the bytes of a chunk may be used again as soon as push returns', () => {
  const file = part10(smallImage(), EXPLICIT_VR_LITTLE_ENDIAN);
  const reader = new DicomReader();
  const chunk = Buffer.alloc(64);
  for (let at = 0; at < file.length; at += chunk.length) {
    const length = Math.min(chunk.length, file.length - at);
    chunk.set(file.subarray(at, at + length));
    reader.push(chunk.subarray(0, length));
    chunk.fill(0x2a);
  }
  const { dataset } = reader.end();
  assert.equal(dataset.text('PatientName'), 'Müller^Jörg');
  assert.equal(dataset.text('PatientID'), 'TEST-1');
});

test('values over the limit become references, the others are held', () => {
  const file = part10(smallImage().set('ImageComments', 'x'.repeat(500)), EXPLICIT_VR_LITTLE_ENDIAN);
  const reader = new DicomReader({ holdValuesUpTo: 100 });
  reader.push(file);
  const { value } = reader.end().dataset.get('ImageComments')!;
  assert.ok(isBulkRef(value) && value.length === 500 && file[value.offset] === 0x78);
});

test('PS3.5 A.4: the fragments of encapsulated pixel data are found, and the bytes of each', () => {
  const fragments = [jpegLike(20), jpegLike(30), jpegLike(10)];
  const { dataset, pixelData } = readDicom(part10(encapsulatedImage(fragments), JPEG_BASELINE));
  assert.ok(pixelData?.kind === 'encapsulated');
  const { value } = dataset.get('PixelData')!;
  assert.ok(isFragments(value));
  assert.deepEqual(
    value.fragments.map(({ bytes }) => bytes?.slice()),
    fragments,
  );
});

test('PS3.5 6.2.2: a UN of undefined length holds items in implicit VR (CP-246)', () => {
  const content = '\xfe\xff\x00\xe0\x10\x00\x00\x00\x10\x00\x20\x00\x08\x00\x00\x00INSIDE-1';
  const read = readBytes(
    `\x09\x00\x10\x00LO\x04\x00ACME\x09\x00\x01\x10UN\x00\x00\xff\xff\xff\xff${content}\xfe\xff\xdd\xe0\x00\x00\x00\x00`,
  );
  assert.equal(read.dataset.items(0x0009_1001)[0]!.text('PatientID'), 'INSIDE-1');
  assert.deepEqual(codes(read), ['un-implicit']);
});

test('PS3.5 6.2.2: a UN of defined length is read as what the dictionary says', () => {
  const read = readBytes('\x10\x00\x20\x00UN\x00\x00\x04\x00\x00\x00ID-1');
  assert.equal(read.dataset.get('PatientID')!.vr, 'LO');
  assert.equal(read.dataset.text('PatientID'), 'ID-1');
});

test('PS3.5 A.1: in implicit VR, Pixel Representation decides between US and SS', () => {
  const image = smallImage().set('PixelRepresentation', 1).set('SmallestImagePixelValue', [-5], 'SS');
  const { dataset } = readDicom(part10(image, IMPLICIT_VR_LITTLE_ENDIAN));
  assert.equal(dataset.number('SmallestImagePixelValue'), -5);
});

test('a file without preamble and DICM is read, and the finding says so', () => {
  const file = part10(smallImage(), EXPLICIT_VR_LITTLE_ENDIAN).slice(132);
  const read = readDicom(file);
  assert.deepEqual(codes(read), ['missing-preamble']);
  assert.equal(read.dataset.text('PatientID'), 'TEST-1');
  assert.throws(() => readDicom(file, { form: 'part10' }), isProblem('dicom/unreadable'));
});

for (const uid of uncompressedSyntaxes.filter((each) => each !== DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)) {
  test(`a data set without File Meta Information is recognised as ${transferSyntax(uid)!.name}`, () => {
    const read = readDicom(concatenated(writeDataSet(smallImage(), transferSyntax(uid)!)));
    assert.equal(read.transferSyntax.uid, uid);
    assert.deepEqual(codes(read), ['missing-preamble', 'missing-meta', 'transfer-syntax-guessed']);
  });
}

for (const [declared, actual] of [
  [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN],
  [IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN],
  [EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN],
  [EXPLICIT_VR_BIG_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN],
  [DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN],
] as const) {
  const [wrong, right] = [transferSyntax(declared)!.name, transferSyntax(actual)!.name];
  test(`a data set declared as ${wrong} but written in ${right} is read as it is`, () => {
    const bytes = concatenated(writeDataSet(smallImage(), transferSyntax(actual)!));
    const read = readDicom(bytes, { transferSyntaxUid: declared });
    assert.equal(read.transferSyntax.uid, actual);
    assert.ok(codes(read).includes('transfer-syntax-wrong'));
    assert.equal(read.dataset.text('PatientID'), 'TEST-1');
  });
}

const defects: [what: string, literal: string, code: string, check?: (dataset: DataSet) => void][] = [
  ['an odd length', '\x10\x00\x20\x00LO\x03\x00ABC', 'odd-length', (d) => assert.equal(d.text('PatientID'), 'ABC')],
  [
    'a VR that is none',
    '\x10\x00\x20\x00XX\x00\x00\x04\x00\x00\x00ID-1',
    'unknown-vr',
    (d) => assert.equal(d.text('PatientID'), 'ID-1'),
  ],
  [
    'an element without VR',
    '\x08\x00\x60\x00CS\x02\x00CT\x10\x00\x20\x00\x04\x00\x00\x00ID-1',
    'unknown-vr',
    (d) => assert.equal(d.text('PatientID'), 'ID-1'),
  ],
  [
    'a VR of another attribute',
    '\x10\x00\x20\x00DA\x04\x00ID-1',
    'wrong-vr',
    (d) => assert.equal(d.text('PatientID'), 'ID-1'),
  ],
  [
    'Rows as UL of two bytes',
    '\x28\x00\x10\x00UL\x02\x00\x00\x02',
    'wrong-vr',
    (d) => assert.equal(d.number('Rows'), 512),
  ],
  [
    'a repeated element',
    '\x10\x00\x20\x00LO\x02\x00A1\x10\x00\x20\x00LO\x02\x00A2',
    'duplicate-element',
    (d) => assert.equal(d.text('PatientID'), 'A2'),
  ],
  [
    'tags that descend',
    '\x10\x00\x20\x00LO\x02\x00A1\x08\x00\x60\x00CS\x02\x00CT',
    'out-of-order',
    (d) => assert.equal(d.text('Modality'), 'CT'),
  ],
  ['a private element that nobody owns', '\x09\x00\x01\x10LO\x02\x00A1', 'private-without-creator'],
  [
    'zeros behind the data set',
    `\x10\x00\x20\x00LO\x02\x00A1${'\0'.repeat(20)}`,
    'trailing-bytes',
    (d) => assert.equal(d.elements.size, 1),
  ],
  [
    'junk behind the data set',
    '\x20\x00\x10\x00SH\x02\x00A1\x01\x02\x03\x04\x05\x06\x07\x08\x09',
    'trailing-bytes',
    (d) => assert.equal(d.elements.size, 1),
  ],
  [
    'a value that the input cuts off',
    '\x10\x00\x20\x00LO\x08\x00ABC',
    'truncated',
    (d) => assert.equal(d.text('PatientID'), 'ABC'),
  ],
  [
    'an item longer than its sequence',
    '\x08\x00\x10\x11SQ\x00\x00\x12\x00\x00\x00\xfe\xff\x00\xe0\x50\x00\x00\x00\x10\x00\x20\x00LO\x02\x00A1',
    'length-overrun',
    (d) => assert.equal(d.items('ReferencedStudySequence')[0]!.text('PatientID'), 'A1'),
  ],
  [
    'a value longer than its item',
    '\x08\x00\x10\x11SQ\x00\x00\x12\x00\x00\x00\xfe\xff\x00\xe0\x0a\x00\x00\x00\x10\x00\x20\x00LO\x50\x00A1\x10\x00\x20\x00LO\x02\x00A2',
    'length-overrun',
    (d) => assert.equal(d.items('ReferencedStudySequence')[0]!.text('PatientID'), 'A1'),
  ],
  [
    'a delimiter where none belongs',
    '\x10\x00\x20\x00LO\x02\x00A1\xfe\xff\x0d\xe0\x00\x00\x00\x00\x10\x00\x30\x00DA\x08\x0020260101',
    'unexpected-delimiter',
    (d) => assert.equal(d.text('PatientBirthDate'), '20260101'),
  ],
  [
    'an item without its delimiter',
    '\x08\x00\x10\x11SQ\x00\x00\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff\x10\x00\x20\x00LO\x02\x00A1\xfe\xff\xdd\xe0\x00\x00\x00\x00',
    'unexpected-delimiter',
    (d) => assert.equal(d.items('ReferencedStudySequence')[0]!.text('PatientID'), 'A1'),
  ],
];

for (const [what, literal, code, check] of defects) {
  test(`${what} is read past and told; strict refuses it`, () => {
    const read = readBytes(literal);
    assert.deepEqual(codes(read), [code]);
    check?.(read.dataset);
    assert.throws(() => readBytes(literal, undefined, { strict: true }), isProblem('dicom/unreadable'));
  });
}

test('a finding says where: tag path with items from 1, and byte offset', () => {
  const item = '\xfe\xff\x00\xe0\x0b\x00\x00\x00\x10\x00\x20\x00LO\x03\x00ABC';
  const { findings } = readBytes(`\x08\x00\x10\x11SQ\x00\x00\x26\x00\x00\x00${item}${item}`);
  assert.deepEqual(
    findings.map(({ code, path, offset }) => ({ code, path, offset })),
    [
      { code: 'odd-length', path: '00081110[1].00100020', offset: 20 },
      { code: 'odd-length', path: '00081110[2].00100020', offset: 39 },
    ],
  );
});

test('text that does not fit its character set is told, in items too', () => {
  const item = new DataSet().set('PatientID', new Uint8Array([0xe4, 0x41]), 'LO');
  const outer = new DataSet().set('SpecificCharacterSet', 'ISO_IR 192').set('ReferencedStudySequence', [item]);
  const { findings } = readDicom(part10(outer, EXPLICIT_VR_LITTLE_ENDIAN));
  assert.deepEqual(
    findings.map(({ code, path }) => [code, path]),
    [['charset-wrong', '00081110[1].00100020']],
  );
});

for (const what of ['', 'GIF89a and so on, which is no data set at all', '\0'.repeat(200)]) {
  test(`what is no DICOM object is dicom/unreadable: ${JSON.stringify(what.slice(0, 20))}`, () => {
    assert.throws(() => readDicom(latin1(what)), isProblem('dicom/unreadable'));
  });
}

test('a file that ends in its File Meta Information is dicom/unreadable', () => {
  assert.throws(
    () => readDicom(part10(smallImage(), EXPLICIT_VR_LITTLE_ENDIAN).slice(0, 200)),
    isProblem('dicom/unreadable'),
  );
});

for (const undefinedLength of [true, false]) {
  const form = undefinedLength ? 'undefined' : 'defined';
  test(`what is nested deeper than is read is kept as bytes (${form} length)`, () => {
    const file = part10(nested(100, undefinedLength), EXPLICIT_VR_LITTLE_ENDIAN);
    const read = readDicom(file);
    assert.deepEqual(codes(read), ['depth-limit']);
    let depth = 0;
    let innermost = read.dataset;
    for (; innermost.items('ContentSequence').length > 0; depth++) innermost = innermost.items('ContentSequence')[0]!;
    assert.equal(depth, 64);
    assert.ok(innermost.bytes('ContentSequence')!.length > 36 * 16);
  });
}

test('sequences nested beyond every limit end in dicom/limit, without a stack of calls', () => {
  const level = '\x40\x00\x30\xa7SQ\x00\x00\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff';
  assert.equal(codes(readBytes(level.repeat(20_000)))[0], 'depth-limit');
  assert.throws(() => readBytes(level.repeat(60_000)), isProblem('dicom/limit'));
});

test('a sequence with more than can be held is kept as bytes, and what is around it is read', () => {
  const item = () => new DataSet().set('FrameComments', 'x'.repeat(50)).set('ReferencedImageSequence', [new DataSet()]);
  const object = smallImage().set('PerFrameFunctionalGroupsSequence', Array.from({ length: 40 }, item));
  const file = part10(object, EXPLICIT_VR_LITTLE_ENDIAN);
  const { offset } = readDicom(file).dataset.get('PerFrameFunctionalGroupsSequence')!;
  const length = readDicom(file).dataset.get('PerFrameFunctionalGroupsSequence')!.encoded!.length - 12;
  for (const limits of [{ elements: 100 }, { heldBytes: 1500 }]) {
    // What is held of one chunk is counted when the next comes.
    for (const size of 'elements' in limits ? [1, 100, file.length] : [1, 100]) {
      const reader = new DicomReader({ limits });
      for (let at = 0; at < file.length; at += size) reader.push(file.subarray(at, at + size));
      const read = reader.end();
      assert.deepEqual(codes(read), ['elements-limit']);
      assert.equal(read.findings[0]!.path, '52009230');
      const { value } = read.dataset.get('PerFrameFunctionalGroupsSequence')!;
      assert.deepEqual(value, { bulk: true, offset: offset + 12, length });
      assert.equal(read.dataset.text('PatientID'), 'TEST-1');
      assert.equal(read.pixelData?.length, 32);
      assert.equal(read.dataset.items('ReferencedStudySequence').length, 2);
    }
  }
  const whole = readDicom(file, { limits: { elements: 100 } });
  assert.equal(whole.dataset.bytes('PerFrameFunctionalGroupsSequence')!.length, length);
  assert.deepEqual(concatenated(writePart10(whole)), file);
});

test('more elements, bytes or fragments than the limits allow end in dicom/limit', () => {
  const bytes = concatenated(writeDataSet(smallImage(), transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!));
  for (const limits of [{ elements: 10 }, { heldBytes: 100 }]) {
    const reader = new DicomReader({ transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN, limits });
    const pushAll = () => {
      for (let at = 0; at < bytes.length; at++) reader.push(bytes.subarray(at, at + 1));
    };
    assert.throws(pushAll, isProblem('dicom/limit'));
  }
  const fragmented = part10(encapsulatedImage(Array(5).fill(jpegLike(8))), JPEG_BASELINE);
  assert.throws(() => readDicom(fragmented, { limits: { fragments: 4 } }), isProblem('dicom/limit'));
});

test('a deflate bomb ends in dicom/limit while it is small', () => {
  const head = concatenated(writeDataSet(smallImage(), transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!));
  const bomb = deflateSync(concatenated([head, new Uint8Array(32 * 1024 * 1024)]), { level: 9 });
  const reader = new DicomReader({
    transferSyntaxUid: DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
    limits: { inflatedBytes: 8 * 1024 * 1024 },
  });
  assert.throws(() => reader.push(bomb), isProblem('dicom/limit'));
});

test('a deflated value that announces more than may be inflated ends in dicom/limit before it is', () => {
  const announced = new Uint8Array([0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x57, 0, 0, 0, 0, 0, 0x40]);
  const reader = new DicomReader({ transferSyntaxUid: DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN });
  assert.throws(() => {
    reader.push(deflateSync(announced));
    reader.end();
  }, isProblem('dicom/limit'));
});

test('damaged deflated bytes are dicom/unreadable', () => {
  const file = part10(smallImage(), DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);
  file.fill(0xff, file.length - 200, file.length - 100);
  assert.throws(() => readDicom(file), isProblem('dicom/unreadable'));
});

test('a few thousand mutated objects are read or refused, and never crash or hang the reader', () => {
  fuzz(fuzzRuns(3000), fuzzSeed);
});
