import assert from 'node:assert/strict';
import { test } from 'node:test';
import { correctionNote, noteUidOf } from './correction-note.ts';
import { asReceived, labelOf } from './sent-patient.ts';

const text = (vr: string, value: string) => ({ vr, Value: [value] });
const attributes = JSON.stringify({ '00100020': text('LO', 'OLD'), '00100021': text('LO', 'HOSP') });
const copy = {
  studyInstanceUid: '2.25.1',
  seriesInstanceUid: '2.25.2',
  sopInstanceUid: '2.25.3',
  sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
};
const right = labelOf({ id: 'RIGHT' });

function numberIn(wasPatients: string[]) {
  const waiting = { id: '1', attempts: 0, code: '113037', createdAt: new Date(0), attributes, patient: right };
  const note = correctionNote({ ...waiting, noteUid: noteUidOf(1, '7', right), wasPatients }, [copy]);
  return [note.text('PatientID'), note.text('IssuerOfPatientID')];
}

test('PS3.3 C.7.1.1: a note is of the patient under whom its copies went: as received, of the same issuer, or a person of ours', () => {
  assert.deepEqual(numberIn([asReceived]), ['OLD', 'HOSP']);
  assert.deepEqual(numberIn([labelOf({ id: 'OTHER' })]), ['OTHER', 'HOSP']);
  assert.deepEqual(numberIn([labelOf({ issuer: 'FASCIA', id: 'P1' })]), ['P1', 'FASCIA']);
});

test('where some copies went under the right patient already, the note is of the wrong one', () => {
  assert.deepEqual(numberIn([asReceived, right]), ['OLD', 'HOSP']);
});

test('a note that is made again is the same object, and another correction has another', () => {
  assert.equal(noteUidOf(1, '7', right), noteUidOf(1, '7', right));
  assert.notEqual(noteUidOf(1, '7', right), noteUidOf(1, '8', right));
});
