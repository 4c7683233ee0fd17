import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bundle, Parameters, Patient } from '@medplum/fhirtypes';
import { type FhirServer, fhirServer } from '../../../test/support/fhir-server.ts';

const RED = 'urn:oid:1.2.36.1';
const BLUE = 'urn:oid:1.2.36.2';

const patient = (value: string, more: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  identifier: [{ system: RED, value }],
  name: [{ use: 'official', family: 'Quimbley', given: ['Hermione', 'A'] }],
  gender: 'female',
  birthDate: '1961-03-07',
  ...more,
});
/** What no golden record has. */
const rich: Partial<Patient> = {
  maritalStatus: { text: 'married' },
  communication: [{ language: { text: 'German' } }],
  contact: [{ name: { text: 'her sister' } }],
};

const search = async (server: FhirServer, query: string): Promise<Patient[]> => {
  const { resource } = await server.send<Bundle>('GET', `/Patient?${query}`);
  return (resource.entry ?? []).map((entry) => entry.resource as Patient);
};
const registered = (system: string, value: string): string =>
  `/Patient?identifier=${encodeURIComponent(`${system}|${value}`)}`;

/** A registration desk says something later, by another message than FHIR. */
async function saidByDesk(server: FhirServer, issuer: string, said: object): Promise<void> {
  const { people } = await server.core.identity();
  const timestamp = new Date(Date.now() + 1000).toISOString();
  const payload = { issuer, site: 'DESK', timestamp, medium: 'hl7', ...said };
  await people.append([{ tenant: 1, kind: 'sighting', cause: `desk:${timestamp}:${JSON.stringify(said)}`, payload }]);
}

test('a Patient that was written is read, found and counted under one id, with everything that was written', async (t) => {
  const server = await fhirServer(t);
  const made = await server.send<Patient>('POST', '/Patient', patient('1', rich));
  assert.equal(made.status, 201);
  const { id } = made.resource;
  const read = await server.send<Patient>('GET', `/Patient/${id}`);
  assert.equal(read.text, made.text);
  assert.deepEqual(read.resource.contact, rich.contact);
  assert.deepEqual(await search(server, `identifier=${RED}%7C1`), [made.resource]);
  assert.deepEqual(await search(server, 'family=quim&birthdate=1961-03-07'), [made.resource]);
  const crossed = await server.send<Parameters>('GET', `/Patient/$ihe-pix?sourceIdentifier=${RED}%7C1`);
  assert.equal(crossed.resource.parameter![0]!.valueReference!.reference, `${server.root}/Patient/${id}`);
  const again = await server.send<Patient>('POST', '/Patient', patient('1'), {
    'If-None-Exist': `identifier=${RED}|1`,
  });
  assert.deepEqual([again.status, again.resource.id], [200, id]);
});

test('an update is a new version and what identity goes by; a deletion is the end of it', async (t) => {
  const server = await fhirServer(t);
  const { resource } = await server.send<Patient>('POST', '/Patient', patient('1'));
  const url = `/Patient/${resource.id}`;
  const changed = { ...resource, birthDate: '1961-07-03' };
  const updated = await server.send<Patient>('PUT', url, changed, { 'If-Match': 'W/"1"' });
  assert.deepEqual(
    [updated.status, updated.resource.meta!.versionId, updated.resource.birthDate],
    [200, '2', '1961-07-03'],
  );
  assert.equal((await server.send('PUT', url, changed, { 'If-Match': 'W/"1"' })).status, 412);
  assert.deepEqual(await search(server, 'birthdate=1961-07-03'), [updated.resource]);
  const before = await server.send<Patient>('GET', `${url}/_history/1`);
  assert.equal(before.resource.birthDate, '1961-03-07');
  const { status } = await server.send('PATCH', url, [{ op: 'add', path: '/active', value: true }], {
    'Content-Type': 'application/json-patch+json',
  });
  assert.equal(status, 200);
  assert.equal((await server.send<Bundle>('GET', `${url}/_history`)).resource.total, 3);
  assert.equal((await server.send('DELETE', url)).status, 204);
  assert.equal((await server.send('GET', url)).status, 410);
  assert.deepEqual(await search(server, `identifier=${RED}%7C1`), []);
  assert.deepEqual(await search(server, 'family=quimbley'), []);
});

test('update-as-create: a client names its Patient itself, also one without any identifier', async (t) => {
  const server = await fhirServer(t);
  const mine = { resourceType: 'Patient', id: 'mine-1', name: [{ family: 'Nameless' }] };
  assert.equal((await server.send('PUT', '/Patient/mine-1', mine)).status, 201);
  const [found] = await search(server, '_id=mine-1');
  assert.deepEqual([found?.id, found?.identifier], ['mine-1', undefined]);
  assert.equal((await search(server, 'family=nameless')).length, 1);
  const order = {
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    subject: { reference: 'Patient/mine-1' },
  };
  await server.send('POST', '/ServiceRequest', order);
  const { resource } = await server.send<Bundle>('GET', '/Patient/mine-1/$everything');
  assert.deepEqual(
    resource.entry!.map((entry) => entry.resource!.resourceType),
    ['Patient', 'ServiceRequest'],
  );
});

test('every identifier that a Patient has finds it, not only its registration', async (t) => {
  const server = await fhirServer(t);
  const both = {
    identifier: [
      { system: RED, value: '1' },
      { system: BLUE, value: '2' },
    ],
  };
  const { resource } = await server.send<Patient>('POST', '/Patient', patient('1', both));
  assert.deepEqual(await search(server, `identifier=${BLUE}%7C2`), [resource]);
});

