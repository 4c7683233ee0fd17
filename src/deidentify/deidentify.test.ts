import assert from 'node:assert/strict';
import { test } from 'node:test';
import { domainOf } from '../../test/support/pseudonym-domain.ts';
import { concatenated } from '../dicom/bytes.ts';
import { DataSet } from '../dicom/dataset.ts';
import { tagOf } from '../dicom/dictionary.ts';
import { isItems } from '../dicom/element.ts';
import { jsonText } from '../dicom/json.ts';
import { readDicom } from '../dicom/reader.ts';
import { tag } from '../dicom/tag.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../dicom/transfer-syntax.ts';
import { writeDataSet } from '../dicom/writer.ts';
import { deidentify } from './deidentify.ts';
import { type Option, type Profile, presets } from './profile.ts';
import { canary, canaryHits, canaryImage } from './testing/canary.ts';

const syntax = transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!;
const bytesOf = (dataset: DataSet): Uint8Array => concatenated(writeDataSet(dataset, syntax));
const pseudonyms = domainOf('of the tests');
const profile = (name: string): Profile => presets.get(name)!;
const withOptions = (...options: Option[]): Profile => ({ ...profile('basic'), options: new Set(options) });

/** As the bytes of one that was received, so that nothing is shared with what made it. */
const received = (dataset: DataSet): DataSet => readDicom(bytesOf(dataset), { transferSyntaxUid: syntax.uid }).dataset;

for (const name of ['basic', 'R-read', 'R-trial']) {
  test(`by ${name} nothing of a patient is found in any VR, at any depth, in any encoding`, () => {
    const dataset = received(canaryImage());
    assert.notDeepEqual(canaryHits(bytesOf(dataset)), []);
    const findings = deidentify(dataset, { profile: profile(name), pseudonyms });
    assert.deepEqual(
      findings.filter(({ stops }) => stops),
      [],
    );
    assert.deepEqual(canaryHits(bytesOf(dataset)), []);
  });
}

test('R-ident changes nothing: who reads it may know the patient', () => {
  const before = bytesOf(canaryImage());
  const dataset = received(canaryImage());
  deidentify(dataset, { profile: profile('R-ident'), pseudonyms });
  assert.deepEqual(bytesOf(dataset), before);
});

test('PS3.15 E.1.1: a de-identified instance says that it is, by which method and what became of dates', () => {
  const dataset = received(canaryImage());
  deidentify(dataset, { profile: profile('R-read'), pseudonyms });
  assert.equal(dataset.text('PatientIdentityRemoved'), 'YES');
  assert.equal(dataset.text('LongitudinalTemporalInformationModified'), 'MODIFIED');
  assert.match(dataset.text('DeidentificationMethod')!, /R-read/);
  const codes = dataset.items('DeidentificationMethodCodeSequence').map((item) => item.text('CodeValue'));
  assert.deepEqual(codes, ['113100', '113103', '113104', '113105', '113107', '113111', '113108']);
});

test('an option that was not done is not claimed: pixels nobody looked at, faces', () => {
  const dataset = received(canaryImage());
  const findings = deidentify(dataset, { profile: profile('R-trial'), pseudonyms, pixels: 'cleaned' });
  const codes = dataset.items('DeidentificationMethodCodeSequence').map((item) => item.text('CodeValue'));
  assert.equal(codes.includes('113101'), true);
  assert.equal(codes.includes('113102'), false);
  assert.equal(dataset.text('BurnedInAnnotation'), 'NO');
  assert.deepEqual(
    findings.map(({ code }) => code).filter((code) => code === 'faces-not-removed'),
    ['faces-not-removed'],
  );
});

test('patients keep one pseudonym and one shift in a domain, and have others in another', () => {
  const seen = ['one', 'one', 'two'].map((key) => {
    const dataset = received(canaryImage(0));
    deidentify(dataset, { profile: profile('R-read'), pseudonyms: domainOf(key) });
    return ['PatientID', 'StudyDate', 'StudyInstanceUID', 'AccessionNumber'].map((keyword) => dataset.text(keyword)!);
  });
  assert.deepEqual(seen[0], seen[1]);
  for (const [at, text] of seen[0]!.entries()) assert.notEqual(text, seen[2]![at]);
});

