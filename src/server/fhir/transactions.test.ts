import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bundle, BundleEntry, Observation, OperationOutcome, Resource, ServiceRequest } from '@medplum/fhirtypes';
import { type FhirServer, fhirServer } from '../../../test/support/fhir-server.ts';
import { localPrincipal } from '../../auth/principal.ts';

const PATIENT = 'urn:uuid:11111111-1111-4111-8111-111111111111';
const ORDER = 'urn:uuid:22222222-2222-4222-8222-222222222222';

const bundle = (type: Bundle['type'], ...entry: BundleEntry[]): Bundle => ({ resourceType: 'Bundle', type, entry });
const post = (resource: Resource, fullUrl?: string, more = {}): BundleEntry => ({
  ...(fullUrl && { fullUrl }),
  resource,
  request: { method: 'POST', url: resource.resourceType, ...more },
});
const patient = (value: string): Resource => ({
  resourceType: 'Patient',
  identifier: [{ system: 'urn:mrn', value }],
  name: [{ family: 'Okonkwo', given: ['Ada'] }],
});
const order = (subject: string, more: Partial<ServiceRequest> = {}): ServiceRequest => ({
  resourceType: 'ServiceRequest',
  status: 'active',
  intent: 'order',
  subject: { reference: subject },
  ...more,
});
const finding = (basedOn?: string): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'nodule' },
  ...(basedOn && { basedOn: [{ reference: basedOn }] }),
});

const send = (server: FhirServer, body: Bundle, headers = {}) => server.send<Bundle>('POST', '/', body, headers);
const statuses = ({ entry = [] }: Bundle): string[] => entry.map(({ response }) => response!.status!);
const total = async (server: FhirServer): Promise<number> =>
  (await server.send<Bundle>('GET', '/_history')).resource.total!;

test('R4 transaction: entries refer to each other before they have ids, in whichever order they stand', async (t) => {
  const server = await fhirServer(t);
  const narrative = `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${PATIENT}">her</a></div>`;
  const { status, resource } = await send(
    server,
    bundle(
      'transaction',
      post(finding(ORDER)),
      post(order(PATIENT, { text: { status: 'additional', div: narrative } }), ORDER),
      post(patient('1'), PATIENT),
    ),
  );
  assert.equal(status, 200);
  assert.equal(resource.type, 'transaction-response');
  assert.deepEqual(statuses(resource), Array(3).fill('201 Created'));
  const [found, ordered, known] = resource.entry!.map((entry) => entry.resource!);
  assert.equal((found as Observation).basedOn![0]!.reference, `ServiceRequest/${ordered!.id}`);
  const { subject, text } = ordered as ServiceRequest;
  assert.equal(subject!.reference, `Patient/${known!.id}`);
  assert.match(text!.div!, new RegExp(`href="Patient/${known!.id}"`));
  for (const { response } of resource.entry!) {
    assert.equal((await server.send('GET', response!.location!.slice(server.root.length))).status, 200);
  }
});

test('R4 transaction: one refused entry refuses all, says which, and leaves nothing, not in identity either', async (t) => {
  const server = await fhirServer(t, { writer: { ...localPrincipal, id: 'token:5', scopes: ['write'] } });
  const before = await total(server);
  const stale: BundleEntry = {
    resource: { ...order(PATIENT), id: 'known' },
    request: { method: 'PUT', url: 'ServiceRequest/known', ifMatch: 'W/"4"' },
  };
  const refused = await server.send<OperationOutcome>(
    'POST',
    '/',
    bundle('transaction', post(patient('2'), PATIENT), stale),
  );
  assert.equal(refused.status, 412);
  assert.deepEqual(refused.resource.issue![0]!.expression, ['Bundle.entry[1]']);
  assert.equal(await total(server), before);
  const nobody = await server.send<Bundle>('GET', '/Patient?identifier=urn:mrn%7C2');
  assert.equal(nobody.resource.total, 0);
  await server.core.audit.flush();
  const rows = await server.database.query(`select outcome from audit where action = 'store'`);
  assert.ok(rows.length > 0 && rows.every(({ outcome }) => outcome === 'fhir/version-conflict'));
  const forbidden = await send(
    server,
    bundle('transaction', post(finding()), { request: { method: 'GET', url: '_history' } }),
    { Authorization: 'writer' },
  );
  assert.equal(forbidden.status, 403);
  assert.equal(await total(server), before);
});

