import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQueryString } from '../../base/http/query-string.ts';
import { limits } from '../limits.ts';
import { searchQuery, searchWarnings } from './qido-parameters.ts';

const query = (raw: string, parent = {}) => searchQuery('STUDY', parent, parseQueryString(raw));
const keys = (raw: string) => query(raw).keys;
const malformed = { code: 'request/malformed' };

test('behaviour 25: what OHIF sends for its study list is understood', () => {
  const raw =
    'limit=101&offset=0&fuzzymatching=false&includefield=00081030,00080060,00080090,00100030' +
    '&PatientName=*x*&00100020=*1*&ModalitiesInStudy=CT&StudyDate=19700102-20240101';
  assert.deepEqual(query(raw), {
    level: 'STUDY',
    keys: [
      { path: [0x00100010], vr: 'PN', values: ['*x*'] },
      { path: [0x00100020], vr: 'LO', values: ['*1*'] },
      { path: [0x00080061], vr: 'CS', values: ['CT'] },
      { path: [0x00080020], vr: 'DA', values: ['19700102-20240101'] },
    ],
    returnPaths: [[0x00081030], [0x00080060], [0x00080090], [0x00100030]],
    fuzzy: false,
    upperLevels: ['STUDY', 'SERIES'],
    newestFirst: false,
    limit: 101,
    offset: 0,
  });
});

test('behaviour 37: an attribute is named by keyword, by tag, or by a path into a sequence', () => {
  const path = [0x00400275, 0x00400009];
  for (const name of [
    'RequestAttributesSequence.ScheduledProcedureStepID',
    '00400275.00400009',
    '00400275.ScheduledProcedureStepID',
  ]) {
    assert.deepEqual(keys(`${name}=S1`), [{ path, vr: 'SH', values: ['S1'] }], name);
    assert.deepEqual(query(`includefield=${name}`).returnPaths, [path], name);
  }
  assert.deepEqual(keys('00091001=x')[0]?.path, [0x00091001], 'private attributes are named by tag');
});

test('behaviour 37: what is neither a parameter nor an attribute is refused, not ignored', () => {
  for (const raw of [
    'NotAKeyword=1',
    'patientname=x',
    '0010002=x',
    '00109999=x',
    "Patient'Name=x",
    '=x',
    'PatientName.PatientID=x',
    'includefield=Nope',
    'includefield=all,Nope',
  ]) {
    assert.throws(() => query(raw), malformed, raw);
  }
});

test('behaviours 25, 39: lists of UIDs are separated by commas or backslashes', () => {
  for (const raw of [
    'StudyInstanceUID=1.2,1.3',
    'StudyInstanceUID=1.2%5C1.3',
    'StudyInstanceUID=1.2%2C1.3',
    'StudyInstanceUID=1.2\\1.3',
  ]) {
    assert.deepEqual(keys(raw)[0]?.values, ['1.2', '1.3'], raw);
  }
  assert.deepEqual(keys('ModalitiesInStudy=CT,MR')[0]?.values, ['CT', 'MR']);
  assert.deepEqual(keys('PatientName=Smith, John')[0]?.values, ['Smith, John'], 'a comma belongs to a name');
});

test('behaviour 38: a key that is also in includefield still filters', () => {
  const both = query('PatientID=1&includefield=PatientID');
  assert.deepEqual(both.keys[0]?.values, ['1']);
  assert.deepEqual(both.returnPaths, [[0x00100020]]);
});

test('PS3.4 C.2.2.2.3: an empty value matches everything and is returned', () => {
  assert.deepEqual(keys('PatientName=')[0], { path: [0x00100010], vr: 'PN', values: [] });
  assert.deepEqual(keys('PatientName')[0]?.values, []);
});

