import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from '../dicom/dataset.ts';
import { isNoteShown, isShown, type RejectionCode, rejectionNote, rejections, type View } from './rejection.ts';

const CT = '1.2.840.10008.5.1.4.1.1.2';
const views: readonly View[] = ['clinical', 'quality', 'administration'];
const at = (hour: number) => new Date(Date.UTC(2026, 10, 23, hour));
const once = { first: at(9), last: at(9) };

const reference = (uid: string) => new DataSet().set('ReferencedSOPClassUID', CT).set('ReferencedSOPInstanceUID', uid);

function keyObject(code: string, inEvidence: readonly string[], inContent = inEvidence, scheme = 'DCM'): DataSet {
  const series = new DataSet()
    .set('SeriesInstanceUID', '2.25.2')
    .set('ReferencedSOPSequence', inEvidence.map(reference));
  const study = new DataSet().set('StudyInstanceUID', '2.25.1').set('ReferencedSeriesSequence', [series]);
  const content = inContent.map((uid) =>
    new DataSet().set('ValueType', 'IMAGE').set('ReferencedSOPSequence', [reference(uid)]),
  );
  return new DataSet()
    .set('SOPClassUID', '1.2.840.10008.5.1.4.1.1.88.59')
    .set('SOPInstanceUID', '2.25.99')
    .set('StudyInstanceUID', '2.25.1')
    .set('ConceptNameCodeSequence', [new DataSet().set('CodeValue', code).set('CodingSchemeDesignator', scheme)])
    .set('CurrentRequestedProcedureEvidenceSequence', [study])
    .set('ContentSequence', content);
}

test('RAD-66: a note lists the instances it rejects by study and series', () => {
  for (const code of Object.keys(rejections)) {
    assert.deepEqual(rejectionNote(keyObject(code, ['2.25.11', '2.25.12'])), {
      code,
      sopInstanceUid: '2.25.99',
      instances: ['2.25.11', '2.25.12'].map((sopInstanceUid) => ({
        studyInstanceUid: '2.25.1',
        seriesInstanceUid: '2.25.2',
        sopInstanceUid,
      })),
    });
  }
});

test('an instance that a note names in its content alone is rejected too', () => {
  const { instances } = rejectionNote(keyObject('113037', ['2.25.11'], ['2.25.11', '2.25.12']))!;
  assert.deepEqual(instances[1], { studyInstanceUid: '2.25.1', sopInstanceUid: '2.25.12' });
});

test('key images, manifests and titles of other schemes reject nothing', () => {
  assert.equal(rejectionNote(keyObject('113000', ['2.25.11'])), undefined);
  assert.equal(rejectionNote(keyObject('113030', ['2.25.11'])), undefined);
  assert.equal(rejectionNote(keyObject('113001', ['2.25.11'], [], '99LOCAL')), undefined);
  assert.equal(rejectionNote(keyObject('113001', ['2.25.11']).set('SOPClassUID', CT)), undefined);
  assert.equal(rejectionNote(keyObject('toString', ['2.25.11'])), undefined);
});

test('who sees a rejected instance and its note, by title', () => {
  const table = Object.keys(rejections).map((code) => [
    code,
    views.filter((view) => isShown(once, [{ code: code as RejectionCode, at: at(10) }], view)).join(' '),
    views.filter((view) => isNoteShown(code as RejectionCode, view)).join(' '),
  ]);
  assert.deepEqual(table, [
    ['113001', 'quality administration', 'quality administration'],
    ['113037', 'administration', 'administration'],
    ['113038', 'administration', 'administration'],
    ['113039', 'administration', 'administration'],
  ]);
});

test('a note that comes before its instances hides them as one that comes after', () => {
  for (const code of Object.keys(rejections) as RejectionCode[]) {
    assert.equal(isShown(once, [{ code, at: at(8) }], 'clinical'), false, code);
    assert.equal(isShown(once, [{ code, at: at(9) }], 'clinical'), false, code);
  }
});

test('what expired and is stored again is shown; what was unsafe stays hidden however often it is sent', () => {
  const twice = { first: at(9), last: at(11) };
  const shown = (code: RejectionCode) => isShown(twice, [{ code, at: at(10) }], 'clinical');
  assert.deepEqual((Object.keys(rejections) as RejectionCode[]).filter(shown), ['113039']);
  assert.equal(isShown(twice, [{ code: '113039', at: at(12) }], 'clinical'), false);
});

test('of several notes the strictest counts', () => {
  const notes = [
    { code: '113001', at: at(10) },
    { code: '113037', at: at(10) },
  ] as const;
  assert.equal(isShown(once, notes, 'quality'), false);
  assert.equal(isShown(once, [], 'clinical'), true);
});
