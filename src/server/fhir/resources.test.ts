import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bundle, Observation, OperationOutcome, Practitioner } from '@medplum/fhirtypes';
import { type FhirServer, fhirServer } from '../../../test/support/fhir-server.ts';
import { localPrincipal } from '../../auth/principal.ts';
import { readEvents } from '../../storage/events.ts';

const observation = (more: Partial<Observation> = {}): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'diameter' },
  ...more,
});
const practitioner = (value: string, more: Partial<Practitioner> = {}): Practitioner => ({
  resourceType: 'Practitioner',
  identifier: [{ system: 'urn:staff', value }],
  ...more,
});

async function created(server: FhirServer, resource = observation()): Promise<string> {
  const { status, resource: made } = await server.send<Observation>('POST', '/Observation', resource);
  assert.equal(status, 201);
  return made.id!;
}

test('R4 http: what is created is read as it was written, with its version, and decimals to the digit', async (t) => {
  const server = await fhirServer(t);
  const body = `{"resourceType":"Observation","id":"mine","status":"final","code":{"text":"Ø"},"valueQuantity":{"value":1.50}}`;
  const made = await server.send<Observation>('POST', '/Observation', body);
  assert.equal(made.status, 201);
  const { id } = made.resource;
  assert.notEqual(id, 'mine');
  assert.equal(made.headers.get('location'), `${server.root}/Observation/${id}/_history/1`);
  assert.equal(made.headers.get('etag'), 'W/"1"');
  const read = await server.send('GET', `/Observation/${id}`);
  assert.equal(read.text, made.text);
  assert.match(read.text, /"value":1\.50\b/);
  assert.equal(read.headers.get('last-modified'), new Date(made.resource.meta!.lastUpdated!).toUTCString());
  const xml = await server.send('GET', `/Observation/${id}`, undefined, { Accept: 'application/fhir+xml' });
  assert.match(xml.text, /<value value="1\.50"\/>/);
});

test('R4 http: a read is 304 for who has it, by version or by time', async (t) => {
  const server = await fhirServer(t);
  const id = await created(server);
  const statusOf = async (headers: Record<string, string>) =>
    (await server.send('GET', `/Observation/${id}`, undefined, headers)).status;
  const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
  assert.equal(await statusOf({ 'If-None-Match': 'W/"1"' }), 304);
  assert.equal(await statusOf({ 'If-None-Match': '"1"' }), 304);
  assert.equal(await statusOf({ 'If-None-Match': 'W/"2"' }), 200);
  assert.equal(await statusOf({ 'If-Modified-Since': inAnHour }), 304);
  assert.equal(await statusOf({ 'If-Modified-Since': 'Mon, 01 Jan 2001 00:00:00 GMT' }), 200);
  assert.equal(await statusOf({ 'If-None-Match': 'W/"2"', 'If-Modified-Since': inAnHour }), 200);
});

test('R4 http: an update makes the next version; one of another version than the client saw is refused with 412', async (t) => {
  const server = await fhirServer(t);
  const id = await created(server);
  const put = (status: Observation['status'], headers = {}) =>
    server.send<Observation>('PUT', `/Observation/${id}`, observation({ id, status }), headers);
  const second = await put('amended', { 'If-Match': 'W/"1"' });
  assert.deepEqual([second.status, second.resource.meta!.versionId], [200, '2']);
  const stale = await put('cancelled', { 'If-Match': 'W/"1"' });
  assert.equal(stale.status, 412);
  assert.match(stale.issue, /^error conflict/);
  assert.equal((await put('cancelled', { 'If-Match': 'nonsense!' })).status, 400);
  assert.equal((await put('cancelled', { 'If-None-Match': '*' })).status, 412);
  const vread = await server.send<Observation>('GET', `/Observation/${id}/_history/1`);
  assert.deepEqual([vread.status, vread.resource.status], [200, 'final']);
  assert.equal((await server.send('GET', `/Observation/${id}/_history/3`)).status, 404);
  const wrong = await server.send('PUT', `/Observation/${id}`, observation({ id: 'other' }));
  assert.deepEqual([wrong.status, wrong.issue], [400, 'error value the id is not the one of the URL']);
});

test('R4 http: an update under a new id creates; Prefer says what comes back', async (t) => {
  const server = await fhirServer(t);
  const put = (headers: Record<string, string>) =>
    server.send('PUT', '/Observation/ours.1', observation({ id: 'ours.1' }), headers);
  const minimal = await put({ Prefer: 'return=minimal' });
  assert.deepEqual([minimal.status, minimal.text, minimal.headers.get('etag')], [201, '', 'W/"1"']);
  const outcome = await put({ Prefer: 'return=OperationOutcome' });
  assert.deepEqual([outcome.status, outcome.resource.resourceType], [200, 'OperationOutcome']);
  assert.equal((await put({})).resource.resourceType, 'Observation');
});

