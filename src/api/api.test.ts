import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { fastify } from 'fastify';
import { testDatabase } from '../../test/support/database.ts';
import { openAudit } from '../audit/writer.ts';
import { openInterfaces } from '../auth/interfaces.ts';
import { openPeers } from '../auth/peers.ts';
import type { Principal, Scope } from '../auth/principal.ts';
import { tenantNamed } from '../auth/tenants.ts';
import { systemClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { asProblem, Problem } from '../base/problem.ts';
import { apiRoutes, registerApi } from './api.ts';
import type { ApiPrivateMappings } from './normalise-mappings.ts';
import type { ApiCases } from './reading-cases.ts';
import type { ApiReports } from './reading-content.ts';
import type { ApiContracts } from './reading-contracts.ts';
import type { ApiCritical } from './reading-critical.ts';
import type { ApiEgress } from './reading-egress.ts';
import type { ApiMetering } from './reading-metering.ts';
import type { ApiQuality } from './reading-quality.ts';
import type { ApiReaders } from './reading-readers.ts';
import type { ApiReturns } from './reading-returns.ts';
import type { ApiIdentity, ApiModels, ApiProcedureModels, ApiRouting } from './route.ts';

const scopes: Scope[] = ['read', 'write', 'hide', 'share', 'administer'];

/** The API on a fresh catalogue; `as` makes the calls of one caller. */
async function openApi(t: TestContext) {
  const database = await testDatabase(t);
  const peers = await openPeers(database, { clock: systemClock });
  const interfaces = await openInterfaces(database, { clock: systemClock });
  const audit = openAudit(database, { clock: systemClock, log: silentLog });
  const callers: Record<string, Principal> = {
    one: { id: 'token:one', kind: 'token', tenant: 1, scopes },
    two: { id: 'token:two', kind: 'token', tenant: await tenantNamed(database, 'two'), scopes },
    reader: { id: 'token:reader', kind: 'token', tenant: 1, scopes: ['read'] },
  };
  const app = fastify({ ajv: { customOptions: { removeAdditional: false } } });
  app.setErrorHandler((error: { validation?: unknown }, _request, reply) =>
    reply.code(error.validation ? 400 : asProblem(error).answers.http).send({ detail: asProblem(error).message }),
  );
  async function* openQuarantined(object: string) {
    yield Buffer.from(`bytes of ${object}`);
  }
  registerApi(app, {
    context: {
      database,
      peers,
      interfaces,
      openQuarantined,
      reconcile: async () => assert.fail('test/scenarios/identity-commands.test.ts asks it on a node'),
      takeFile: async () => assert.fail('test/scenarios/files.test.ts asks it on a node'),
      takeMessage: async () => ({ state: 'accepted' }),
      decideProcedure: () => assert.fail('test/scenarios/normalised-routing.test.ts asks it on a node'),
      decideSeries: () => assert.fail('test/interop/review.test.ts asks it on a node'),
      weighProcedure: () => assert.fail('test/interop/review.test.ts asks it on a node'),
      // What it answers is asked for on a node, in test/scenarios/delivery.test.ts.
      routing: () => ({ explain: async () => ({}) }) as Partial<ApiRouting> as ApiRouting,
      // Asked on a node, by test/scenarios/reading-terms.test.ts.
      contracts: () => ({}) as ApiContracts,
      readers: () => ({}) as ApiReaders,
      // Asked on a node, by test/scenarios/reading-cases.test.ts.
      cases: {} as ApiCases,
      // Asked on a node, by test/scenarios/reading-dispatch.test.ts; who only reads is refused there too.
      dispatch: {
        next: async () => undefined,
        explain: async () => {
          throw new Problem('auth/forbidden', { action: 'administer' });
        },
      },
      // Asked on a node, by test/scenarios/reading-after.test.ts.
      critical: () => ({}) as ApiCritical,
      quality: () => ({}) as ApiQuality,
      metering: () => ({}) as ApiMetering,
      // Asked on a node, by test/scenarios/reading-reports.test.ts.
      reports: {} as ApiReports,
      // Asked on a node, by test/scenarios/identity-commands.test.ts.
      models: {} as ApiModels,
      procedureModels: {} as ApiProcedureModels,
      // Asked on a node, by test/scenarios/private-mappings.test.ts.
      privateMappings: {} as ApiPrivateMappings,
      // Asked on a node, by test/scenarios/reading-returns.test.ts.
      returns: {} as ApiReturns,
      // Asked on a node, by test/scenarios/reading-room.test.ts.
      egress: {} as ApiEgress,
      // Everything else of it is asked on a node, by test/scenarios/identity.test.ts.
      identity: async () => ({ ofStudy: async () => undefined }) as Partial<ApiIdentity> as ApiIdentity,
    },
    audit,
    door: 'api',
    authenticate: async ({ headers }) => callers[String(headers.authorization)]!,
    version: '0.0.0',
  });
  t.after(async () => {
    await app.close();
    await audit.close();
    peers.close();
    interfaces.close();
  });
  const as = (caller: string) => async (method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: object) => {
    const answer = await app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { authorization: caller },
      payload: body,
    });
    const isJson = /json/.test(String(answer.headers['content-type']));
    return { status: answer.statusCode, body: isJson ? answer.json() : answer.payload };
  };
  return { as, database, audit, tenantTwo: callers.two!.tenant };
}

