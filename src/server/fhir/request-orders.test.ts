import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bundle, BundleEntry, Patient, Resource, ServiceRequest } from '@medplum/fhirtypes';
import { type FhirServer, fhirServer } from '../../../test/support/fhir-server.ts';

const patient: Patient = {
  resourceType: 'Patient',
  identifier: [{ system: 'urn:mrn', value: '7' }],
  name: [{ family: 'Okonkwo', given: ['Ada'] }],
  birthDate: '1970-02-03',
  gender: 'female',
};
const request = (subject: string, more: Partial<ServiceRequest> = {}): ServiceRequest => ({
  resourceType: 'ServiceRequest',
  status: 'active',
  intent: 'order',
  subject: { reference: subject },
  identifier: [
    { type: { coding: [{ code: 'PLAC' }] }, system: 'urn:oid:1.2.3', value: 'P1' },
    { type: { coding: [{ code: 'ACSN' }] }, value: 'A1' },
  ],
  code: { text: 'CT Chest' },
  occurrenceDateTime: '2026-11-24T10:30:00+01:00',
  ...more,
});

const steps = (server: FhirServer) =>
  server.database.query(`select accession_number as accession, patient_id as patient, patient_name_alphabetic as name,
    modality, status, is_open as open from scheduled_step order by id`);
const step = { accession: 'A1', patient: '7', name: 'okonkwo^ada', modality: 'CT', status: 'SCHEDULED', open: true };

async function written(server: FhirServer, resource: Resource): Promise<string> {
  const { status, resource: made } = await server.send('POST', `/${resource.resourceType}`, resource);
  assert.equal(status, 201);
  return `${resource.resourceType}/${(made as Resource).id}`;
}

test('a ServiceRequest for images is on the worklist when it is answered, with one audit row', async (t) => {
  const server = await fhirServer(t);
  const practitioner: Resource = { resourceType: 'Practitioner', name: [{ family: 'Order', given: ['Olaf'] }] };
  const requester = { reference: await written(server, practitioner) };
  const subject = await written(server, patient);
  await written(server, request(subject, { requester }));
  assert.deepEqual(await steps(server), [step]);
  const [order] = await server.database.query<{ document: { requestingPhysician: string; patient: object } }>(
    'select document from imaging_order',
  );
  assert.equal(order!.document.requestingPhysician, 'Order^Olaf');
  assert.deepEqual(order!.document.patient, {
    issuer: 'urn:mrn&URI',
    patientId: '7',
    name: 'Okonkwo^Ada',
    birthDate: '19700203',
    sex: 'F',
  });
  await server.core.audit.close();
  assert.equal((await server.database.query(`select from audit where action = 'store'`)).length, 3);
});

test('R4 request-status: held, released, revoked, entered in error and deleted requests are so on the worklist', async (t) => {
  const server = await fhirServer(t);
  const subject = await written(server, patient);
  const at = await written(server, request(subject));
  const put = (more: Partial<ServiceRequest>) =>
    server.send('PUT', `/${at}`, request(subject, { id: at.split('/')[1]!, ...more }));
  const found = async () => (await steps(server)).map(({ status, open }) => `${status} ${open}`);
  await put({ status: 'on-hold' });
  assert.deepEqual(await found(), ['ON HOLD false']);
  await put({ status: 'active' });
  assert.deepEqual(await found(), ['SCHEDULED true']);
  await put({ status: 'entered-in-error' });
  assert.deepEqual(await found(), ['CANCELED false']);
  await put({ status: 'active' });
  const patch = [{ op: 'replace', path: '/status', value: 'revoked' }];
  const headers = { 'Content-Type': 'application/json-patch+json' };
  assert.equal((await server.send('PATCH', `/${at}`, JSON.stringify(patch), headers)).status, 200);
  assert.deepEqual(await found(), ['CANCELED false']);
  await put({ status: 'active' });
  await server.send('DELETE', `/${at}`);
  assert.deepEqual(await found(), ['CANCELED false']);
});

test('a request that is written again as it stands says nothing of what was begun; under another number it is another order', async (t) => {
  const server = await fhirServer(t);
  const subject = await written(server, patient);
  const at = await written(server, request(subject));
  await server.database.query(
    `update imaging_order set document = jsonb_set(jsonb_set(document, '{status}', '"IN PROGRESS"'),
       '{steps,0,status}', '"IN PROGRESS"')`,
  );
  const put = (more: Partial<ServiceRequest>) =>
    server.send('PUT', `/${at}`, request(subject, { id: at.split('/')[1]!, ...more }));
  await put({ note: [{ text: 'claustrophobic' }] });
  assert.deepEqual(await steps(server), [{ ...step, status: 'IN PROGRESS' }]);
  await put({ identifier: [{ type: { coding: [{ code: 'PLAC' }] }, system: 'urn:oid:1.2.3', value: 'P2' }] });
  const found = (await steps(server)).map(({ accession, status }) => [accession, status]);
  assert.deepEqual(found, [
    ['A1', 'CANCELED'],
    [null, 'SCHEDULED'],
  ]);
});

test('R4 transaction: a request and its patient come together in whichever order; a refused one leaves no order', async (t) => {
  const server = await fhirServer(t);
  const PATIENT = 'urn:uuid:11111111-1111-4111-8111-111111111111';
  const post = (resource: Resource, fullUrl?: string): BundleEntry => ({
    ...(fullUrl && { fullUrl }),
    resource,
    request: { method: 'POST', url: resource.resourceType },
  });
  const send = (...entry: BundleEntry[]) =>
    server.send('POST', '/', { resourceType: 'Bundle', type: 'transaction', entry } satisfies Bundle);
  const entries = [post(request(PATIENT)), post(patient, PATIENT)];
  const refused: BundleEntry = {
    resource: { ...request(PATIENT), id: 'known' },
    request: { method: 'PUT', url: 'ServiceRequest/known', ifMatch: 'W/"4"' },
  };
  assert.equal((await send(...entries, refused)).status, 412);
  assert.deepEqual(await steps(server), []);
  assert.equal((await send(...entries)).status, 200);
  assert.deepEqual(await steps(server), [step]);
});

test('a request for nobody who is known, or not for images, is kept and is on no worklist', async (t) => {
  const server = await fhirServer(t);
  await written(server, request('Patient/nobody'));
  await written(server, request(await written(server, patient), { code: { text: 'Glucose' } }));
  assert.deepEqual(await steps(server), []);
});
