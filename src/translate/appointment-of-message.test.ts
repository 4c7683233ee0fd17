import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMessage } from '../hl7v2/reader.ts';
import { appointmentOfMessage } from './appointment-of-message.ts';
import { orderAfter } from './order.ts';
import { ordersOfMessage } from './order-of-message.ts';

const pid = 'PID|1||7^^^RIS^MR||Doe^Jane';
const message = (type: string, segments: readonly string[]) =>
  readMessage(new TextEncoder().encode([`MSH|^~\\&|RIS|RAD|||20261123||${type}|1|P|2.5.1`, ...segments].join('\r')));
const sch = 'SCH|AP1^RIS|AF1^RIS|||||||||^^^202611241400||||||||||||||Booked|P1|F1';
const ais = 'AIS|1|A|CTH^CT Head^L|202611241430+0100';

test('10.3.1 SIU^S12: an appointment says when, where and on what', () => {
  const order = appointmentOfMessage(
    message('SIU^S12', [sch, pid, 'RGS|1', ais, 'AIG|1|A|CT1^Somatom^L', 'AIL|1|A|RAD^R1', 'AIP|1|A|9^Perform^Pia']),
    {},
  );
  assert.deepEqual(
    [order?.placer?.number, order?.filler?.number, order?.appointment?.number, order?.status, order?.timezone],
    ['P1', 'F1', 'AF1', 'SCHEDULED', '+0100'],
  );
  assert.deepEqual(order?.steps, [
    {
      id: '',
      startDate: '20261124',
      startTime: '143000',
      description: 'CT Head',
      modality: 'CT',
      stationName: 'Somatom',
      location: 'RAD, R1',
      performingPhysician: 'Perform^Pia',
    },
  ]);
});

test('an appointment moves the step of the order that it names, and its end cancels it', () => {
  const [placed] = ordersOfMessage(
    message('ORM^O01', [pid, 'ORC|NW|P1|F1', 'OBR|1|P1|F1|X^CT Head^L||||||||||||||A1|RP1|S1||||CT']),
    {},
  );
  const booked = orderAfter(
    orderAfter(undefined, placed!),
    appointmentOfMessage(message('SIU^S13', [sch, pid, 'RGS|1', ais]), {})!,
  );
  assert.deepEqual(
    booked.steps.map(({ id, startTime }) => [id, startTime]),
    [['S1', '143000']],
  );
  const ended = orderAfter(booked, appointmentOfMessage(message('SIU^S15', [sch, pid, 'RGS|1', ais]), {})!);
  assert.deepEqual(
    ended.steps.map(({ status }) => status),
    ['CANCELED'],
  );
});

test('an appointment for nothing that is done is none for images', () => {
  assert.equal(appointmentOfMessage(message('SIU^S12', ['SCH|AP1', pid]), {}), undefined);
});