test('R-read keeps what a reader judges by, and caps an age that few people have', () => {
  const dataset = received(canaryImage(0));
  deidentify(dataset, { profile: profile('R-read'), pseudonyms });
  assert.equal(dataset.text('PatientSex'), 'F');
  assert.equal(dataset.text('PatientAge'), '090Y');
  assert.equal(dataset.text('StudyTime'), '101500');
  assert.equal(dataset.text('SliceThickness'), '1.25');
  assert.equal(dataset.text('StudyDescription'), 'CT Thorax [name]');
  assert.equal(dataset.text('PatientBirthDate'), undefined);
  assert.deepEqual(dataset.texts('ImageType'), ['ORIGINAL', 'PRIMARY', 'AXIAL']);
});

test('what the profile itself says of an attribute holds at every depth, whatever the table says', () => {
  const own: Profile = {
    ...profile('basic'),
    attributes: new Map([
      [tagOf('PatientID')!, 'K'],
      [tagOf('Modality')!, 'X'],
    ]),
  };
  const dataset = received(canaryImage(0).set('ReferencedImageSequence', [new DataSet().set('Modality', 'CT')]));
  deidentify(dataset, { profile: own, pseudonyms });
  assert.equal(dataset.text('PatientID'), canary.id);
  assert.equal(dataset.has('Modality'), false);
  assert.equal(dataset.items('ReferencedImageSequence')[0]!.has('Modality'), false);
});

test('references name what the instances they name have become', () => {
  const [image, report] = [canaryImage(0), canaryImage(0)];
  report.set('ReferencedImageSequence', [new DataSet().set('ReferencedSOPInstanceUID', image.text('SOPInstanceUID')!)]);
  for (const dataset of [image, report]) deidentify(dataset, { profile: profile('basic'), pseudonyms });
  const [reference] = report.items('ReferencedImageSequence');
  assert.equal(reference!.text('ReferencedSOPInstanceUID'), image.text('SOPInstanceUID'));
  assert.match(image.text('SOPInstanceUID')!, /^2\.25\.\d+$/);
});

test('of compound actions the type in the IOD decides: removed, emptied, or a dummy', () => {
  const of = (sopClassUid: string, keyword: string): DataSet => {
    const dataset = new DataSet().set('SOPClassUID', sopClassUid).set('PatientID', 'X1').set(keyword, '20200101');
    deidentify(dataset, { profile: profile('basic'), pseudonyms });
    return dataset;
  };
  const [ct, pet, sr] = ['2', '128', '88.11'].map((end) => `1.2.840.10008.5.1.4.1.1.${end}`) as [
    string,
    string,
    string,
  ];
  assert.equal(of(ct, 'SeriesDate').has('SeriesDate'), false);
  assert.equal(of(pet, 'SeriesDate').text('SeriesDate'), '19000101');
  assert.equal(of(ct, 'ContentDate').get('ContentDate')?.value.valueOf() instanceof Uint8Array, true);
  assert.equal(of(ct, 'ContentDate').text('ContentDate'), undefined);
  assert.equal(of(sr, 'ContentDate').text('ContentDate'), '19000101');
});

test('private elements leave by the option alone, those the standard lists as safe, with their creator', () => {
  const image = (): DataSet =>
    canaryImage(0)
      .set(tag(0x0019, 0x0010), 'SIEMENS MR HEADER', 'LO')
      .set(tag(0x0019, 0x100c), '1000', 'IS')
      .set(tag(0x0019, 0x100f), 'FAST', 'SH');
  const basic = image();
  deidentify(basic, { profile: profile('basic'), pseudonyms });
  assert.deepEqual(
    [...basic.elements.keys()].filter((each) => (each >>> 16) & 1),
    [],
  );
  const read = image();
  deidentify(read, { profile: profile('R-read'), pseudonyms });
  assert.deepEqual(
    [...read.elements.keys()].filter((each) => (each >>> 16) & 1),
    [tag(0x0019, 0x0010), tag(0x0019, 0x100c)],
  );
});

test('structured content without its option is one comment; with it, observers and subjects are dummies and findings stay', () => {
  const item = (code: string, vt: string, keyword: string, value: string): DataSet =>
    new DataSet()
      .set('ValueType', vt)
      .set('ConceptNameCodeSequence', [new DataSet().set('CodeValue', code).set('CodingSchemeDesignator', 'DCM')])
      .set(keyword, value);
  const report = (): DataSet =>
    canaryImage(0).set('ContentSequence', [
      item('121008', 'PNAME', 'PersonName', `${canary.physician}^Rosa`),
      item('121030', 'TEXT', 'TextValue', 'subject 12'),
      item('121071', 'TEXT', 'TextValue', `Frau ${canary.family} hat am 31.01.2026 einen Knoten von 9 mm`),
    ]);
  const basic = report();
  deidentify(basic, { profile: profile('basic'), pseudonyms });
  assert.deepEqual(
    basic.items('ContentSequence').map((each) => each.text('TextValue')),
    ['removed by de-identification'],
  );
  const read = report();
  deidentify(read, { profile: profile('R-read'), pseudonyms });
  const texts = read.items('ContentSequence').map((each) => each.text('PersonName') ?? each.text('TextValue'));
  assert.deepEqual(texts, ['REMOVED', 'REMOVED', 'Frau [name] hat am [date] einen Knoten von 9 mm']);
});