test('R4 search: a name that identity takes for none finds whoever was written with it, each of them', async (t) => {
  const server = await fhirServer(t);
  for (const value of ['1', '2', '3']) {
    const named = { name: [{ family: 'Paging', given: ['Tést'] }], birthDate: '1900-01-01' };
    assert.equal((await server.send('POST', '/Patient', patient(value, named))).status, 201);
  }
  for (const query of [
    'family=paging',
    'given=test',
    'name:contains=agin',
    'birthdate=1900-01-01',
    'name=Paging%20Test',
  ]) {
    assert.equal((await search(server, query)).length, query.endsWith('Test') ? 0 : 3, query);
  }
  assert.deepEqual(await search(server, 'family=p%25'), []);
  const [first] = await search(server, `identifier=${RED}%7C1`);
  const renamed = { ...first!, name: [{ family: 'Pager', given: ['Test'] }] };
  assert.equal((await server.send('PUT', `/Patient/${first!.id}`, renamed)).status, 200);
  assert.equal((await search(server, 'family=paging')).length, 2);
  assert.equal(new Set((await search(server, 'given=test')).map(({ id }) => id)).size, 3);
  assert.equal((await server.send('DELETE', `/Patient/${first!.id}`)).status, 204);
  assert.deepEqual(await search(server, `identifier=${RED}%7C1`), []);
  assert.equal((await search(server, 'given=test')).length, 2);
});

test('what others say later of the same person shows, as another version; what was written stays in its history', async (t) => {
  const server = await fhirServer(t);
  const { resource: written } = await server.send<Patient>('POST', '/Patient', patient('1', rich));
  const url = `/Patient/${written.id}`;
  await saidByDesk(server, '1.2.36.1&ISO', {
    patientId: '1',
    name: 'ROSSI^HERMIONE^A',
    birthDate: '19610307',
    sex: 'F',
  });
  const { resource: shown, headers } = await server.send<Patient>('GET', url);
  assert.equal(shown.name![0]!.family, 'ROSSI');
  assert.deepEqual([shown.contact, shown.birthDate], [rich.contact, '1961-03-07']);
  assert.notEqual(shown.meta!.versionId, '1');
  assert.deepEqual(await search(server, 'family=rossi'), [shown]);
  const version = await server.send<Patient>('GET', `${url}/_history/${shown.meta!.versionId}`);
  assert.deepEqual(version.resource, shown);
  const history = await server.send<Bundle>('GET', `${url}/_history`);
  assert.deepEqual(
    history.resource.entry!.map((entry) => (entry.resource as Patient).name![0]!.family),
    ['ROSSI', 'Quimbley'],
  );
  const corrected = { ...shown, name: [{ family: 'Rossi-Quimbley', given: ['Hermione'] }] };
  const answer = await server.send<Patient>('PUT', url, corrected, { 'If-Match': headers.get('etag')! });
  assert.equal(answer.status, 200);
});

test('ITI-104: a registration that is fed is a Patient with versions; a second one of the same person keeps its own', async (t) => {
  const server = await fhirServer(t);
  const fed = await server.send<Patient>('PUT', registered(RED, '1'), patient('1', rich));
  assert.equal(fed.status, 201);
  const address: Partial<Patient> = {
    address: [{ line: ['12 Rookery Lane'], city: 'Tamworth', postalCode: '40210' }],
    telecom: [{ system: 'phone', value: '0208 555 7319' }],
  };
  await server.send('PUT', registered(RED, '1'), patient('1', { ...rich, ...address }));
  const blue = { identifier: [{ system: BLUE, value: '9' }], ...address };
  const second = await server.send<Patient>('PUT', registered(BLUE, '9'), patient('9', blue));
  assert.equal(second.resource.id, fed.resource.id);
  const [person, ...others] = await search(server, 'family=quimbley');
  assert.deepEqual(others, []);
  assert.deepEqual(
    person!.identifier!.map(({ value }) => value),
    ['1', '9'],
  );
  assert.deepEqual(person!.contact, rich.contact);
  const history = await server.send<Bundle>('GET', `/Patient/${person!.id}/_history`);
  assert.deepEqual(
    history.resource.entry!.map(({ resource }) => (resource as Patient).identifier!.length),
    [2, 1, 1],
  );
  assert.equal((await server.send('DELETE', registered(RED, '1'))).status, 204);
  const left = await search(server, 'family=quimbley');
  assert.deepEqual(
    left.map(({ identifier }) => identifier!.map(({ value }) => value)),
    [['9']],
  );
});

test('a person whom only others know is a Patient that can be read and written, and not deleted', async (t) => {
  const server = await fhirServer(t);
  await saidByDesk(server, 'NORTH', { patientId: '4711', name: 'ABERNATHY^ROSALIND', birthDate: '19880919', sex: 'F' });
  const [person] = await search(server, 'family=abernathy');
  const url = `/Patient/${person!.id}`;
  assert.equal((await server.send('GET', url)).status, 200);
  const refused = await server.send('DELETE', url);
  assert.deepEqual([refused.status, refused.issue.split(' ')[1]], [409, 'conflict']);
  const history = await server.send<Bundle>('GET', `${url}/_history`);
  assert.equal(history.resource.total, 1);
  const put = await server.send<Patient>('PUT', url, { ...person, maritalStatus: { text: 'single' } });
  assert.deepEqual([put.status, put.resource.id], [200, person!.id]);
  assert.equal((await search(server, 'family=abernathy')).length, 1);
});
