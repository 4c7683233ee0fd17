import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import type { CapabilityStatement } from '@medplum/fhirtypes';
import { limits } from './limits.ts';
import { routes } from './routes.ts';
import { patient, RED, registrationPath, testDoor } from './testing/test-door.ts';

test('R4 capabilities: the statement says what the routes do, to everybody, in both forms', async (t) => {
  const door = await testDoor(t, { isOpen: false });
  for (const accept of ['application/fhir+json', 'application/fhir+xml']) {
    const { status, headers, resource } = await door.send<CapabilityStatement>('GET', '/metadata', undefined, {
      Accept: accept,
    });
    assert.equal(status, 200);
    assert.equal(headers.get('content-type'), `${accept}; charset=utf-8`);
    assert.equal(resource.fhirVersion, '4.0.1');
    const offered = resource.rest![0]!.resource!.find(({ type }) => type === 'Patient');
    const interactions = ['create', 'delete', 'history-instance', 'history-type', 'patch', 'read'];
    interactions.push('search-type', 'update', 'vread');
    assert.deepEqual(offered!.interaction!.map(({ code }) => code).sort(), interactions);
    assert.equal(offered!.conditionalUpdate, true);
    assert.equal(offered!.conditionalDelete, 'single');
    assert.deepEqual(offered!.operation!.map(({ name }) => name).sort(), [
      'everything',
      'export',
      'ihe-pix',
      'match',
      'validate',
    ]);
    assert.ok(offered!.searchParam!.some(({ name, type }) => name === 'birthdate' && type === 'date'));
  }
});

test('no row of the route table but the statement answers before the credential is checked', async (t) => {
  const door = await testDoor(t, { isOpen: false });
  for (const { method, path, isPublic } of routes) {
    const body = method === 'POST' || method === 'PUT' ? '{"resourceType":' : undefined;
    const { status, headers, issue } = await door.send(method, path.replace('{id}', 'x'), body);
    assert.equal(status, isPublic ? 200 : 401, `${method} ${path}`);
    if (isPublic) continue;
    assert.match(issue, /^error login/);
    assert.match(headers.get('www-authenticate')!, /^Bearer/);
  }
  assert.deepEqual(door.identity.requests, []);
  const known = await door.send('GET', '/Patient', undefined, { Authorization: 'Bearer good' });
  assert.equal(known.status, 200);
});

test('R4 http: _format goes before Accept, q values count, and what is neither form is 406', async (t) => {
  const door = await testDoor(t);
  const formOf = async (accept: string, format = '') => {
    const { status, headers } = await door.send('GET', `/metadata${format}`, undefined, { Accept: accept });
    return status === 200 ? /fhir\+(json|xml)/.exec(headers.get('content-type')!)![1] : status;
  };
  assert.equal(await formOf('*/*'), 'json');
  assert.equal(await formOf('application/xml'), 'xml');
  assert.equal(await formOf('application/fhir+json;q=0, */*'), 'xml');
  assert.equal(await formOf('application/fhir+json;q=0.1, application/fhir+xml'), 'xml');
  assert.equal(await formOf('text/html, application/json;q=0.5'), 'json');
  assert.equal(await formOf('application/fhir+json; fhirVersion=4.0'), 'json');
  assert.equal(await formOf('application/fhir+json; fhirVersion=5.0'), 406);
  assert.equal(await formOf('application/fhir+json', '?_format=xml'), 'xml');
  assert.equal(await formOf('text/html', '?_format=application/fhir+xml'), 'xml');
  assert.equal(await formOf('application/fhir+json', '?_format=application%2Ffhir%2Bxml'), 'xml');
  assert.equal(await formOf('text/turtle'), 406);
  assert.equal(await formOf('*/*', '?_format=ttl'), 406);
  const refused = await door.send('GET', '/metadata', undefined, { Accept: 'text/turtle' });
  assert.match(refused.issue, /^error not-supported/);
});

test('R4 http: a body of another media type or charset is 415, of another size 413', async (t) => {
  const door = await testDoor(t);
  const put = async (contentType: string, body: string) =>
    (await door.send('PUT', registrationPath(RED, 'x'), body, { 'Content-Type': contentType })).status;
  const json = JSON.stringify(patient(RED, 'x'));
  assert.equal(await put('text/plain', json), 415);
  assert.equal(await put('application/fhir+json; charset=iso-8859-1', json), 415);
  assert.equal(await put('application/fhir+json; fhirVersion=3.0', json), 415);
  assert.equal(await put('application/json', json), 201);
  const bodyBytes = limits.bodyBytes;
  t.after(() => {
    limits.bodyBytes = bodyBytes;
  });
  limits.bodyBytes = 10;
  assert.equal(await put('application/json', json), 413);
});

