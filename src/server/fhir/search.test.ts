import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bundle, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { type FhirServer, fhirServer } from '../../../test/support/fhir-server.ts';
import { localPrincipal } from '../../auth/principal.ts';

const RED = 'urn:oid:1.3.6.1.4.1.21367.13.20.1000';

/** `path`, asked and answered as a Bundle. */
async function bundleOf(server: FhirServer, path: string, headers = {}): Promise<Bundle> {
  const { status, resource, issue } = await server.send<Bundle>('GET', path, undefined, headers);
  assert.equal(status, 200, `${path}: ${issue}`);
  return resource;
}

/** `Type/id` of the entries, with what each is there for. */
const entriesOf = ({ entry = [] }: Bundle, mode = 'match'): string =>
  entry
    .filter(({ search }) => search?.mode === mode)
    .map(({ resource }) => `${resource!.resourceType}/${resource!.id}`)
    .join(' ');

const linkOf = ({ link = [] }: Bundle, relation: string): string | undefined =>
  link.find((each) => each.relation === relation)?.url;

async function put(server: FhirServer, resource: object): Promise<void> {
  const { resourceType, id } = resource as { resourceType: string; id: string };
  const { status, issue } = await server.send('PUT', `/${resourceType}/${id}`, resource);
  assert.equal(status, 201, issue);
}

const report = (id: string, more: object = {}) => ({
  resourceType: 'DiagnosticReport',
  id,
  status: 'final',
  code: { text: 'CT Kopf' },
  ...more,
});

test('R4 search: what was written is found at once, in a Bundle with links, by GET and by a form', async (t) => {
  const server = await fhirServer(t);
  for (const id of ['a', 'b', 'c', 'd', 'e']) await put(server, report(id));
  const first = await bundleOf(server, '/DiagnosticReport?status=final&_count=2');
  assert.deepEqual(
    [first.type, first.total, entriesOf(first)],
    ['searchset', 5, 'DiagnosticReport/a DiagnosticReport/b'],
  );
  assert.equal(linkOf(first, 'self'), `${server.root}/DiagnosticReport?status=final&_count=2`);
  assert.equal(first.entry![0]!.fullUrl, `${server.root}/DiagnosticReport/a`);
  assert.equal(linkOf(first, 'previous'), undefined);
  const second = await bundleOf(server, linkOf(first, 'next')!.slice(server.root.length));
  const third = await bundleOf(server, linkOf(second, 'next')!.slice(server.root.length));
  assert.deepEqual(
    [entriesOf(second), entriesOf(third)],
    ['DiagnosticReport/c DiagnosticReport/d', 'DiagnosticReport/e'],
  );
  assert.equal(linkOf(third, 'next'), undefined);
  const before = await bundleOf(server, linkOf(third, 'previous')!.slice(server.root.length));
  assert.equal(entriesOf(before), entriesOf(second));
  assert.equal(entriesOf(await bundleOf(server, linkOf(third, 'first')!.slice(server.root.length))), entriesOf(first));
  const form = await server.send<Bundle>('POST', '/DiagnosticReport/_search?_count=1', 'status=final&_sort=-_id', {
    'Content-Type': 'application/x-www-form-urlencoded',
  });
  assert.equal(entriesOf(form.resource), 'DiagnosticReport/e');
});

test('R4 search.html#errors: what is not known is ignored and said, refused where that is preferred; a Problem is an outcome', async (t) => {
  const server = await fhirServer(t);
  const lenient = await bundleOf(server, '/Observation?colour=red');
  assert.equal((lenient.entry![0]!.resource as OperationOutcome).issue![0]!.code, 'not-supported');
  const strict = await server.send('GET', '/Observation?colour=red', undefined, { Prefer: 'handling=strict' });
  assert.deepEqual([strict.status, strict.resource.resourceType], [400, 'OperationOutcome']);
  for (const query of ['date=yesterday', 'status:exact=final', '_cursor=x']) {
    const { status, resource } = await server.send('GET', `/Observation?${query}`);
    assert.deepEqual([status, resource.resourceType], [400, 'OperationOutcome'], query);
  }
});

test('R4 search.html#elements, #summary: matches are shown in part and say so', async (t) => {
  const server = await fhirServer(t);
  await put(
    server,
    report('a', {
      conclusion: 'nothing',
      text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' },
    }),
  );
  const only = async (query: string): Promise<Resource> =>
    (await bundleOf(server, `/DiagnosticReport?${query}`)).entry![0]!.resource!;
  assert.deepEqual(Object.keys(await only('_elements=DiagnosticReport.conclusion')).sort(), [
    'code',
    'conclusion',
    'id',
    'meta',
    'resourceType',
    'status',
  ]);
  assert.ok(!('text' in (await only('_summary=data'))));
  assert.equal((await only('_summary=true')).meta!.tag![0]!.code, 'SUBSETTED');
  const counted = await bundleOf(server, '/DiagnosticReport?_summary=count');
  assert.deepEqual([counted.total, counted.entry], [1, undefined]);
});