test('text of presentation states is cleaned where graphics are, and a word where they are not', () => {
  const state = (): DataSet =>
    canaryImage(0).set('GraphicAnnotationSequence', [
      new DataSet()
        .set('GraphicLayer', 'L1')
        .set('TextObjectSequence', [new DataSet().set('UnformattedTextValue', `Herd, ${canary.given}`)]),
    ]);
  const textsOf = (of: Profile): (string | undefined)[] => {
    const dataset = state();
    deidentify(dataset, { profile: of, pseudonyms });
    return dataset
      .items('GraphicAnnotationSequence')
      .flatMap((each) => each.items('TextObjectSequence'))
      .map((each) => each.text('UnformattedTextValue'));
  };
  assert.deepEqual(textsOf(withOptions('clean-graphics')), ['Herd, [name]']);
  assert.deepEqual(textsOf(withOptions()), ['REMOVED']);
});

test('an encapsulated document becomes one page that says so, of the length that is declared', () => {
  const dataset = canaryImage(0)
    .set('MIMETypeOfEncapsulatedDocument', 'application/pdf')
    .set('EncapsulatedDocument', new TextEncoder().encode(`%PDF-1.4 (${canary.family})`), 'OB')
    .set('EncapsulatedDocumentLength', 30);
  deidentify(dataset, { profile: profile('R-read'), pseudonyms });
  const document = dataset.bytes('EncapsulatedDocument')!;
  const text = new TextDecoder().decode(document);
  const length = dataset.number('EncapsulatedDocumentLength')!;
  assert.match(text, /^%PDF-1\.4[\s\S]*%%EOF\n\0?$/);
  assert.equal(document.length - length <= 1, true);
  const start = Number(/startxref\n(\d+)/.exec(text)![1]);
  assert.equal(text.slice(start, start + 4), 'xref');
});

test('what is done to each attribute is told with its reason', () => {
  const told = new Map<string, string>();
  const note = (path: string, _tag: number, { action, reason }: { action: string; reason: string }) =>
    void told.set(path, `${action}: ${reason}`);
  deidentify(received(canaryImage(1)), { profile: profile('R-read'), pseudonyms, note });
  assert.match(told.get('00100040')!, /^K: 113108/);
  assert.match(told.get('00081010')!, /^X: PS3\.15 Table E\.1-1 X\/Z\/D, Type 3/);
  assert.match(told.get('00111001')!, /^X: private/);
  assert.match(told.get('00081140[1].00081155')!, /^U: PS3\.15 Table E\.1-1/);
});

test('with pseudonyms that are themselves, what was done is not done again', () => {
  const itself = { uid: (uid: string) => uid, identifier: (_: string, value: string) => value };
  const patient = (number: { id?: string }) => ({ id: number.id ?? 'NOBODY', shiftDays: 0 });
  const fixed = Object.assign(Object.create(domainOf('x')), itself, { patient });
  for (const name of ['basic', 'R-read', 'R-trial']) {
    const dataset = received(canaryImage());
    deidentify(dataset, { profile: profile(name), pseudonyms: domainOf('first') });
    const once = jsonText(dataset);
    deidentify(dataset, { profile: profile(name), pseudonyms: fixed });
    assert.equal(jsonText(dataset), once);
  }
});

test('a sequence that was too deep to be read must not leave', () => {
  const deep = bytesOf(canaryImage(6));
  const { dataset } = readDicom(deep, { transferSyntaxUid: syntax.uid, limits: { depth: 3 } });
  const findings = deidentify(dataset, { profile: profile('basic'), pseudonyms });
  assert.equal(
    findings.some(({ code, stops }) => code === 'unsearchable' && stops),
    true,
  );
  assert.equal(
    [...dataset.elements.values()].some(({ vr, value }) => vr === 'SQ' && !isItems(value)),
    false,
  );
});