test('R4 http: what was deleted is 410, in its history, and comes back by an update', async (t) => {
  const server = await fhirServer(t);
  const id = await created(server);
  const url = `/Observation/${id}`;
  assert.equal((await server.send('DELETE', url, undefined, { 'If-Match': 'W/"7"' })).status, 412);
  for (const again of [1, 2]) assert.equal((await server.send('DELETE', url)).status, 204, String(again));
  const gone = await server.send('GET', url);
  assert.deepEqual([gone.status, gone.issue], [410, 'error deleted this Observation was deleted']);
  assert.equal((await server.send('GET', `${url}/_history/2`)).status, 410);
  assert.equal((await server.send('DELETE', '/Observation/never')).status, 204);
  assert.equal((await server.send('PUT', url, observation({ id }))).status, 201);
  const { resource } = await server.send<Bundle>('GET', `${url}/_history`);
  assert.deepEqual(
    resource.entry!.map(({ request, response, resource: version }) => [
      `${request!.method} ${request!.url}`,
      response!.status,
      version?.meta?.versionId,
    ]),
    [
      [`PUT Observation/${id}`, '200 OK', '3'],
      [`DELETE Observation/${id}`, '204 No Content', undefined],
      ['POST Observation', '201 Created', '1'],
    ],
  );
  assert.equal((await server.send('GET', '/Observation/never/_history')).status, 404);
});

test('R4 http: histories of a type and of everything are walked in pages without a gap while others write', async (t) => {
  const server = await fhirServer(t);
  const ids: string[] = [];
  for (let at = 0; at < 7; at++) ids.push(await created(server));
  await server.send('PUT', '/Practitioner/p', practitioner('1', { id: 'p' }));
  const walked: string[] = [];
  let url: string | undefined = '/Observation/_history?_count=2';
  while (url !== undefined) {
    const { resource }: { resource: Bundle } = await server.send<Bundle>('GET', url);
    walked.push(...resource.entry!.map((entry) => entry.resource!.id!));
    await created(server);
    url = resource.link!.find(({ relation }) => relation === 'next')?.url.slice(server.root.length);
  }
  assert.deepEqual(walked, ids.toReversed());
  const all = await server.send<Bundle>('GET', '/_history?_count=500');
  assert.equal(all.resource.total, all.resource.entry!.length);
  assert.ok(all.resource.entry!.some(({ fullUrl }) => fullUrl === `${server.root}/Practitioner/p`));
  const later = await server.send<Bundle>('GET', '/_history?_since=2100-01-01T00:00:00Z');
  assert.equal(later.resource.total, 0);
  assert.equal((await server.send('GET', '/_history?_since=yesterday')).status, 400);
});

test('R4 http: of many conditional creates at once one creates, and the others find it', async (t) => {
  const server = await fhirServer(t);
  const make = () =>
    server.send<Practitioner>('POST', '/Practitioner', practitioner('7'), {
      'If-None-Exist': 'identifier=urn:staff|7',
    });
  const answers = await Promise.all(Array.from({ length: 20 }, make));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [...Array(19).fill(200), 201]);
  assert.equal(new Set(answers.map(({ resource }) => resource.id)).size, 1);
});

test('R4 http: a conditional update creates, updates, and is refused where several match', async (t) => {
  const server = await fhirServer(t);
  const put = (more: Partial<Practitioner> = {}) =>
    server.send<Practitioner>('PUT', '/Practitioner?identifier=urn:staff%7C1', practitioner('1', more));
  const first = await put();
  const second = await put({ active: true });
  assert.deepEqual([first.status, second.status], [201, 200]);
  assert.equal(second.resource.id, first.resource.id);
  assert.equal((await put({ id: 'another' })).status, 400);
  await server.send('POST', '/Practitioner', practitioner('1'));
  const several = await put();
  assert.deepEqual([several.status, several.issue.split(' ')[1]], [412, 'multiple-matches']);
  assert.equal((await server.send('DELETE', '/Practitioner?identifier=urn:staff%7C1')).status, 412);
  assert.equal((await server.send('DELETE', '/Practitioner')).status, 400);
  assert.equal((await server.send('DELETE', '/Practitioner?identifier=urn:staff%7C9')).status, 204);
});

test('RFC 6902: a JSON Patch makes the next version, and one that fails or makes no resource changes nothing', async (t) => {
  const server = await fhirServer(t);
  const id = await created(server);
  const patch = (operations: object[] | object, type = 'application/json-patch+json') =>
    server.send<Observation>('PATCH', `/Observation/${id}`, operations, { 'Content-Type': type });
  const patched = await patch([
    { op: 'test', path: '/status', value: 'final' },
    { op: 'replace', path: '/status', value: 'amended' },
    { op: 'add', path: '/note', value: [{ text: 'measured again' }] },
  ]);
  assert.deepEqual([patched.status, patched.resource.status], [200, 'amended']);
  assert.equal((await patch([{ op: 'test', path: '/status', value: 'final' }])).status, 422);
  assert.equal((await patch([{ op: 'replace', path: '/status', value: 'bogus' }])).status, 400);
  assert.equal((await patch([{ op: 'replace', path: '/id', value: 'x' }])).status, 422);
  assert.equal((await patch({ op: 'none' })).status, 400);
  const inPath = {
    name: 'operation',
    part: [
      { name: 'type', valueCode: 'delete' },
      { name: 'path', valueString: 'Observation.note' },
    ],
  };
  const removed = await patch({ resourceType: 'Parameters', parameter: [inPath] }, 'application/fhir+json');
  assert.deepEqual([removed.status, removed.resource.note, removed.resource.meta!.versionId], [200, undefined, '3']);
  assert.equal(
    (await server.send('PATCH', '/Observation/never', [], { 'Content-Type': 'application/json-patch+json' })).status,
    404,
  );
});

