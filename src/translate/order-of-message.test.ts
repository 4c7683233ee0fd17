import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../base/problem.ts';
import { readMessage } from '../hl7v2/reader.ts';
import { orderAfter } from './order.ts';
import { ordersOfMessage } from './order-of-message.ts';

const read = (type: string, segments: readonly string[], profile = {}) =>
  ordersOfMessage(
    readMessage(
      new TextEncoder().encode(
        [`MSH|^~\\&|RIS|RAD|||20261123||${type}|1|P|2.5.1||||||UNICODE UTF-8`, ...segments].join('\r'),
      ),
    ),
    profile,
  );
const pid = 'PID|1||7^^^RIS^MR||Åsen^Kari||19800102|F';
const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof Problem) return `${thrown.code} ${thrown.details.field ?? thrown.details.segment}`;
    throw thrown;
  }
  return 'none';
};

test('RAD-4: OBR-18 to OBR-20 are accession number, requested procedure and step; ZDS is the study', () => {
  const [order, ...others] = read('ORM^O01', [
    pid,
    'PV1|1|O|RAD^R1^^HOSP|||||^Refer^Ruth^^^Dr|||||||B6||||V1^^^ADM',
    'ORC|NW|PL1^RIS|FL1^RIS||SC||^^^202611241030+0100^^S||20261123|^Enter^Eva||^Order^Olaf^M^^Dr',
    'OBR|1|PL1^RIS|FL1^RIS|71250^CT Thorax^C4^P1^CT Thorax nativ^99P||||||||^Latex|cough||^Order^Olaf|||A1|RP1|SPS1||||CT|||^^^202611241030^^S|||WALK|R05^Cough^I10|||^Perform^Pia',
    'NTE|1||fasting',
    'OBX|1|NM|3141-9^BODY WEIGHT^LN||154,3|lb|||||F',
    'AL1|1|DA|^Penicillin',
    'ZDS|1.2.3^RIS^Application^DICOM',
  ]);
  assert.deepEqual(others, []);
  assert.deepEqual(order, {
    patient: {
      issuer: 'RIS',
      patientId: '7',
      name: 'Åsen^Kari',
      birthDate: '19800102',
      sex: 'F',
      weight: '69.989',
      allergies: 'Penicillin',
      medicalAlerts: 'Latex',
      pregnancyStatus: 3,
    },
    visit: { patientClass: 'O', location: 'RAD, R1, HOSP', admissionId: { number: 'V1', issuer: 'ADM' } },
    placer: { number: 'PL1', issuer: 'RIS' },
    filler: { number: 'FL1', issuer: 'RIS' },
    accession: { number: 'A1', issuer: '' },
    requestedProcedureId: 'RP1',
    procedureCode: { value: '71250', scheme: 'C4', meaning: 'CT Thorax' },
    procedureDescription: 'CT Thorax',
    studyInstanceUid: '1.2.3',
    priority: 'STAT',
    status: 'SCHEDULED',
    reason: 'Cough; cough',
    reasonCode: { value: 'R05', scheme: 'I10', meaning: 'Cough' },
    comments: 'fasting',
    requestingPhysician: 'Order^Olaf^M^Dr',
    referringPhysician: 'Refer^Ruth^^Dr',
    enteredBy: 'Enter^Eva',
    transport: 'WALK',
    requestedAt: '2026-11-23',
    timezone: '+0100',
    steps: [
      {
        id: 'SPS1',
        startDate: '20261124',
        startTime: '103000',
        performingPhysician: 'Perform^Pia',
        description: 'CT Thorax nativ',
        modality: 'CT',
        protocolCodes: [{ value: 'P1', scheme: '99P', meaning: 'CT Thorax nativ' }],
      },
    ],
  });
});

test('2.5.1 OMI^O23: each IPC is a step; TQ1 says when', () => {
  const [order] = read('OMI^O23^OMI_O23', [
    pid,
    'ORC|NW|PL1|FL1',
    'TQ1|1||||||20261124080000||S',
    'OBR|1|PL1|FL1|MRHEAD^MR Head^L',
    'IPC|A2^RIS|RP2^RIS|1.2.4|S1|MR|MRSTD^Standard^99P|MAGNETOM|R2|MR1~MR2',
    'IPC|A2^RIS|RP2^RIS|1.2.4|S2|MR|MRDWI^Diffusion^99P|||MR1',
  ]);
  assert.deepEqual(
    order?.steps.map(({ id, startDate, startTime, modality, stationAeTitles, description }) => [
      id,
      startDate,
      startTime,
      modality,
      stationAeTitles,
      description,
    ]),
    [
      ['S1', '20261124', '080000', 'MR', ['MR1', 'MR2'], 'Standard'],
      ['S2', '20261124', '080000', 'MR', ['MR1'], 'Diffusion'],
    ],
  );
  assert.deepEqual([order?.accession, order?.studyInstanceUid], [{ number: 'A2', issuer: 'RIS' }, '1.2.4']);
});