test('R4 http: every failure is an OperationOutcome in the form asked for, without a stack trace', async (t) => {
  const door = await testDoor(t);
  const failures: [string, string, string | object | undefined, number, RegExp][] = [
    ['GET', '/Patient/00000000-0000-4000-8000-000000000000', undefined, 404, /not-found/],
    ['GET', '/Patiént', undefined, 404, /not-supported/],
    ['GET', '/Ledger', undefined, 404, /not-supported/],
    ['PUT', '/', undefined, 405, /not-supported/],
    ['GET', '/Patient/$everything', undefined, 404, /not-found/],
    ['PATCH', '/Patient', '[]', 405, /not-supported/],
    ['PUT', '/Patient/x', patient(RED, 'x'), 400, /value/],
    ['PUT', '/metadata', patient(RED, 'x'), 405, /not-supported/],
    ['POST', '/Patient', '{"resourceType":', 400, /invalid/],
    ['POST', '/Patient', { resourceType: 'Patient', gender: 7, nonsense: true }, 400, /structure/],
    ['POST', '/Patient', { resourceType: 'Observation', status: 'final', code: { text: 'x' } }, 400, /structure/],
    [
      'POST',
      '/Patient',
      `{"resourceType":"Patient","contact":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      413,
      /too-long/,
    ],
    ['GET', `/Patient?family=${'a'.repeat(limits.urlBytes)}`, undefined, 414, /too-long/],
    ['GET', '/Patient?family=%ff', undefined, 400, /invalid/],
  ];
  for (const [method, path, body, status, code] of failures) {
    const answer = await door.send(method, path, body);
    assert.equal(answer.status, status, `${method} ${path.slice(0, 40)}`);
    assert.equal(answer.resource.resourceType, 'OperationOutcome', path);
    assert.match(answer.issue, code, path);
    assert.doesNotMatch(answer.text, /\bat .*\.ts:\d+|node:internal/);
    assert.ok(answer.headers.get('x-request-id'));
  }
  const inXml = await door.send('GET', '/Nothing', undefined, { Accept: 'application/fhir+xml' });
  assert.match(inXml.text, /^<\?xml.*\n<OperationOutcome xmlns="http:\/\/hl7\.org\/fhir">/);
  const notAllowed = await door.send('DELETE', '/metadata');
  assert.equal(notAllowed.headers.get('allow'), 'GET, HEAD, OPTIONS');
});

test('R4 http: every issue of a resource is told, with its place', async (t) => {
  const door = await testDoor(t);
  const { text } = await door.send('POST', '/Patient', { resourceType: 'Patient', gender: 7, name: [{ given: [''] }] });
  assert.deepEqual(
    JSON.parse(text).issue.map((issue: { code: string; expression: string[] }) => `${issue.code} ${issue.expression}`),
    ['structure Patient.gender', 'value Patient.name[0].given[0]'],
  );
});

test('a failure of ours is 500 under a request id, and neither names nor identifiers are logged', async (t) => {
  const door = await testDoor(t);
  door.identity.person = async () => {
    throw new Error('disk');
  };
  const { status, text } = await door.send('GET', '/Patient/x');
  assert.equal(status, 500);
  assert.doesNotMatch(text, /disk/);
  await door.send(
    'PUT',
    registrationPath(RED, 'SECRET-1'),
    patient(RED, 'OTHER', { name: [{ family: 'Unmistakable' }] }),
  );
  await door.send('GET', '/Patient?family=Unmistakable&birthdate=x');
  await door.send('POST', '/Patient', {
    ...patient(RED, 'SECRET-1', { name: [{ family: 'Unmistakable' }] }),
    Unmistakable: 1,
  });
  assert.equal(door.logged.length, 4);
  assert.doesNotMatch(door.logged.join('\n'), /Unmistakable|SECRET/);
});

test('RFC 9110 10.1.1: a client that asks first is answered after its credential was seen', async (t) => {
  const door = await testDoor(t, { isOpen: false });
  const raw = async (headers: string, body: string): Promise<string> => {
    const socket = connect(Number(new URL(door.root).port), '127.0.0.1');
    const head = `PUT /fhir/R4${registrationPath(RED, 'x')} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\n`;
    const content = `Content-Type: application/fhir+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    socket.write(head + headers + content);
    socket.once('data', (first) => {
      if (String(first).startsWith('HTTP/1.1 100')) socket.write(body);
    });
    return text(socket);
  };
  const body = JSON.stringify(patient(RED, 'x'));
  assert.match(await raw('', body), /^HTTP\/1\.1 401/);
  assert.match(await raw('Authorization: Bearer good\r\n', body), /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201/);
});

test('Fetch: a preflight of a listed origin is allowed without a credential', async (t) => {
  const door = await testDoor(t, { isOpen: false, allowedOrigins: ['https://ehr.example.org'] });
  const asks = { Origin: 'https://ehr.example.org', 'Access-Control-Request-Method': 'PUT' };
  const { status, headers } = await door.send('OPTIONS', '/Patient', undefined, asks);
  assert.equal(status, 204);
  assert.equal(headers.get('access-control-allow-origin'), 'https://ehr.example.org');
  assert.match(headers.get('access-control-allow-methods')!, /PUT/);
  assert.match(headers.get('access-control-allow-headers')!, /Prefer/);
  const stranger = await door.send('OPTIONS', '/Patient', undefined, { ...asks, Origin: 'https://elsewhere.example' });
  assert.equal(stranger.headers.get('access-control-allow-origin'), null);
});

test('every call behind the door carries who asks, what was asked and under which root', async (t) => {
  const door = await testDoor(t);
  await door.send('GET', '/Patient?family=x', undefined, {
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Host': 'pacs.example.org',
  });
  const [request] = door.identity.requests;
  assert.equal(request!.principal, 'somebody');
  assert.equal(request!.rawQuery, 'family=x');
  assert.equal(request!.baseUrl, 'https://pacs.example.org/fhir/R4');
});