const peer = { aeTitle: 'CT1', host: '192.0.2.7', port: 104 };

test('a peer, a token, a quarantined object, an event and an audit row of one tenant are nothing to another', async (t) => {
  const { as, database, audit } = await openApi(t);
  const [one, two] = [as('one'), as('two')];
  assert.equal((await one('PUT', '/peers/CT1', peer)).status, 200);
  assert.deepEqual((await two('GET', '/peers')).body, []);
  assert.equal((await two('DELETE', '/peers/CT1')).status, 404);
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const token = (await one('POST', '/tokens', { name: 'viewer', scopes: ['read'], expiresAt })).body;
  assert.match(token.token, /^fascia_/);
  assert.deepEqual((await two('GET', '/tokens')).body, []);
  assert.equal((await two('DELETE', `/tokens/${token.id}`)).status, 404);
  const [row] = await database.query<{ id: string }>(
    `insert into quarantine (tenant, door, source, problem, reason, object, size_bytes)
     values (1, 'dimse', 'CT1', 'dicom/unreadable', 'no', 'abc', 3) returning id`,
  );
  assert.equal((await one('GET', '/quarantine')).body.length, 1);
  assert.equal((await one('GET', `/quarantine/${row!.id}`)).body, 'bytes of abc');
  assert.deepEqual((await two('GET', '/quarantine')).body, []);
  assert.equal((await two('GET', `/quarantine/${row!.id}`)).status, 404);
  await database.query(`insert into event (tenant, kind) values (1, 'instances-kept')`);
  assert.equal((await one('GET', '/events')).body.length, 1);
  assert.deepEqual((await two('GET', '/events')).body, []);
  await audit.flush();
  const seen = (await two('GET', '/audit')).body as { principal: string }[];
  assert.ok(seen.length > 0 && seen.every((entry) => entry.principal === 'token:two'));
});

test('every route is refused to a credential that may only read, and the refusal is on record', async (t) => {
  const { as, audit } = await openApi(t);
  const sample: Record<string, string> = {
    aeTitle: 'CT1',
    id: '1',
    uid: '1.2.3',
    name: 'RIS',
    version: '1',
    studyInstanceUid: '1.2',
    term: 'ct',
  };
  const registrations = ['1', '2'].map((id) => ({ issuer: 'RIS', id }));
  const contents: Record<string, object> = {
    peers: peer,
    tokens: { name: 'x', scopes: ['read'], expiresAt: new Date(Date.now() + 60_000).toISOString() },
    shares: { studyUid: '1.2.3', expiresIn: 60 },
    rules: { rules: [] },
    '/rules/dry-run': { days: 1 },
    '/orders/expected': { studyInstanceUid: '1.2.3', instances: 1 },
    '/orders/assigned/{studyInstanceUid}': { order: '1' },
    destinations: { kind: 'folder', settings: {} },
    '/destinations/{name}/pause': { paused: true },
    deliveries: {},
    normalise: {
      ...{ studyInstanceUid: '1.2.3', modality: 'CT', focus: 'brain', laterality: 'none' },
      ...{ contrast: 'without', interventional: false },
    },
    quarantine: { text: 'MSH|' },
    explain: { of: registrations },
    decisions: { type: 'same', of: registrations },
    authorities: { name: 'RIS', sources: [] },
    models: { version: 1 },
    '/normalise/models/in-force': { version: 1 },
    reading: {},
    '/reading/readers/{id}/privileges': [],
    '/reading/readers/{id}/shifts': [],
    interfaces: { name: 'RIS', sendingApplication: 'RIS', sendingFacility: '', hosts: [], enabled: true, profile: {} },
  };
  for (const { method, path, body } of apiRoutes) {
    const url = path.replace(/\{(\w+)\}/g, (_, name) =>
      /^\/(tokens|shares)/.test(path)
        ? crypto.randomUUID()
        : path.startsWith('/normalise')
          ? '0'.repeat(32)
          : (sample[name] ?? '1'),
    );
    const content = contents[path] ?? contents[path.split('/')[/^\/(hl7|identity)/.test(path) ? 2 : 1]!];
    assert.equal((await as('reader')(method, url, body && content)).status, 403, `${method} ${path}`);
  }
  await audit.flush();
  const rows = (await as('one')('GET', '/audit?limit=1000&principal=token:reader')).body as { outcome: string }[];
  assert.equal(rows.length, apiRoutes.length);
  assert.ok(rows.every((row) => row.outcome === 'auth/forbidden'));
});