test('RAD-4: groups of one order and one requested procedure are its steps', () => {
  const orders = read('ORM^O01', [
    pid,
    'ORC|NW|P1|F1',
    'OBR|1|P1|F1|X^NM Bone^L||||||||||||||A1|RP1|S1||||NM',
    'ORC|NW|P1|F1',
    'OBR|2|P1|F1|X^NM Bone^L||||||||||||||A1|RP1|S2||||NM',
    'ORC|NW|P2|F2',
    'OBR|3|P2|F2|Y^US Abdomen^L||||||||||||||A2|RP2|S3||||US',
  ]);
  assert.deepEqual(
    orders.map(({ steps }) => steps.map(({ id }) => id)),
    [['S1', 'S2'], ['S3']],
  );
});

test('table 0119: a cancelled order cancels its steps, and a released one brings them back', () => {
  const [placed] = read('ORM^O01', [pid, 'ORC|NW|P1|F1', 'OBR|1|P1|F1|X^CT Head^L||||||||||||||A1|RP1|S1||||CT']);
  const [cancelled] = read('ORM^O01', [pid, 'ORC|CA|P1|F1']);
  const [held] = read('ORM^O01', [pid, 'ORC|HD|P1|F1']);
  const [completed] = read('ORM^O01', [pid, 'ORC|SC|P1|F1||CM']);
  const known = orderAfter(undefined, placed!);
  const statuses = (said: typeof cancelled) => {
    const { status, steps } = orderAfter(known, said!);
    return [status, steps.map((step) => step.status)];
  };
  assert.deepEqual(statuses(cancelled), ['CANCELED', ['CANCELED']]);
  assert.deepEqual(statuses(held), ['ON HOLD', [undefined]]);
  assert.deepEqual(statuses(completed), ['COMPLETED', ['COMPLETED']]);
  assert.equal(orderAfter(known, cancelled!).procedureDescription, 'CT Head', 'what is not said stays');
});

test('a change that names no step is about the step that is known', () => {
  const [placed] = read('ORM^O01', [pid, 'ORC|NW|P1|F1', 'OBR|1|P1|F1|X^CT Head^L||||||||||||||A1|RP1|S1||||CT']);
  const [moved] = read('ORM^O01', [pid, 'ORC|XO|P1|F1||||^^^202611251100', 'OBR|1|P1|F1|X^CT Head^L']);
  const { steps } = orderAfter(orderAfter(undefined, placed!), moved!);
  assert.deepEqual(
    steps.map(({ id, startDate, modality }) => [id, startDate, modality]),
    [['S1', '20261125', 'CT']],
  );
});

test('an order that counts one field too many from OBR-18 on is read as it is meant', () => {
  const [order] = read('ORM^O01', [
    pid,
    'ORC|NW|P1|F1',
    'OBR|1|P1|F1|X^Chest^L|||||||||||||||A1|RP1|S1||||CT|||^^^20261124090000',
  ]);
  assert.deepEqual([order?.accession?.number, order?.requestedProcedureId], ['A1', 'RP1']);
  assert.deepEqual(order?.steps, [
    { id: 'S1', startDate: '20261124', startTime: '090000', description: 'Chest', modality: 'CT' },
  ]);
});

test('orders for the laboratory and for medicines are none for images', () => {
  assert.deepEqual(read('ORM^O01', [pid, 'ORC|NW|P1', 'OBR|1|P1||GLU^Glucose^L||||||||||||||||||||CH']), []);
  assert.deepEqual(read('ORM^O01', [pid, 'ORC|NW|P1', 'RXO|1']), []);
  assert.deepEqual(read('ORM^O01', [pid, 'ORC|UA|P1|F1']), []);
});

test('an order needs a patient and a number', () => {
  const obr = 'OBR|1|P1||X^CT Head^L';
  assert.equal(
    refusal(() => read('ORM^O01', ['ORC|NW|P1', obr])),
    'hl7/missing-segment PID',
  );
  assert.equal(
    refusal(() => read('ORM^O01', ['PID|1||', 'ORC|NW|P1', obr])),
    'hl7/missing-field PID-3',
  );
  assert.equal(
    refusal(() => read('ORM^O01', [pid, 'ORC|NW', 'OBR|1|||X^CT Head^L'])),
    'hl7/missing-field ORC-2',
  );
});