test('R4 transaction: a conditional create that finds something, and references by criteria, name what is there', async (t) => {
  const server = await fhirServer(t);
  const staff = { resourceType: 'Practitioner', identifier: [{ system: 'urn:staff', value: '3' }] } as Resource;
  const { resource: there } = await server.send('POST', '/Practitioner', staff);
  const { resource: known } = await server.send('POST', '/Patient', patient('3'));
  const STAFF = 'urn:uuid:33333333-3333-4333-8333-333333333333';
  const entries = [
    post(staff, STAFF, { ifNoneExist: 'identifier=urn:staff|3' }),
    post(order('Patient?identifier=urn:mrn|3', { requester: { reference: STAFF } })),
  ];
  const { resource } = await send(server, bundle('transaction', ...entries));
  assert.deepEqual(statuses(resource), ['200 OK', '201 Created']);
  const { subject, requester } = resource.entry![1]!.resource as ServiceRequest;
  assert.equal(requester!.reference, `Practitioner/${there.id}`);
  assert.equal(subject!.reference, `Patient/${known.id}`);
  const dangling = await send(server, bundle('transaction', post(order('Patient?identifier=urn:mrn|nobody'))));
  assert.deepEqual([dangling.status, dangling.issue.split(' ')[1]], [422, 'business-rule']);
});

test('R4 transaction: deletions come first and reads last; no resource is written twice', async (t) => {
  const server = await fhirServer(t);
  await server.send('PUT', '/Observation/a', { ...finding(), id: 'a' });
  const { resource } = await send(
    server,
    bundle(
      'transaction',
      { request: { method: 'GET', url: 'Observation/b' } },
      { resource: { ...finding(), id: 'b' }, request: { method: 'PUT', url: `${server.root}/Observation/b` } },
      { request: { method: 'DELETE', url: 'Observation/a' } },
    ),
  );
  assert.deepEqual(statuses(resource), ['200 OK', '201 Created', '204 No Content']);
  assert.equal((await server.send('GET', '/Observation/a')).status, 410);
  const twice = await send(
    server,
    bundle(
      'transaction',
      { request: { method: 'DELETE', url: 'Observation/b' } },
      { resource: { ...finding(), id: 'b' }, request: { method: 'PUT', url: 'Observation/b' } },
    ),
  );
  assert.equal(twice.status, 422);
  assert.equal((await server.send('GET', '/Observation/b')).status, 200);
});

test('R4 batch: each entry counts by itself, in its own words, and a PATCH comes as a Binary', async (t) => {
  const server = await fhirServer(t);
  await server.send('PUT', '/Observation/a', { ...finding(), id: 'a' });
  const data = Buffer.from(JSON.stringify([{ op: 'replace', path: '/status', value: 'amended' }])).toString('base64');
  const patch = { resourceType: 'Binary', contentType: 'application/json-patch+json', data } as Resource;
  const answer = await send(
    server,
    bundle(
      'batch',
      { request: { method: 'GET', url: 'Observation/never' } },
      { resource: patch, request: { method: 'PATCH', url: 'Observation/a' } },
      { request: { method: 'GET', url: 'Observation/a', ifNoneMatch: 'W/"2"' } },
      post({ resourceType: 'Practitioner' }, undefined, { url: 'Observation' }),
      { request: { method: 'GET', url: 'Ledger' } },
      { request: { method: 'POST', url: '/' }, resource: { resourceType: 'Bundle', type: 'batch' } },
    ),
  );
  assert.equal(answer.status, 200);
  assert.deepEqual(statuses(answer.resource), [
    '404 Not Found',
    '200 OK',
    '304 Not Modified',
    '400 Bad Request',
    '404 Not Found',
    '400 Bad Request',
  ]);
  assert.equal(answer.resource.entry![0]!.response!.outcome!.resourceType, 'OperationOutcome');
});

test('R4 http: a Bundle that is neither batch nor transaction is kept at Bundle, not processed', async (t) => {
  const server = await fhirServer(t);
  const document = bundle('collection', { resource: finding() });
  assert.equal((await send(server, document)).status, 400);
  assert.equal((await server.send('POST', '/', finding())).status, 400);
  const kept = await server.send<Bundle>('POST', '/Bundle', document);
  assert.deepEqual([kept.status, kept.resource.entry!.length], [201, 1]);
});
