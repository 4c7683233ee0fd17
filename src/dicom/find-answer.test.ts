import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DataSet } from './dataset.ts';
import { answerForm } from './find-answer.ts';
import { toJson } from './json.ts';
import { readDicom } from './reader.ts';
import {
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from './transfer-syntax.ts';

const nothing = new DataSet();

function answered(
  identifier: DataSet,
  found: Record<string, unknown>,
  transferSyntaxUid: string = EXPLICIT_VR_LITTLE_ENDIAN,
  own = nothing,
): DataSet {
  const bytes = answerForm(identifier, own, transferSyntaxUid).encode(JSON.stringify(found));
  return readDicom(bytes, { form: 'dataset', transferSyntaxUid }).dataset;
}

const asking = (...keywords: string[]): DataSet =>
  keywords.reduce((dataset, keyword) => dataset.set(keyword, null), new DataSet());

const tagsOf = (dataset: DataSet): string[] => Object.keys(toJson(dataset));

const text = fc.constantFrom('a', 'P 1', 'Müller', '山田', 'Ж', '');
const stored = fc.record(
  {
    '00080005': fc.constant({ vr: 'CS', Value: ['ISO_IR 192'] }),
    '00080020': fc.constantFrom({ vr: 'DA' }, { vr: 'DA', Value: ['20260102'] }),
    '00081110': fc
      .array(fc.record({ '00081155': fc.constant({ vr: 'UI', Value: ['1.2.3'] }) }), { maxLength: 2 })
      .map((items) => ({ vr: 'SQ', ...(items.length > 0 && { Value: items }) })),
    '00100010': text.map((name) => ({ vr: 'PN', ...(name !== '' && { Value: [{ Alphabetic: name }] }) })),
    '00100020': text.map((id) => ({ vr: 'LO', ...(id !== '' && { Value: [id, 'second'] }) })),
    '00201206': fc.nat().map((count) => ({ vr: 'IS', Value: [count] })),
    '00280010': fc.integer({ min: 0, max: 65_535 }).map((rows) => ({ vr: 'US', Value: [rows] })),
    '00189073': fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => ({
      vr: 'FD',
      Value: [Object.is(number, -0) ? 0 : number],
    })),
    '00282000': fc.uint8Array({ minLength: 2, maxLength: 2 }).map((bytes) => ({
      vr: 'OB',
      InlineBinary: Buffer.from(bytes).toString('base64'),
    })),
  },
  { requiredKeys: [] },
);
const syntaxes = [
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_BIG_ENDIAN,
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
];
const repertoires = [undefined, '', 'ISO_IR 100', 'ISO_IR 144', 'ISO_IR 192', 'ISO_IR 13', 'GB18030'];

test('PS3.4 C.4.1.1.3.2: an answer read again says of every attribute asked for what was found, in any encoding', () => {
  const keywords = [
    'StudyDate',
    'ReferencedStudySequence',
    'PatientName',
    'PatientID',
    'NumberOfStudyRelatedSeries',
    'Rows',
    'AcquisitionDuration',
    'ICCProfile',
  ];
  fc.assert(
    fc.property(
      stored,
      fc.subarray(keywords),
      fc.constantFrom(...syntaxes),
      fc.constantFrom(...repertoires),
      (found, asked, syntax, repertoire) => {
        const identifier = asking(...asked);
        if (repertoire !== undefined) identifier.set('SpecificCharacterSet', repertoire || null);
        const answer = answered(identifier, found, syntax);
        const { '00080005': declared, ...said } = toJson(answer);
        const empty = toJson(asking(...asked));
        const expected = Object.fromEntries(
          Object.keys(empty).map((hex) => [hex, (found as Record<string, unknown>)[hex] ?? empty[hex]]),
        );
        assert.deepEqual(said, JSON.parse(JSON.stringify(expected)));
        if (repertoire === undefined) assert.ok(declared === undefined || declared.Value?.[0] === 'ISO_IR 192');
        else assert.ok(answer.has('SpecificCharacterSet'));
      },
    ),
  );
});

test('PS3.3 C.12.1.1.2: an answer is in the asker’s character set, items too, and whole in UTF-8 where that lacks a character', () => {
  const identifier = asking('PatientName', 'OtherPatientIDsSequence', 'PatientID');
  identifier.set('SpecificCharacterSet', 'ISO_IR 100');
  identifier.set('OtherPatientIDsSequence', [asking('PatientID')]);
  const found = (item: string) => ({
    '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Müller' }] },
    '00101002': {
      vr: 'SQ',
      Value: [{ '00080005': { vr: 'CS', Value: ['ISO_IR 192'] }, '00100020': { vr: 'LO', Value: [item] } }],
    },
  });
  const latin = answered(identifier, found('Ü1'));
  assert.equal(latin.text('SpecificCharacterSet'), 'ISO_IR 100');
  assert.equal(Buffer.from(latin.bytes('PatientName')!).toString('latin1'), 'Müller');
  assert.equal(latin.items('OtherPatientIDsSequence')[0]!.text('PatientID'), 'Ü1');
  const whole = answered(asking('OtherPatientIDsSequence').set('SpecificCharacterSet', 'ISO_IR 100'), found('Ü1'));
  assert.equal(whole.items('OtherPatientIDsSequence')[0]!.has('SpecificCharacterSet'), false);
  const unicode = answered(identifier, found('山'));
  assert.equal(unicode.text('SpecificCharacterSet'), 'ISO_IR 192');
  assert.equal(unicode.text('PatientName'), 'Müller');
  const [item] = unicode.items('OtherPatientIDsSequence');
  assert.equal(item!.text('PatientID'), '山');
  assert.equal(item!.has('SpecificCharacterSet'), false);
});