test('who may give studies away ends links only, and gives away only what is there', async (t) => {
  const { as } = await openApi(t);
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const token = (await as('one')('POST', '/tokens', { name: 'viewer', scopes: ['read'], expiresAt })).body;
  assert.equal((await as('one')('DELETE', `/shares/${token.id}`)).status, 404);
  assert.equal((await as('one')('POST', '/shares', { studyUid: '1.2.3', expiresIn: 3600 })).status, 404);
  assert.equal((await as('one')('POST', '/shares', { studyUid: '1.2.3', expiresIn: 1e9 })).status, 400);
  assert.deepEqual((await as('one')('GET', '/shares')).body, []);
});

test('a peer by TLS is answered as it was entered, and false is plain', async (t) => {
  const { as } = await openApi(t);
  const put = async (tls: unknown) => (await as('one')('PUT', '/peers/CT1', { ...peer, tls })).body;
  assert.deepEqual(await put(true), { ...peer, sopClasses: [], tls: true });
  assert.deepEqual(await put({ serverName: 'ct1' }), { ...peer, sopClasses: [], tls: { serverName: 'ct1' } });
  assert.deepEqual(await put(false), { ...peer, sopClasses: [] });
});

test('what a schema does not know is refused, not dropped', async (t) => {
  const { as } = await openApi(t);
  assert.equal((await as('one')('PUT', '/peers/CT1', { ...peer, tls: 'perhaps' })).status, 400);
  assert.equal((await as('one')('PUT', '/peers/CT1', { ...peer, tls: { CA: 'x' } })).status, 400);
  assert.equal((await as('one')('PUT', '/peers/MR2', peer)).status, 400);
  assert.equal((await as('one')('PUT', '/peers/CT1', { ...peer, port: 70_000 })).status, 400);
  assert.equal((await as('one')('GET', '/audit?limit=many')).status, 400);
});

test('the OpenAPI document names every route with its parameters', async (t) => {
  const { as } = await openApi(t);
  const { body: document } = await as('one')('GET', '/openapi.json');
  for (const { method, path } of apiRoutes) {
    const operation = document.paths[path][method.toLowerCase()];
    assert.ok(operation, `${method} ${path}`);
    const named = operation.parameters.filter(({ in: place }: { in: string }) => place === 'path');
    assert.equal(named.length, path.split('{').length - 1, path);
  }
});

test('a study is explained by its own UID and by those of its series and instances, within its tenant', async (t) => {
  const { as, database, tenantTwo } = await openApi(t);
  for (const tenant of [1, tenantTwo]) {
    await database.query(
      `with s as (insert into study (tenant, study_uid, patient_key, attributes, answer_head, answer_middle, answer_tail)
         values ($1, '1.2.3', 'p', '{}', '', '', '') returning id),
       r as (insert into series (study, tenant, series_uid, attributes, answer_head, answer_tail, answer_rest)
         select id, $1, '1.2.3.4', '{}', '', '', '' from s returning id, study)
       insert into instance (series, study, tenant, sop_uid, sop_class, transfer_syntax, sha256, header_sha256, object,
         size_bytes, dataset_offset, metadata, source, findings)
       select id, study, $1, '1.2.3.4.5', '1.2', '1.2', '', '', 'x', 10, 0, '', 'CT' || $1,
         '[{"code":"odd-length","path":"00100010","offset":1,"assumed":"a space"}]' from r`,
      [tenant],
    );
  }
  for (const uid of ['1.2.3', '1.2.3.4', '1.2.3.4.5']) {
    const { status, body } = await as('one')('GET', `/explain/${uid}`);
    assert.equal(status, 200, uid);
    assert.equal(body.studyInstanceUid, '1.2.3');
    assert.equal(body.studies.length, 1);
    assert.equal(body.studies[0].arrivals[0].source, 'CT1');
    assert.equal(body.studies[0].findings[0].code, 'odd-length');
    assert.equal(body.studies[0].identifiedAs, null);
  }
  assert.equal((await as('one')('GET', '/explain/9.9')).status, 404);
});