test('values are percent-decoded once, as UTF-8; a plus is a space except where DICOM has one', () => {
  assert.deepEqual(keys('PatientName=%C3%85ngstr%C3%B6m%5E*')[0]?.values, ['Ångström^*']);
  assert.deepEqual(keys('PatientName=A%2520B+C')[0]?.values, ['A%20B C']);
  assert.deepEqual(keys('AcquisitionDateTime=20240101120000+0100-')[0]?.values, ['20240101120000+0100-']);
  for (const raw of ['PatientName=%C3%28', 'PatientName=%zz', '%ff=1', 'PatientName=%']) {
    assert.throws(() => query(raw), malformed, raw);
  }
});

test('includefield may be repeated, hold a list, or say all', () => {
  assert.deepEqual(query('includefield=00180050&includefield=KVP, 00080060').returnPaths, [
    [0x00180050],
    [0x00180060],
    [0x00080060],
  ]);
  assert.equal(query('includefield=all').returnPaths, 'all');
  assert.equal(query('includefield=KVP,all').returnPaths, 'all');
  assert.deepEqual(query('').returnPaths, []);
});

test('PS3.18 8.3.4: limit, offset and the matching switches are what they should be, once', () => {
  for (const raw of [
    'limit=abc',
    'limit=-1',
    'offset=-1',
    'offset=1.5',
    'limit=',
    'limit=99999999999999999999',
    'limit=1&limit=2',
    'fuzzymatching=maybe',
    'PatientID=1&00100020=2',
  ]) {
    assert.throws(() => query(raw), malformed, raw);
  }
  assert.deepEqual([query('limit=0').limit, query('offset=7').offset, query('').limit], [0, 7, undefined]);
  assert.equal(query('fuzzymatching=TRUE').fuzzy, true);
  assert.equal(searchWarnings(parseQueryString('multiplevaluematching=true')).length, 1);
  assert.deepEqual(searchWarnings(parseQueryString('emptyvaluematching=true')), []);
});

test('ours: orderby=-StudyDate asks for the newest studies first; no other order, and of nothing else', () => {
  assert.equal(query('orderby=-StudyDate').newestFirst, true);
  assert.equal(query('orderby=-00080020').newestFirst, true);
  for (const raw of [
    'orderby=StudyDate',
    'orderby=-PatientName',
    'orderby=',
    'orderby=-StudyDate&orderby=-StudyDate',
  ]) {
    assert.throws(() => query(raw), malformed, raw);
  }
  assert.throws(() => searchQuery('SERIES', {}, parseQueryString('orderby=-StudyDate')), malformed);
});

test('the path of a search is a key like any other', () => {
  const parent = { studyInstanceUid: '1.2', seriesInstanceUid: '1.2.3' };
  assert.deepEqual(query('Modality=CT', parent).keys, [
    { path: [0x0020000d], vr: 'UI', values: ['1.2'] },
    { path: [0x0020000e], vr: 'UI', values: ['1.2.3'] },
    { path: [0x00080060], vr: 'CS', values: ['CT'] },
  ]);
});

test('the values of a key and the included fields have limits', () => {
  const many = (count: number, text: string) => Array.from({ length: count }, () => text).join(',');
  const tooLarge = { code: 'request/too-large' };
  assert.throws(() => query(`StudyInstanceUID=${many(limits.keyValues + 1, '1')}`), tooLarge);
  assert.throws(() => query(`includefield=${many(limits.includeFields + 1, 'KVP')}`), tooLarge);
  assert.equal(keys(`StudyInstanceUID=${many(1000, '1.2')}`)[0]?.values.length, 1000);
});

test('PS3.18 10.6.3.3: answers include the levels that the path does not name', () => {
  assert.deepEqual(query('').upperLevels, ['STUDY', 'SERIES']);
  assert.deepEqual(query('StudyInstanceUID=1.2').upperLevels, ['STUDY', 'SERIES']);
  assert.deepEqual(query('', { studyInstanceUid: '1.2' }).upperLevels, ['SERIES']);
  assert.deepEqual(query('', { studyInstanceUid: '1.2', seriesInstanceUid: '1.3' }).upperLevels, []);
});