test('R4 binary: content is kept and served in its own media type, and as a resource to who asks for one', async (t) => {
  const server = await fhirServer(t);
  const made = await server.send('POST', '/Binary', 'Grüße', { 'Content-Type': 'text/plain; charset=utf-8' });
  assert.equal(made.status, 201);
  const url = `${server.root}/Binary/${made.resource.id}`;
  for (const accept of ['*/*', 'text/plain']) {
    const raw = await fetch(url, { headers: { Accept: accept } });
    assert.deepEqual([raw.headers.get('content-type'), await raw.text()], ['text/plain; charset=utf-8', 'Grüße']);
    assert.equal(raw.headers.get('content-disposition'), 'attachment');
  }
  const asResource = await fetch(url, { headers: { Accept: 'application/fhir+json' } });
  const { data } = (await asResource.json()) as { data: string };
  assert.equal(Buffer.from(data, 'base64').toString(), 'Grüße');
});

test('R4 $validate: issues with their places, and nothing is kept', async (t) => {
  const server = await fhirServer(t);
  const bad = { ...observation(), status: 'bogus' };
  const { status, resource } = await server.send<OperationOutcome>('POST', '/Observation/$validate', bad);
  assert.equal(status, 200);
  assert.deepEqual(
    resource.issue!.map(({ code, expression }) => [code, expression]),
    [['code-invalid', ['Observation.status']]],
  );
  const asked = { resourceType: 'Parameters', parameter: [{ name: 'resource', resource: observation() }] };
  assert.match((await server.send('POST', '/Observation/$validate', asked)).issue, /^information informational/);
  assert.match((await server.send('POST', '/Observation/$validate', practitioner('1'))).issue, /^error structure/);
  const all = await server.send<Bundle>('GET', '/_history');
  assert.equal(all.resource.total, 0);
});

test('one tenant sees nothing of another, whatever it asks for, and who may read does not write', async (t) => {
  const server = await fhirServer(t, {
    other: { ...localPrincipal, id: 'token:9', kind: 'token', tenant: 2 },
    reader: { ...localPrincipal, id: 'token:8', kind: 'token', scopes: ['read'] },
  });
  await server.database.query(`insert into tenant (name) values ('other')`);
  const id = await created(server);
  const other = { Authorization: 'other' };
  const unknown = await server.send('GET', '/Observation/unknown', undefined, other);
  for (const path of [`/Observation/${id}`, `/Observation/${id}/_history`, `/Observation/${id}/_history/1`]) {
    const { status, issue } = await server.send('GET', path, undefined, other);
    assert.deepEqual([status, issue.split(' ')[1]], [404, unknown.issue.split(' ')[1]], path);
  }
  assert.equal((await server.send<Bundle>('GET', '/_history', undefined, other)).resource.total, 0);
  assert.equal((await server.send('PUT', `/Observation/${id}`, observation({ id }), other)).status, 201);
  const ours = await server.send<Observation>('GET', `/Observation/${id}`);
  assert.equal(ours.resource.meta!.versionId, '1');
  const reader = { Authorization: 'reader' };
  assert.equal((await server.send('GET', `/Observation/${id}`, undefined, reader)).status, 200);
  assert.equal((await server.send('POST', '/Observation', observation(), reader)).status, 403);
  assert.equal((await server.send('DELETE', `/Observation/${id}`, undefined, reader)).status, 403);
});

test('every version is an event of the feed, and every access a row of the audit that names the resource', async (t) => {
  const server = await fhirServer(t);
  const id = await created(server);
  await server.send('DELETE', `/Observation/${id}`);
  const events = await readEvents(server.database, { tenant: 1 });
  assert.deepEqual(
    events.map(({ kind, detail }) => [kind, detail]),
    ['POST', 'DELETE'].map((method, at) => [
      'resource-changed',
      { id, type: 'Observation', method, version: at + 1, by: 'local' },
    ]),
  );
  await server.core.audit.flush();
  const { resource } = await server.send<Bundle>('GET', `/AuditEvent?entity=Observation/${id}`);
  const told = resource.entry!.map(({ resource: event }) => event as { subtype: { code: string }[]; outcome: string });
  assert.deepEqual(
    told.map(({ subtype, outcome }) => [subtype[0]!.code, outcome]),
    [
      ['store', '0'],
      ['store', '0'],
    ],
  );
  const read = await server.send('GET', `/AuditEvent/${resource.entry![0]!.resource!.id}`);
  assert.equal(read.status, 200);
  assert.equal((await server.send('PUT', '/AuditEvent/1', {})).status, 405);
});
