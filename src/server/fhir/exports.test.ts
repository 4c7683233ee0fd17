import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FhirServer, fhirServer } from '../../../test/support/fhir-server.ts';
import { localPrincipal } from '../../auth/principal.ts';

interface Manifest {
  transactionTime: string;
  request: string;
  output: { type: string; url: string; count?: number }[];
}

/** The answer to a kick-off, and what its manifest says. */
async function exported(server: FhirServer, path: string, headers: Record<string, string> = {}) {
  const all = { Accept: 'application/fhir+json', Prefer: 'respond-async', ...headers };
  const kickOff = await fetch(server.root + path, { headers: all });
  assert.equal(kickOff.status, 202);
  const status = kickOff.headers.get('content-location')!;
  const manifest = (await (await fetch(status, { headers })).json()) as Manifest;
  const lines = async (type: string): Promise<{ id: string; status?: string }[]> => {
    const file = await fetch(manifest.output.find((each) => each.type === type)!.url, { headers });
    assert.equal(file.headers.get('content-type'), 'application/fhir+ndjson');
    const text = await file.text();
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  };
  return { status, manifest, lines, types: manifest.output.map(({ type, count }) => `${type} ${count ?? ''}`.trim()) };
}

async function ward(t: Parameters<typeof fhirServer>[0]): Promise<FhirServer> {
  const server = await fhirServer(t, { other: { ...localPrincipal, id: 'token:2', kind: 'token' } });
  for (const id of ['ada', 'bea']) {
    await server.send('PUT', `/Patient/${id}`, { resourceType: 'Patient', id, name: [{ family: id }] });
    const subject = { reference: `Patient/${id}` };
    const resource = { resourceType: 'Observation', id: `of-${id}`, status: 'final', code: { text: 'x' }, subject };
    await server.send('PUT', `/Observation/of-${id}`, resource);
  }
  await server.send('PUT', '/Organization/ward', { resourceType: 'Organization', id: 'ward', name: 'Ward 7' });
  return server;
}

test('Bulk Data: an export holds everything as it was when it was asked for, though it is read later', async (t) => {
  const server = await ward(t);
  const { types, lines, manifest } = await exported(server, '/$export');
  assert.deepEqual(types, ['Patient', 'Observation 2', 'Organization 1']);
  assert.equal(manifest.request, `${server.root}/$export`);
  const changed = { resourceType: 'Observation', id: 'of-ada', status: 'amended', code: { text: 'y' } };
  await server.send('PUT', '/Observation/of-ada', changed);
  await server.send('DELETE', '/Observation/of-bea');
  await server.send('POST', '/Observation', { resourceType: 'Observation', status: 'final', code: { text: 'new' } });
  assert.deepEqual(
    (await lines('Observation')).map(({ id, status }) => [id, status]),
    [
      ['of-ada', 'final'],
      ['of-bea', 'final'],
    ],
  );
  assert.deepEqual((await lines('Patient')).map(({ id }) => id).sort(), ['ada', 'bea']);
});

test('Bulk Data: of patients, of the members of a Group, of some types, since a time', async (t) => {
  const server = await ward(t);
  assert.deepEqual((await exported(server, '/Patient/$export')).types, ['Patient', 'Observation 2']);
  assert.deepEqual((await exported(server, '/$export?_type=Organization')).types, ['Organization 1']);
  assert.deepEqual((await exported(server, '/$export?_type=Organization&_since=2100-01-01T00:00:00Z')).types, []);
  const member = [{ entity: { reference: 'Patient/bea' } }];
  const group = { resourceType: 'Group', id: 'g', type: 'person', actual: true, member };
  await server.send('PUT', '/Group/g', group);
  const { lines } = await exported(server, '/Group/g/$export');
  assert.deepEqual(
    (await lines('Observation')).map(({ id }) => id),
    ['of-bea'],
  );
  assert.deepEqual(
    (await lines('Patient')).map(({ id }) => id),
    ['bea'],
  );
  for (const path of [
    '/Group/never/$export',
    '/$export?_type=Ledger',
    '/$export?_outputFormat=csv',
    '/$export?_elements=id',
  ]) {
    assert.ok([400, 404].includes((await server.send('GET', path)).status), path);
  }
});

test('Bulk Data: an export is of who asked for it, and ends when its owner says so', async (t) => {
  const server = await ward(t);
  const { status, manifest } = await exported(server, '/$export');
  const [file] = manifest.output;
  for (const url of [status, file!.url]) {
    assert.equal((await fetch(url, { headers: { Authorization: 'other' } })).status, 404, url);
  }
  assert.equal((await fetch(status, { method: 'DELETE' })).status, 202);
  assert.equal((await fetch(status)).status, 404);
  assert.equal((await fetch(file!.url)).status, 404);
});