test('chains and references lead to whoever a patient is by now; an included patient is shown as every patient is', async (t) => {
  const server = await fhirServer(t);
  const patient = (value: string, family: string) => ({
    resourceType: 'Patient',
    identifier: [{ system: RED, value }],
    name: [{ family, given: ['Alice'] }],
    gender: 'female',
    birthDate: '1958-01-30',
  });
  const written = await server.send<Resource>('POST', '/Patient', patient('7', 'Mohr'));
  await server.send('POST', '/Patient', patient('8', 'Anders'));
  const subject = { reference: `Patient/${written.resource.id}` };
  await put(server, report('mohr', { subject }));
  await put(server, report('nobody', { subject: { reference: 'Patient/unheard-of' } }));
  const asked = [
    `patient.identifier=${encodeURIComponent(`${RED}|7`)}`,
    'subject:Patient.name=mohr',
    'patient.family=Mohr&patient.birthdate=1958-01-30',
    `subject=${written.resource.id}`,
    `patient=Patient/${written.resource.id}`,
  ];
  for (const query of asked)
    assert.equal(entriesOf(await bundleOf(server, `/DiagnosticReport?${query}`)), 'DiagnosticReport/mohr', query);
  for (const query of [`patient.identifier=${encodeURIComponent(`${RED}|8`)}`, 'patient.name=nobody']) {
    assert.equal(entriesOf(await bundleOf(server, `/DiagnosticReport?${query}`)), '', query);
  }
  const found = await server.send<Bundle>('GET', `/Patient?identifier=${encodeURIComponent(`${RED}|7`)}`);
  const shown = found.resource.entry![0]!.resource!;
  const with_ = await bundleOf(server, '/DiagnosticReport?_include=DiagnosticReport:patient');
  assert.equal(entriesOf(with_, 'include'), `Patient/${shown.id}`);
  // A person of whom no more is known than a message said.
  const person = await server.send<Bundle>('GET', `/DiagnosticReport?patient=${shown.id}`);
  assert.equal(entriesOf(person.resource), 'DiagnosticReport/mohr');
});

test('conditional interactions go by every criterion that a search has, and by no unknown one', async (t) => {
  const server = await fhirServer(t);
  const order = {
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    subject: { reference: 'Patient/1' },
    requisition: { system: 'urn:g', value: '4' },
  };
  const once = (criteria: string) => server.send('POST', '/ServiceRequest', order, { 'If-None-Exist': criteria });
  assert.deepEqual(
    [
      (await once('requisition=urn:g|4&status=active')).status,
      (await once('requisition=urn:g|4&status=active')).status,
    ],
    [201, 200],
  );
  assert.equal((await once('requisition=urn:g|5')).status, 201);
  assert.equal((await once('status=active')).status, 412);
  assert.equal((await once('colour=red')).status, 400);
  assert.equal((await once('_count=5')).status, 400);
});

test('R4 search.html#all: several types at once; a type that is held otherwise is refused', async (t) => {
  const server = await fhirServer(t);
  await put(server, report('a'));
  await put(server, { resourceType: 'Task', id: 't', status: 'ready', intent: 'order' });
  assert.equal(entriesOf(await bundleOf(server, '/?_type=Task,DiagnosticReport')), 'DiagnosticReport/a Task/t');
  assert.equal(entriesOf(await bundleOf(server, '/?_lastUpdated=ge2026')), 'DiagnosticReport/a Task/t');
  assert.equal((await server.send('GET', '/?_type=Patient,Task')).status, 400);
});

test('no tenant finds what is another tenant\u2019s, and who may not read does not search', async (t) => {
  const server = await fhirServer(t, {
    other: { ...localPrincipal, id: 'token:2', kind: 'token', tenant: 2, scopes: ['read', 'write'] },
    writer: { ...localPrincipal, id: 'token:3', kind: 'token', scopes: ['write'] },
  });
  await server.database.query(`insert into tenant (id, name) overriding system value values (2, 'other')`);
  await put(server, report('a', { subject: { reference: 'Patient/1' } }));
  for (const path of ['/DiagnosticReport', '/DiagnosticReport?patient=1&_include=*', '/?_type=DiagnosticReport']) {
    const { total, entry } = await bundleOf(server, path, { Authorization: 'other' });
    assert.deepEqual([total, entry], [0, undefined], path);
  }
  assert.equal((await server.send('GET', '/DiagnosticReport', undefined, { Authorization: 'writer' })).status, 403);
});

test('the CapabilityStatement says of each kept type what it is searched by and what comes along', async (t) => {
  const server = await fhirServer(t);
  const { resource } = await server.send<Resource>('GET', '/metadata');
  const types = (
    resource as {
      rest: {
        resource: {
          type: string;
          searchParam?: { name: string; type: string }[];
          searchInclude?: string[];
          searchRevInclude?: string[];
        }[];
      }[];
    }
  ).rest[0]!.resource;
  const ofReport = types.find(({ type }) => type === 'DiagnosticReport')!;
  assert.ok(ofReport.searchParam!.some(({ name, type }) => name === 'based-on' && type === 'reference'));
  assert.ok(ofReport.searchInclude!.includes('DiagnosticReport:based-on'));
  assert.ok(
    types.find(({ type }) => type === 'ServiceRequest')!.searchRevInclude!.includes('DiagnosticReport:based-on'),
  );
});
