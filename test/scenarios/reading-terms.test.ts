// Contracts, readers and rosters on a node: who may write and see what, by /api/v1, the command line and FHIR.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startNodeProcess } from '../support/node-process.ts';
import { shared } from '../support/shared.ts';
import { type Bearer, bearer } from '../support/token.ts';

const fascia = join(import.meta.dirname, '../../fascia');
const scopes = ['read', 'write', 'administer'];

const installation = shared(async (later) => {
  const node = await startNodeProcess(later);
  const folder = mkdtempSync(join(tmpdir(), 'fascia-reading-'));
  later(async () => rmSync(folder, { recursive: true, force: true }));
  const run = (words: readonly string[]): string =>
    execFileSync(fascia, words, {
      cwd: folder,
      env: { ...process.env, FASCIA_DATA: node.data },
      encoding: 'utf8',
      stdio: 'pipe',
    });
  const ask = async (who: Bearer, method: string, path: string, body?: object) => {
    const answer = await fetch(`${node.url}${path}`, {
      method,
      headers: { ...who, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: whatever the path answers.
    return { status: answer.status, body: (await answer.json().catch(() => undefined)) as any };
  };
  const api = (who: Bearer, method: string, path: string, body?: object) =>
    ask(who, method, `/api/v1/reading${path}`, body);
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const [north, south] = [bearer(node, 'north', scopes), bearer(node, 'south', scopes)];
  const room = bearer(node, 'reading/telerad', scopes);
  return { node, run, ask, api, write, north, south, room };
});

const term = {
  readType: 'final',
  jurisdictions: { patientAt: ['DE'] },
  levels: [{ priority: 'stat', minutes: 30 }],
  disclosure: { mode: 'pseudonymised', profile: 'R-read' },
  price: { unit: 'exam', amount: '40.00', currency: 'EUR' },
};
const period = { from: '2026-01-01' };
const reader = {
  ...{ id: 'ng', name: 'Ng^Ada', at: 'DE', languages: ['de'] },
  licences: [{ id: 'L1', number: '77', issuer: 'LÄK Berlin', validAt: ['DE'], period }],
  insurance: [{ period, limit: '1000000', currency: 'EUR' }],
};

test('a client writes its contracts from a file, a provider its readers, and neither the other’s', async () => {
  const { run, api, write, north, south, room } = await installation();
  write('contract.yaml', `id: north-telerad\nprovider: telerad\nterms:\n  ct: ${JSON.stringify(term)}\n`);
  assert.equal(
    run(['reading', 'contract', 'put', 'contract.yaml', '--tenant', 'north']),
    'north-telerad is in force\n',
  );
  assert.match(
    run(['reading', 'contract', 'list', '--tenant', 'north']),
    /^north-telerad +north to telerad +executed +ct v1\n$/,
  );
  const seen = async (who: Bearer) => (await api(who, 'GET', '/contracts')).body.map(({ id }: { id: string }) => id);
  assert.deepEqual(
    [await seen(north), await seen(room), await seen(south)],
    [['north-telerad'], ['north-telerad'], []],
  );
  assert.equal((await api(south, 'GET', '/contracts/north-telerad')).status, 404);
  assert.equal((await api(room, 'PUT', '/contracts/north-telerad/terms/ct', term)).status, 403);
  const dearer = { ...term, price: { ...term.price, amount: '45.00' } };
  assert.equal((await api(north, 'PUT', '/contracts/north-telerad/terms/ct', dearer)).body.version, 2);

  assert.equal((await api(room, 'POST', '/readers', reader)).body.provider, 'telerad');
  const privileges = [{ id: 'P', client: 'north', level: 'report', period }];
  assert.equal((await api(room, 'PUT', '/readers/ng', { ...reader, privileges })).status, 403);
  assert.equal((await api(south, 'PUT', '/readers/ng/privileges', privileges)).status, 404);
  const granted = await api(north, 'PUT', '/readers/ng/privileges', privileges);
  assert.equal(granted.body.privileges[0].level, 'report');
  // What the provider says later leaves the privilege as it is.
  assert.equal((await api(room, 'PUT', '/readers/ng', reader)).body.privileges.length, 1);
});

test('a client may vouch for a reader on whom no other client relies, and takes nobody over', async () => {
  const { api, north, south } = await installation();
  const own = (client: string) => [{ id: client, client, level: 'report', period }];
  const ray = { ...reader, id: 'ray', provider: 'solo', privileges: own('north') };
  assert.equal((await api(north, 'POST', '/readers', ray)).status, 200);
  assert.equal((await api(south, 'POST', '/readers', { ...ray, privileges: [] })).status, 403);
  assert.equal(
    (await api(north, 'POST', '/contracts', { id: 'north-solo', provider: 'solo', terms: { all: term } })).status,
    200,
  );
  assert.equal(
    (await api(south, 'POST', '/contracts', { id: 'south-solo', provider: 'solo', terms: { all: term } })).status,
    200,
  );
  const granted = await api(south, 'PUT', '/readers/ray/privileges', own('south'));
  assert.deepEqual(granted.body.privileges, [{ ...granted.body.privileges[0], client: 'south' }]);
  // From now on both rely on what is known of ray, and the room alone changes it.
  assert.equal((await api(north, 'POST', '/readers', ray)).status, 403);
  assert.equal((await api(north, 'PUT', '/readers/ray/shifts', [])).status, 403);
  assert.equal((await api(south, 'POST', '/contracts', { id: 'north-solo', provider: 'solo' })).status, 403);
});

test('all faults of what is put are in one answer, with what was meant', async () => {
  const { api, north } = await installation();
  const { status, body } = await api(north, 'POST', '/contracts', {
    ...{ id: 'c2', provider: 'telerad', terms: { ct: { ...term, readType: 'fnal', levels: [{ priority: 'stat' }] } } },
  });
  assert.equal(status, 400);
  assert.match(body.detail, /terms\.ct\.readType: .*did you mean final\?/);
  assert.match(body.detail, /terms\.ct\.levels\[0\]\.minutes: minutes is missing/);
});

test('a roster is in force at once; what ends soon is told; pools and slots are FHIR in the room and nowhere else', async () => {
  const { run, api, ask, write, node, north, room } = await installation();
  await api(room, 'POST', '/readers', {
    ...{ id: 'kim', name: 'Kim^Bo', at: 'DE', subspecialties: ['neuro'] },
    licences: [
      { ...reader.licences[0], period: { from: '2026-01-01', to: new Date(Date.now() + 864e5).toISOString() } },
    ],
  });
  write(
    'roster.csv',
    'reader,from,to\nkim,2099-01-01T08:00:00Z,2099-01-01T16:00:00Z\nkim,2099-01-02T08:00:00Z,2099-01-02T16:00:00Z\n',
  );
  run(['reading', 'roster', 'put', 'roster.csv', '--tenant', 'reading/telerad']);
  assert.equal((await api(room, 'GET', '/readers/kim')).body.shifts.length, 2);
  const found = async (who: Bearer, path: string) => (await ask(who, 'GET', `/fhir/R4/${path}`)).body.total;
  assert.equal(await found(room, 'Slot?_total=accurate'), 2);
  await api(room, 'PUT', '/readers/kim/shifts', [{ from: '2099-01-02T08:00:00Z', to: '2099-01-02T16:00:00Z' }]);
  assert.equal(await found(room, 'Slot?_total=accurate'), 1);
  assert.equal((await ask(room, 'GET', '/fhir/R4/Group/pool-telerad-neuro')).body.member.length, 1);
  assert.equal(await found(north, 'Slot?_total=accurate'), 0);
  assert.equal((await ask(north, 'GET', '/fhir/R4/Practitioner/reader-kim')).body.name[0].family, 'Kim');
  const { body } = await api(room, 'GET', '/readers/expiring?days=30');
  assert.deepEqual(
    body.expiring.map(({ what, reader: whose, row }: Record<string, string>) => [what, whose, row]),
    [['licence', 'kim', 'L1']],
  );
  assert.ok(node.url);
});

test('a token of a reader opens their room: they look and report there, and administer nothing', async () => {
  const { run, ask, api, node } = await installation();
  const tenant = ['--tenant', 'reading/telerad'];
  const token = run(['token', 'create', '--scope', 'report', '--reader', 'kim', ...tenant]).trim();
  const kim = { Authorization: `Bearer ${token}` };
  assert.equal((await ask(kim, 'GET', '/dicomweb/studies')).status, 200);
  assert.equal((await api(kim, 'GET', '/readers')).status, 403);
  assert.throws(
    () => run(['token', 'create', '--scope', 'report', '--reader', 'nobody', ...tenant]),
    /no reader nobody/,
  );
  assert.throws(() => run(['token', 'create', '--scope', 'report', ...tenant]), /needs a reader/);
  const link = run(['token', 'create', '--scope', 'report', '--reader', 'kim', '--sign-in', ...tenant]).trim();
  const signedIn = await fetch(`${node.url}${link}`, { redirect: 'manual' });
  assert.equal(signedIn.status, 303);
  assert.match(signedIn.headers.get('set-cookie') ?? '', /HttpOnly/);
});
