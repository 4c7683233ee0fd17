import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { concatenated } from '../../dicom/bytes.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { isItems } from '../../dicom/element.ts';
import { tag } from '../../dicom/tag.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { writeDataSet } from '../../dicom/writer.ts';
import { reidentify } from './reidentify.ts';
import {
  away,
  keyObjects,
  original,
  presentationState,
  segmentation,
  structuredReport,
  studyAtHome,
  wayHome,
} from './testing/case-away.ts';

const documents = { structuredReport, presentationState, keyObjects, segmentation };
/** What the provider stored in the case. */
const stored = new Set(
  Object.values(documents).flatMap((make) => [make().text('SOPInstanceUID')!, make().text('SeriesInstanceUID')!]),
);
const way = (more = {}) => wayHome({ isOwn: (uid) => stored.has(uid), ...more });

const written = (dataset: DataSet): string =>
  new TextDecoder('latin1').decode(concatenated(writeDataSet(dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!)));

for (const [name, make] of Object.entries(documents)) {
  test(`a ${name} comes home whole: no pseudonym, no UID of anybody else, no word of pseudonyms`, () => {
    const dataset = make();
    assert.deepEqual(reidentify(dataset, way(), studyAtHome()), []);
    const bytes = written(dataset);
    for (const pseudonym of Object.values(away)) assert.ok(!bytes.includes(pseudonym), pseudonym);
    for (const uid of stored) assert.ok(!bytes.includes(`${uid}\0`) && !bytes.includes(`${uid}\\`), uid);
    assert.ok(!/\[P\d|R-read|MODIFIED/.test(bytes));
    assert.equal(dataset.text('PatientID'), original.id);
    assert.equal(dataset.text('PatientName'), original.name);
    assert.equal(dataset.text('PatientBirthDate'), original.birthDate);
    assert.equal(dataset.text('IssuerOfPatientID'), 'NORTH');
    assert.equal(dataset.text('StudyInstanceUID'), original.study);
    assert.equal(dataset.text('StudyDate'), '20260131');
    assert.equal(dataset.text('AccessionNumber'), original.accession);
    assert.equal(dataset.text('ContentDate'), '20260202', 'what was made there was made on a true day');
    assert.ok(bytes.includes(original.image));
  });
}

test('a structured report says in its text, its content and its evidence what it said of the copies', () => {
  const dataset = structuredReport();
  reidentify(dataset, way(), studyAtHome());
  const content = dataset.items('ContentSequence');
  assert.equal(content[0]!.text('PersonName'), original.name);
  assert.equal(content[1]!.text('TextValue'), original.id);
  assert.equal(content[2]!.text('UID'), original.study);
  assert.equal(content[3]!.text('Date'), '20260131');
  assert.equal(
    content[5]!.text('TextValue'),
    'No haemorrhage. Compared with CT of 31 January 2026. Dr. Quittenbaum was told of ACCKNRY4711.',
  );
  assert.equal(dataset.items('VerifyingObserverSequence')[0]!.text('VerifyingObserverName'), 'READER^ROBIN');
  assert.equal(dataset.items('VerifyingObserverSequence')[0]!.text('VerificationDateTime'), '20260202031500');
});

test('what names another is called the same as what it names, whichever comes first', () => {
  const [state, keys] = [presentationState(), keyObjects()];
  reidentify(keys, way(), studyAtHome());
  reidentify(state, way(), studyAtHome());
  assert.ok(written(keys).includes(state.text('SOPInstanceUID')!));
});

test('where the copies are identical, a report comes home as it was written', () => {
  const map = { ...wayHome().map, shiftDays: 0, tokens: new Map(), originalUid: (uid: string) => uid };
  const patient = { id: original.id, name: original.name, birthDate: original.birthDate };
  const identical = {
    ...map,
    patient: { pseudonym: patient, original: patient },
    accession: { pseudonym: original.accession, original: original.accession },
  };
  const dataset = structuredReport('Compared with CT of March 2024.')
    .set('PatientID', original.id)
    .set('PatientName', original.name)
    .set('ContentSequence', []);
  assert.deepEqual(reidentify(dataset, way({ map: identical }), studyAtHome()), []);
});

/** All places in a document where a UID may stand: the data sets, the outermost first, with how deep each lies. */
function places(dataset: DataSet): DataSet[] {
  const below = [...dataset.elements.values()].flatMap(({ value }) => (isItems(value) ? value.flatMap(places) : []));
  return [dataset, ...below];
}

const foreignUid = fc
  .tuple(
    fc.constantFrom('1.2.826.0.1.3680043.8.1055', '1.3.12.2.1107.5.1.4', '2.16.840.1.113669.632', '2.25'),
    fc.nat(1e9),
    fc.nat(1e9),
  )
  .map(([root, one, other]) => (root === '2.25' ? `2.25.${one + 1e9}${other + 1e9}` : `${root}.${one}.${other}`));

const injections: Record<string, (into: DataSet, uid: string) => void> = {
  'a reference': (into, uid) => into.set('ReferencedSOPInstanceUID', uid),
  'a study': (into, uid) => into.set('StudyInstanceUID', uid),
  'a frame of reference': (into, uid) => into.set('FrameOfReferenceUID', uid),
  'a class': (into, uid) => into.set('ReferencedSOPClassUID', uid),
  'one of two values': (into, uid) => into.set('FailedSOPInstanceUIDList', [away.image, uid]),
  'a UID item': (into, uid) => into.set('UID', uid),
  'written text': (into, uid) => into.set('TextValue', `see ${uid}.`),
  'a name of a thing': (into, uid) => into.set('SeriesDescription', `of ${uid}`),
  'a private UID': (into, uid) => into.set(tag(0x0029, 0x0010), 'SOMEBODY', 'LO').set(tag(0x0029, 0x1001), uid, 'UI'),
  'a private value of unknown form': (into, uid) =>
    into
      .set(tag(0x0029, 0x0010), 'SOMEBODY', 'LO')
      .set(tag(0x0029, 0x1002), new TextEncoder().encode(uid.padEnd(uid.length + (uid.length % 2), '\0')), 'UN'),
};

test('a UID of another case, injected anywhere and at any depth, stops the instance every time', () => {
  fc.assert(
    fc.property(
      foreignUid,
      fc.constantFrom(...Object.values(documents)),
      fc.constantFrom(...Object.keys(injections)),
      fc.nat(),
      fc.nat(7),
      (uid, make, how, where, deeper) => {
        const dataset = make();
        const all = places(dataset);
        let into = all[where % all.length]!;
        for (let level = 0; level < deeper; level++) {
          const item = new DataSet();
          into.set('ReferencedInstanceSequence', [item]);
          into = item;
        }
        injections[how]!(into, uid);
        const codes = reidentify(dataset, way(), studyAtHome()).map(({ code }) => code);
        assert.ok(codes.includes('foreign-uid'), `${how}: ${codes}`);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('another patient, by name or number, at the top or in the content, stops it', () => {
  for (const inject of [
    (dataset: DataSet) => dataset.set('PatientID', 'SOMEBODY-ELSE'),
    (dataset: DataSet) => dataset.set('PatientName', 'Somebody^Else'),
    (dataset: DataSet) => dataset.set('OtherPatientIDs', [away.id, 'SOMEBODY-ELSE']),
    (dataset: DataSet) => dataset.items('ContentSequence')[0]!.set('PersonName', 'Somebody^Else'),
    (dataset: DataSet) => dataset.items('ContentSequence')[1]!.set('TextValue', '12345'),
    (dataset: DataSet) => dataset.set('ReferencedPatientSequence', [new DataSet().set('PatientID', '12345')]),
  ]) {
    const dataset = structuredReport();
    inject(dataset);
    assert.deepEqual(
      reidentify(dataset, way(), studyAtHome()).map(({ code }) => code),
      ['foreign-patient'],
    );
  }
});

test('a date that may be a moved one, and a token of nothing, stop it', () => {
  const codes = (text: string) => reidentify(structuredReport(text), way(), studyAtHome()).map(({ code }) => code);
  assert.deepEqual(codes('Compared with March 2025.'), ['date-not-reversible']);
  assert.deepEqual(codes('Compared with CT of 24 October 2025.'), ['date-not-reversible']);
  assert.deepEqual(codes('[P9] was told.'), ['token-left']);
});

test('a pseudonym where it cannot be exchanged is found: in bytes, of one or two to a character, in Base64, in hexadecimal', () => {
  const utf16 = new Uint8Array([...away.id].flatMap((letter) => [letter.charCodeAt(0), 0]));
  const ascii = new TextEncoder().encode(`x${away.study}`);
  const even = (bytes: Uint8Array) => (bytes.length % 2 === 0 ? bytes : concatenated([bytes, new Uint8Array(1)]));
  for (const value of [
    even(new TextEncoder().encode(`{"patient":"${away.id}"}`)),
    utf16,
    even(ascii),
    even(new TextEncoder().encode(`data:${btoa(`ab${away.id} was here`)}`)),
    even(new TextEncoder().encode([...ascii].map((byte) => byte.toString(16).padStart(2, '0')).join(''))),
    even(new TextEncoder().encode(away.accession.toLowerCase())),
  ]) {
    const dataset = structuredReport().set(tag(0x0029, 0x0010), 'SOMEBODY', 'LO').set(tag(0x0029, 0x1003), value, 'OB');
    assert.deepEqual(reidentify(dataset, way(), studyAtHome()), [{ code: 'pseudonym-left', path: '' }]);
  }
});
