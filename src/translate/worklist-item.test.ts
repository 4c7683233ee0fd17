import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Order } from './order.ts';
import { worklistItem } from './worklist-item.ts';

const order: Order & { studyInstanceUid: string } = {
  patient: {
    issuer: '1.2.3&ISO',
    patientId: '7',
    name: 'Yamada^Tarou=山田^太郎',
    birthDate: '198001',
    otherPatientIds: [{ issuer: 'OTHER', id: '8' }],
  },
  accession: { number: 'A1', issuer: 'RIS' },
  studyInstanceUid: '1.2.4',
  procedureCode: { value: 'a code that is too long for SH', scheme: '99L', meaning: 'CT Head' },
  reason: 'fell\\twice',
  steps: [],
};

test('PS3.4 Table K.6-1: what is of type 1 is there, whatever the order says', () => {
  const item = worklistItem(order, { id: 'S1' });
  assert.deepEqual(
    ['StudyInstanceUID', 'RequestedProcedureID', 'PatientID', 'PatientName'].map((keyword) => item.text(keyword)),
    ['1.2.4', 'A1', '7', 'Yamada^Tarou=山田^太郎'],
  );
  const [step] = item.items('ScheduledProcedureStepSequence');
  assert.deepEqual(
    ['ScheduledProcedureStepID', 'ScheduledProcedureStepStatus'].map((keyword) => step?.text(keyword)),
    ['S1', 'SCHEDULED'],
  );
  assert.ok(step?.has('ScheduledStationAETitle') && step.has('Modality'));
});

test('PS3.3 Tables 10-17 and 10-18: universal ids of authorities have their own attributes', () => {
  const item = worklistItem(order, { id: 'S1' });
  const [qualifiers] = item.items('IssuerOfPatientIDQualifiersSequence');
  assert.deepEqual(
    [qualifiers?.text('UniversalEntityID'), qualifiers?.text('UniversalEntityIDType')],
    ['1.2.3', 'ISO'],
  );
  assert.equal(item.items('IssuerOfAccessionNumberSequence')[0]?.text('LocalNamespaceEntityID'), 'RIS');
  assert.equal(item.items('OtherPatientIDsSequence')[0]?.text('IssuerOfPatientID'), 'OTHER');
});

test('what a VR cannot hold is left out or put where it fits', () => {
  const item = worklistItem(order, { id: 'S1', description: 'x'.repeat(80) });
  assert.equal(item.has('PatientBirthDate'), false, 'a month is no date');
  assert.equal(item.items('RequestedProcedureCodeSequence')[0]?.text('LongCodeValue'), order.procedureCode!.value);
  assert.equal(item.text('ReasonForTheRequestedProcedure'), 'fell twice');
  const [step] = item.items('ScheduledProcedureStepSequence');
  assert.equal(step?.text('ScheduledProcedureStepDescription')?.length, 64);
});

test('PS3.3 C.4.10: a step that is being done is STARTED', () => {
  const status = (step: object, all: object = {}) =>
    worklistItem({ ...order, ...all }, { id: 'S1', ...step })
      .items('ScheduledProcedureStepSequence')[0]
      ?.text('ScheduledProcedureStepStatus');
  assert.equal(status({ status: 'IN PROGRESS' }), 'STARTED');
  assert.equal(status({}, { status: 'CANCELED' }), 'CANCELED');
});
