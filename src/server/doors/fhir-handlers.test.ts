import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEntry } from '../../audit/entry.ts';
import { localPrincipal, type Principal } from '../../auth/principal.ts';
import type { WebRequest } from '../../base/http/web-request.ts';
import { Problem } from '../../base/problem.ts';
import { MemoryIdentity } from '../../fhir/rest/testing/memory-identity.ts';
import { patient, RED, registrationPath, testDoor } from '../../fhir/rest/testing/test-door.ts';
import type { Core } from '../core.ts';
import type { AuditEvents } from '../fhir/audit-events.ts';
import type { Exports } from '../fhir/exports.ts';
import type { Resources } from '../fhir/resources.ts';
import type { Search } from '../fhir/search.ts';
import type { ArrivedDocuments } from '../reports/arrived-documents.ts';
import type { ReportRenditions } from '../reports/report-renditions.ts';
import { type Asker, type Behind, fhirHandlers, type Identity, type PersonQuery } from './fhir-handlers.ts';

function requestOf(asker: Asker, askers: Asker[]): WebRequest {
  askers.push(asker);
  return {
    principal: asker.id,
    requestId: asker.requestId,
    remoteAddress: '',
    baseUrl: '',
    rawQuery: '',
    signal: AbortSignal.abort(),
  };
}

/** Identity in memory, that remembers who asked. */
function identityOf(memory: MemoryIdentity, askers: Asker[]): Identity {
  const as = (asker: Asker) => requestOf(asker, askers);
  return {
    crossReference: (asker, ...rest) => memory.crossReference(as(asker), ...rest),
    feed: (asker, feed) => memory.feed(as(asker), feed),
    search: (asker, query) => memory.search(as(asker), query),
    match: (asker, ...rest) => memory.match(as(asker), ...rest),
  };
}

test('one policy on every door: who may read does not feed, a shared link finds nobody, and each access leaves one row', async (t) => {
  const rows: AuditEntry[] = [];
  const askers: Asker[] = [];
  const core = {
    audit: { record: async (row: AuditEntry) => void rows.push(row) },
    metrics: { answered: () => undefined },
  } as unknown as Core;
  const principals: Record<string, Principal> = {
    reader: { id: 'token:1', kind: 'token', tenant: 1, scopes: ['read'] },
    source: { id: 'token:2', kind: 'token', tenant: 7, scopes: ['write'] },
    guest: { ...localPrincipal, id: 'share:1', kind: 'share', share: { studyUid: '1.2', watermark: '' } },
  };
  const authenticator = {
    async authenticate({ authorization = '' }: { authorization?: string }) {
      const principal = principals[authorization];
      if (principal === undefined) throw new Problem('auth/unauthenticated', { reason: 'unknown' });
      return principal;
    },
    close: () => undefined,
  };
  const memory = new MemoryIdentity();
  const identity = identityOf(memory, askers);
  const read = async (asker: Asker, { id }: { id: string }) => memory.person(requestOf(asker, askers), id);
  const resources = { read } as unknown as Resources;
  const exports = {} as Exports;
  const behind: Behind = {
    identity,
    resources,
    exports,
    reports: {} as ReportRenditions,
    documents: {} as ArrivedDocuments,
    search: {
      patients: (asker: Asker, query: PersonQuery) => identity.search(asker, query),
    } as unknown as Search,
    audit: {} as AuditEvents,
    transaction: (work) => work(behind),
  };
  const handlers = fhirHandlers(core, authenticator, behind);
  const door = await testDoor(t, { handlers });
  const statusOf = async (who: string, method: string, path: string, body?: object): Promise<string> => {
    rows.length = 0;
    const { status } = await door.send(method, path, body, { Authorization: who });
    return `${status} ${rows.map(({ principal, action, outcome }) => `${principal} ${action} ${outcome}`)}`;
  };
  const feed = ['PUT', registrationPath(RED, 'r1'), patient(RED, 'r1')] as const;
  const match = { resourceType: 'Parameters', parameter: [{ name: 'resource', resource: patient(RED, 'r1') }] };

  assert.equal(await statusOf('reader', ...feed), '403 token:1 store auth/forbidden');
  assert.equal(await statusOf('source', ...feed), '201 token:2 store success');
  assert.equal(await statusOf('source', 'GET', '/Patient'), '403 token:2 search auth/forbidden');
  assert.equal(await statusOf('reader', 'GET', '/Patient?family=mohr'), '200 token:1 search success');
  assert.deepEqual([rows[0]!.door, rows[0]!.query], ['fhir', 'family=mohr']);
  assert.equal(await statusOf('reader', 'GET', '/Patient/p0001'), '200 token:1 retrieve success');
  assert.equal(await statusOf('reader', 'GET', '/Patient/p0002'), '404 token:1 retrieve catalogue/not-found');
  assert.equal(await statusOf('reader', 'POST', '/Patient/$match', match), '200 token:1 search success');
  assert.equal(await statusOf('guest', 'GET', '/Patient/p0001'), '403 share:1 retrieve auth/forbidden');
  assert.equal(await statusOf('guest', 'POST', '/Patient/$match', match), '403 share:1 search auth/forbidden');
  assert.equal(await statusOf('nobody', 'GET', '/Patient'), '401 unknown admit auth/unauthenticated');
  assert.equal(await statusOf('nobody', 'GET', '/metadata'), '200 ');
  assert.deepEqual([...new Set(askers.map(({ tenant, id }) => `${tenant} ${id}`))], ['7 token:2', '1 token:1']);
});
