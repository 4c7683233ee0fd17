import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from './dataset.ts';
import { tagOf, vrOf } from './dictionary.ts';
import { type MatchOptions, matches } from './match.ts';
import type { MatchKey } from './query.ts';

/** A key by keyword, or by keywords within sequences: `ScheduledProcedureStepSequence.Modality`. */
function key(path: string, ...values: string[]): MatchKey {
  const tags = path.split('.').map((keyword) => tagOf(keyword)!);
  return { path: tags, vr: vrOf(tags.at(-1)!), values };
}

const step = (modality: string, date: string): DataSet =>
  new DataSet().set('Modality', modality).set('ScheduledProcedureStepStartDate', date);

const study = new DataSet()
  .set('StudyDate', '20240220')
  .set('StudyTime', '101530.5')
  .set('AccessionNumber', 'A100')
  .set('StudyDescription', 'CT Kopf [nativ]')
  .set('PatientName', 'Müller^Jörg=山田^太郎=やまだ^たろう')
  .set('PatientID', 'P-1')
  .set('PatientWeight', 70)
  .set('OtherPatientIDs', ['X1', 'X2'])
  .set('StudyInstanceUID', '1.2.3')
  .set('Rows', 512)
  .set('PatientComments', null)
  .set('AcquisitionDateTime', '20240220101530.500000+0100')
  .set('ScheduledProcedureStepSequence', [step('CT', '20240220'), step('MR', '20240301')]);

const yes: [clause: string, ...keys: MatchKey[]][] = [
  ['C.2.2.2.1 a single value', key('PatientID', 'P-1')],
  ['C.2.2.2.1 any of several values', key('OtherPatientIDs', 'X2')],
  ['C.2.2.2.1 case of a name', key('PatientName', 'müller^jörg')],
  ['C.2.2.2.1 the ideographic group', key('PatientName', '山田^太郎')],
  ['C.2.2.2.1 groups at their places', key('PatientName', '=山田*=やまだ*')],
  ['C.2.2.2.1 a number as number', key('PatientWeight', '70.0')],
  ['C.2.2.2.1 a binary number', key('Rows', '512')],
  ['C.2.2.2.2 a list of UIDs', key('StudyInstanceUID', '1.2.9', '1.2.3')],
  ['C.2.2.2.3 an empty key', key('PatientSex', '')],
  ['C.2.2.2.3 no value at all', key('PatientSex')],
  ['C.2.2.2.4 a lone asterisk, absent attribute', key('PatientSex', '*')],
  ['C.2.2.2.4 asterisk', key('StudyDescription', 'CT*nativ]')],
  ['C.2.2.2.4 question mark', key('AccessionNumber', 'A?0?')],
  ['C.2.2.2.4 what means something to regular expressions', key('StudyDescription', '*[nativ]')],
  ['C.2.2.2.4 wildcards in a name', key('PatientName', 'MÜLL*')],
  ['C.2.2.2.5 a range of dates', key('StudyDate', '20240201-20240301')],
  ['C.2.2.2.5 a range open to the future', key('StudyDate', '20240220-')],
  ['C.2.2.2.5 a range open to the past', key('StudyDate', '-20240220')],
  ['C.2.2.2.5 a range of times', key('StudyTime', '10-11')],
  ['C.2.2.2.5 a time stands for all it names', key('StudyTime', '1015')],
  ['C.2.2.2.5 a range of times ends with its last minute', key('StudyTime', '-1015')],
  ['C.2.2.2.5 moments with offsets from UTC', key('AcquisitionDateTime', '20240220091500+0000-20240220091600+0000')],
  ['C.2.2.2.5 an hour of a day as moment', key('AcquisitionDateTime', '2024022010+0100')],
  [
    'C.2.2.2.6 one item that matches all keys within',
    key('ScheduledProcedureStepSequence.Modality', 'MR'),
    key('ScheduledProcedureStepSequence.ScheduledProcedureStepStartDate', '20240301'),
  ],
  ['C.2.2.2.6 universal keys within', key('ReferencedStudySequence.ReferencedSOPInstanceUID', '')],
  ['C.2.2.2.7 an empty value', key('PatientComments', '""')],
  ['C.2.2.2.7 an absent attribute', key('PatientSex', '""')],
];

const no: typeof yes = [
  ['C.2.2.2.1 another value', key('PatientID', 'P-2')],
  ['C.2.2.2.1 case of what is no name', key('PatientID', 'p-1')],
  ['C.2.2.2.1 an attribute that is absent', key('PatientSex', 'F')],
  ['C.2.2.2.1 accents of a name', key('PatientName', 'Muller^Jorg')],
  ['C.2.2.2.1 a group at another place', key('PatientName', 'やまだ*=')],
  ['C.2.2.2.4 wildcards in a UID', key('StudyInstanceUID', '1.2.*')],
  ['C.2.2.2.4 wildcards in a number', key('Rows', '5*')],
  ['C.2.2.2.4 one character too few', key('AccessionNumber', 'A????')],
  ['C.2.2.2.5 before the range', key('StudyDate', '20240221-20240301')],
  ['C.2.2.2.5 after the range', key('StudyTime', '-09')],
  ['C.2.2.2.5 another moment', key('AcquisitionDateTime', '20240220101500+0000-')],
  [
    'C.2.2.2.6 keys that match in different items',
    key('ScheduledProcedureStepSequence.Modality', 'CT'),
    key('ScheduledProcedureStepSequence.ScheduledProcedureStepStartDate', '20240301'),
  ],
  ['C.2.2.2.6 a sequence that is absent', key('ReferencedStudySequence.ReferencedSOPInstanceUID', '1.2')],
  ['C.2.2.2.7 a value that is there', key('PatientID', '""')],
  ['all keys together', key('PatientID', 'P-1'), key('AccessionNumber', 'A200')],
];

const exact: MatchOptions = { fuzzy: false };

for (const [clause, ...keys] of yes) {
  test(`PS3.4 ${clause}: matches`, () => assert.equal(matches(study, keys, exact), true));
}
for (const [clause, ...keys] of no) {
  test(`PS3.4 ${clause}: does not match`, () => assert.equal(matches(study, keys, exact), false));
}

test('PS3.4 C.2.2.2.1.3: fuzzy matching finds a name by its sound, its accents aside, and by the beginnings of its words', () => {
  for (const name of ['Muller', 'Mueller', 'jör', 'Jörg Müller', '太郎']) {
    assert.equal(matches(study, [key('PatientName', name)], { fuzzy: true }), true, name);
  }
  assert.equal(matches(study, [key('PatientName', 'Schmidt')], { fuzzy: true }), false);
});

test('PS3.4 C.2.2.2.5: dates and times combined are one range of moments', () => {
  const combined = { fuzzy: false, combinedDateTime: true };
  const range = (dates: string, times: string, options: MatchOptions) =>
    matches(study, [key('StudyDate', dates), key('StudyTime', times)], options);
  assert.equal(range('20240219-20240221', '1200-0800', combined), true);
  assert.equal(range('20240219-20240221', '1200-0800', exact), false);
  assert.equal(range('20240220-20240221', '1200-0800', combined), false);
  assert.equal(range('20240219-20240220', '1200-0800', combined), false);
});