test('PS3.4 C.2.2.2.6: the items of a sequence hold what is asked of them, and where nothing is, all that they have', () => {
  const item = {
    '00321064': { vr: 'SQ' },
    '0040A170': {
      vr: 'SQ',
      Value: [{ '00080100': { vr: 'SH', Value: ['C'] }, '00080102': { vr: 'SH', Value: ['D'] } }],
    },
    '00401001': { vr: 'SH', Value: ['R'] },
  };
  const found = { '00400275': { vr: 'SQ', Value: [item, {}] } };
  const identifier = new DataSet().set('RequestAttributesSequence', [
    asking('RequestedProcedureID', 'ScheduledProcedureStepID').set('PurposeOfReferenceCodeSequence', [
      asking('CodeValue'),
    ]),
  ]);
  const [first, second] = answered(identifier, found).items('RequestAttributesSequence');
  assert.deepEqual(tagsOf(first!), ['00400009', '0040A170', '00401001'].sort());
  assert.deepEqual(tagsOf(first!.items('PurposeOfReferenceCodeSequence')[0]!), ['00080100']);
  assert.equal(second!.text('RequestedProcedureID'), undefined);
  assert.equal(second!.has('RequestedProcedureID'), true);
  const whole = answered(asking('RequestAttributesSequence'), found).items('RequestAttributesSequence');
  assert.deepEqual(
    whole.map((each) => toJson(each)),
    [item, {}],
  );
});

test('what cannot be said in DICOM, or is not at hand, is empty and hides nothing else', () => {
  const found = {
    '00100040': { vr: 'CS', Value: ['é'] },
    '00100020': { vr: 'LO', Value: ['P'] },
    '00081110': { vr: 'UN', InlineBinary: 'AAA=' },
    '7FE00010': { vr: 'OW', BulkDataURI: 'http://elsewhere/' },
  };
  const identifier = asking('PatientSex', 'PatientID', 'PixelData');
  identifier.set('ReferencedStudySequence', [asking('ReferencedSOPInstanceUID')]);
  const answer = answered(identifier, found);
  assert.deepEqual(tagsOf(answer), ['00081110', '00100020', '00100040', '7FE00010']);
  assert.equal(answer.text('PatientID'), 'P');
  assert.equal(answer.text('PatientSex'), undefined);
  assert.deepEqual(answer.items('ReferencedStudySequence'), []);
  assert.equal(answer.bytes('PixelData')?.length, 0);
});

test('private and unknown attributes are answered in the VR that is known, and empty in the one they were asked in', () => {
  const identifier = new DataSet().set('00091001', null, 'DS').set('00091002', null, 'LO').set('00100020', null, 'UN');
  const answer = answered(identifier, { '00091002': { vr: 'SH', Value: ['x'] } });
  assert.deepEqual(
    [...answer.elements.values()].map(({ vr }) => vr),
    ['DS', 'SH', 'LO'],
  );
});

test('what the answerer says of itself takes the place of what the identifier says, and is part of the key', () => {
  const identifier = asking('PatientID', 'RetrieveAETitle', 'TimezoneOffsetFromUTC').set('QueryRetrieveLevel', 'IMAGE');
  const own = new DataSet().set('QueryRetrieveLevel', 'STUDY').set('RetrieveAETitle', 'FASCIA');
  const answer = answered(identifier, { '00100020': { vr: 'LO', Value: ['P'] } }, IMPLICIT_VR_LITTLE_ENDIAN, own);
  assert.deepEqual(tagsOf(answer), ['00080052', '00080054', '00100020']);
  assert.equal(answer.text('RetrieveAETitle'), 'FASCIA');
  const forms = [
    answerForm(identifier, own, IMPLICIT_VR_LITTLE_ENDIAN),
    answerForm(identifier, own, EXPLICIT_VR_LITTLE_ENDIAN),
    answerForm(identifier, nothing, IMPLICIT_VR_LITTLE_ENDIAN),
    answerForm(asking('PatientName'), own, IMPLICIT_VR_LITTLE_ENDIAN),
    answerForm(asking('PatientID').set('SpecificCharacterSet', null), own, IMPLICIT_VR_LITTLE_ENDIAN),
    answerForm(asking('PatientID').set('SpecificCharacterSet', 'GBK'), own, IMPLICIT_VR_LITTLE_ENDIAN),
  ];
  assert.equal(new Set(forms.map(({ key }) => key)).size, forms.length);
  assert.equal(answerForm(identifier.set('PatientID', 'Q'), own, IMPLICIT_VR_LITTLE_ENDIAN).key, forms[0]!.key);
});
