import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMessage } from '../hl7v2/reader.ts';
import { appointmentOfResource, otherAppointment } from './appointment.ts';
import { appointmentOfMessage } from './appointment-of-message.ts';
import { ordersOfMessage } from './order-of-message.ts';
import { orderOfServiceRequest } from './order-of-service-request.ts';

const pid = 'PID|1||7^^^RIS^MR||Doe^Jane';
const message = (type: string, segments: readonly string[]) =>
  readMessage(new TextEncoder().encode([`MSH|^~\\&|OR|SURG|||20261123||${type}|1|P|2.5.1`, ...segments].join('\r')));
const operation = [
  'SCH|AP1^OR|AF1^OR',
  pid,
  'RGS|1',
  'AIS|1|A|APP^Appendectomy^L|202611241430+0100',
  'AIL|1|A|OR^Theatre 2',
];
const patient = { issuer: 'RIS', patientId: '7', name: 'Doe^Jane' };

test('an operation of SIU is no order for images, and says when images of its patient are needed', () => {
  const booked = message('SIU^S12', operation);
  assert.equal(appointmentOfMessage(booked, {}), undefined);
  const { patient: of, ...said } = otherAppointment(booked, {})!;
  assert.deepEqual([of.issuer, of.patientId], ['RIS', '7']);
  assert.deepEqual(said, {
    number: { number: 'AF1', issuer: 'OR' },
    startsAt: '2026-11-24T14:30+01:00',
    isOff: false,
    service: 'Appendectomy',
    location: 'OR, Theatre 2',
  });
  assert.equal(otherAppointment(message('SIU^S15', operation), {})!.isOff, true);
});

test('an appointment without a time of day, a number or a patient says nothing', () => {
  const without = (segment: RegExp, instead: string[] = []) =>
    otherAppointment(message('SIU^S12', [...operation.filter((each) => !segment.test(each)), ...instead]), {});
  assert.equal(without(/^AIS/), undefined);
  assert.equal(without(/^AIS/, ['AIS|1|A|APP^Appendectomy^L|20261124']), undefined);
  assert.equal(without(/^PID/), undefined);
  assert.equal(without(/^SCH/, ['SCH|']), undefined);
});

test('R4 Appointment: booked, cancelled, for images, without a time', () => {
  const booked = {
    resourceType: 'Appointment',
    id: 'a1',
    status: 'booked',
    start: '2026-11-24T14:30:00+01:00',
    serviceType: [{ text: 'Appendectomy' }],
    participant: [{ status: 'accepted', actor: { reference: 'Location/2', display: 'Theatre 2' } }],
  } as const;
  const of = (more: object) => appointmentOfResource({ ...booked, ...more } as never, patient);
  assert.deepEqual(of({}), {
    number: { number: 'a1', issuer: 'Appointment' },
    patient,
    startsAt: '2026-11-24T14:30:00+01:00',
    isOff: false,
    service: 'Appendectomy',
    location: 'Theatre 2',
  });
  assert.equal(of({ status: 'cancelled' })!.isOff, true);
  assert.equal(of({ serviceType: [{ text: 'MRI Knee' }] }), undefined);
  assert.equal(of({ status: 'proposed' }), undefined);
  assert.equal(of({ start: undefined }), undefined);
});

test('TQ1-8, OBR-27.5 and occurrencePeriod.end: the latest that an order says, where it has a time of day', () => {
  const ordered = (obr27: string, ...more: string[]) =>
    ordersOfMessage(
      message('ORM^O01', [pid, 'ORC|NW|P1', `OBR|1|P1||X^CT Head^L${'|'.repeat(20)}CT|||${obr27}`, ...more]),
      {},
    )[0]?.neededBy;
  assert.equal(ordered('', 'TQ1|1||||||202611240900|202611241200+0100'), '2026-11-24T12:00+01:00');
  assert.equal(ordered('^^^202611240900^202611241100'), '2026-11-24T11:00');
  assert.equal(ordered('^^^202611240900^20261124'), undefined);
  const request = (end: string) =>
    orderOfServiceRequest(
      {
        resourceType: 'ServiceRequest',
        id: 'r1',
        status: 'active',
        intent: 'order',
        subject: {},
        code: { text: 'CT Head' },
        occurrencePeriod: { start: '2026-11-24T09:00:00Z', end },
      },
      patient,
    )?.neededBy;
  assert.equal(request('2026-11-24T12:00:00Z'), '2026-11-24T12:00:00Z');
  assert.equal(request('2026-11-24'), undefined);
});
