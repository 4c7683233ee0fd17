import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServiceRequest } from '@medplum/fhirtypes';
import { orderOfServiceRequest } from './order-of-service-request.ts';

const patient = { issuer: 'RIS', patientId: '7', name: 'Doe^Jane' };
const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
const request = (more: Partial<ServiceRequest> = {}): ServiceRequest => ({
  resourceType: 'ServiceRequest',
  id: 'abc',
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/1' },
  identifier: [
    { type: { coding: [{ code: 'PLAC' }] }, system: 'urn:oid:1.2.3', value: 'P1' },
    { type: { coding: [{ code: 'ACSN' }] }, value: 'A1' },
    { system: 'urn:dicom:uid', value: 'urn:oid:1.2.4' },
  ],
  code: { coding: [{ system: 'http://loinc.org', code: '24627-2', display: 'CT Chest' }] },
  orderDetail: [{ coding: [{ system: DCM, code: 'CT' }] }],
  priority: 'asap',
  occurrenceDateTime: '2026-11-24T10:30:00+01:00',
  requester: { display: 'Olaf Order' },
  ...more,
});

test('R4 ServiceRequest: numbers, procedure, priority and occurrence are those of an order', () => {
  assert.deepEqual(orderOfServiceRequest(request(), patient), {
    patient,
    placer: { number: 'P1', issuer: '1.2.3&ISO' },
    accession: { number: 'A1', issuer: '' },
    requestedProcedureId: 'A1',
    procedureCode: { value: '24627-2', scheme: 'LN', meaning: 'CT Chest' },
    procedureDescription: 'CT Chest',
    studyInstanceUid: '1.2.4',
    priority: 'HIGH',
    status: 'SCHEDULED',
    requestingPhysician: 'Olaf Order',
    timezone: '+0100',
    steps: [{ id: '', modality: 'CT', startDate: '20261124', startTime: '103000', description: 'CT Chest' }],
  });
});

test('a revoked request cancels; a draft, a proposal and what is not for images are no orders', () => {
  assert.equal(orderOfServiceRequest(request({ status: 'revoked' }), patient)?.status, 'CANCELED');
  assert.equal(orderOfServiceRequest(request({ status: 'draft' }), patient), undefined);
  assert.equal(orderOfServiceRequest(request({ intent: 'proposal' }), patient), undefined);
  const glucose = request({ orderDetail: [], code: { text: 'Glucose' } });
  assert.equal(orderOfServiceRequest(glucose, patient), undefined);
});

test('a request without identifiers is placed under its own id', () => {
  const order = orderOfServiceRequest(request({ identifier: [], occurrenceDateTime: '2026-11-24' }), patient);
  assert.deepEqual(order?.placer, { number: 'abc', issuer: 'ServiceRequest' });
  assert.deepEqual([order?.steps[0]?.startDate, order?.steps[0]?.startTime], ['20261124', undefined]);
});
