import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../base/problem.ts';
import { limits } from './limits.ts';
import { routes } from './routes.ts';
import { testDoor } from './testing/test-door.ts';

const part = { study: '1.2', series: '1.2.3', instance: '1.2.3.4' };

test('behaviour 24: a failure is an RFC 9457 problem with a request id and without a stack trace', async (t) => {
  const door = await testDoor(t);
  door.archive.search = async () => {
    throw new TypeError('PatientName is not a function');
  };
  const answer = await door.get('/studies');
  assert.equal(answer.status, 500);
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  const text = await answer.text();
  assert.doesNotMatch(text, /PatientName|\.ts|TypeError/);
  const body = JSON.parse(text);
  assert.equal(body.status, 500);
  assert.ok(body.title && body.detail);
  assert.equal(body.requestId, answer.headers.get('x-request-id'));
  assert.equal(body.instance, `urn:uuid:${body.requestId}`);
  assert.equal(door.logged.length, 1, 'the log has it under the same id');
  assert.match(door.logged[0]!, new RegExp(`"requestId":"${body.requestId}"`));
});

test('behaviour 22: an unknown resource is 404, an unknown method 405 with what is allowed', async (t) => {
  const door = await testDoor(t);
  assert.equal((await door.get('/nothing')).status, 404);
  assert.equal((await door.get('/studies/1.2')).status, 404);
  for (const [method, path, allow] of [
    ['PATCH', '/studies', 'GET, HEAD, POST, OPTIONS'],
    ['PUT', '/studies/1.2', 'GET, HEAD, POST, DELETE, OPTIONS'],
    ['POST', '/studies/1.2/metadata', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/studies', 'GET, HEAD, POST, OPTIONS'],
  ] as const) {
    const answer = await door.get(path, {}, method);
    assert.equal(answer.status, 405, `${method} ${path}`);
    const allowed = (header: string | null): string[] => header?.split(', ').sort() ?? [];
    assert.deepEqual(allowed(answer.headers.get('allow')), allowed(allow), `${method} ${path}`);
  }
});

test('resources of the standard that are not offered say so with 501', async (t) => {
  const door = await testDoor(t);
  for (const path of ['/commitment-requests/1.2.3']) {
    const answer = await door.get(path);
    assert.equal(answer.status, 501, path);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  }
});

test('behaviour 23: who is not known gets 401 and is told how, who may not gets 403', async (t) => {
  const door = await testDoor(t);
  door.archive.token = 'right';
  const unknown = await door.get('/studies');
  assert.equal(unknown.status, 401);
  assert.match(unknown.headers.get('www-authenticate') ?? '', /^Bearer/);
  const wrong = await door.get('/studies', { Authorization: 'Bearer wrong' });
  assert.equal(wrong.status, 401);
  assert.match(wrong.headers.get('www-authenticate') ?? '', /^Bearer/);
  assert.equal((await door.get('/studies', { Authorization: 'Bearer right' })).status, 200);
  door.archive.search = async () => {
    throw new Problem('auth/forbidden', { action: 'search' });
  };
  const forbidden = await door.get('/studies', { Authorization: 'Bearer right' });
  assert.equal(forbidden.status, 403);
  assert.equal(
    forbidden.headers.get('www-authenticate'),
    'Bearer realm="fascia", error="insufficient_scope"',
    'RFC 6750 3.1',
  );
});

test('no row of the route table answers before the credential is checked', async (t) => {
  const door = await testDoor(t);
  door.archive.token = 'right';
  for (const { method, path } of routes) {
    const answer = await door.get(path.replace(/\{\w+\*?\}/g, '%00'), {}, method);
    assert.equal(answer.status, 401, `${method} ${path}`);
  }
});

test('a UID that is none is refused before anybody looks it up', async (t) => {
  const door = await testDoor(t);
  const tooLong = `1.${'2'.repeat(63)}`;
  for (const uid of [
    '%00',
    '..%2f..%2fetc',
    '1.2%00',
    '1..2',
    '.1',
    '1.2a',
    '%252e',
    'x',
    tooLong,
    '1.2%0a',
    '%C3%A9',
  ]) {
    for (const path of [`/studies/${uid}`, `/studies/${uid}/series`, `/studies/1.2/series/${uid}/metadata`]) {
      const answer = await door.get(path);
      assert.equal(answer.status, 400, path);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json', path);
    }
  }
  assert.equal((await door.get('/studies//series')).status, 400);
  assert.equal(door.archive.requests.length, 0);
  assert.equal((await door.get('/studies/1%2E2/series')).status, 200, 'percent-encoding is decoded once');
});

test('a URL that is percent-encoded wrongly is 400', async (t) => {
  const door = await testDoor(t);
  assert.match(
    await door.raw('GET /dicomweb/studies/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    /^HTTP\/1.1 400 /,
  );
  assert.match(
    await door.raw('GET /dicomweb/studies?PatientID=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    /^HTTP\/1.1 400 /,
  );
});

test('a Host header that names no host is 400 and not echoed', async (t) => {
  const door = await testDoor(t);
  const answer = await door.raw('GET /dicomweb/studies HTTP/1.1\r\nHost: evil"><\r\nConnection: close\r\n\r\n');
  assert.match(answer, /^HTTP\/1.1 400 /);
  assert.doesNotMatch(answer, /evil/);
});

test('a URL over the limit is 414, a request over the limit 503 with Retry-After', async (t) => {
  const usual = { ...limits };
  t.after(() => Object.assign(limits, usual));
  const door = await testDoor(t);
  limits.urlBytes = 100;
  assert.equal((await door.get(`/studies?PatientID=${'1'.repeat(100)}`)).status, 414);
  limits.requestsAtOnce = 1;
  const started = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  door.archive.search = async () => {
    started.resolve();
    await finish.promise;
    return { body: Buffer.from('[]'), count: 0, remaining: 0 };
  };
  const first = door.get('/studies');
  await started.promise;
  const second = await door.get('/studies');
  assert.equal(second.status, 503);
  assert.equal(second.headers.get('retry-after'), '5');
  finish.resolve();
  assert.equal((await first).status, 200);
  assert.equal((await door.get('/studies')).status, 200, 'and there is room again');
});

test('behaviour 34: a preflight from a listed origin is answered without a credential', async (t) => {
  const origin = 'https://viewer.example.org';
  const door = await testDoor(t, { allowedOrigins: [origin] });
  door.archive.token = 'right';
  const preflight = {
    Origin: origin,
    'Access-Control-Request-Method': 'GET',
    'Access-Control-Request-Headers': 'range',
  };
  const { status, headers } = await door.get('/studies/1.2', preflight, 'OPTIONS');
  assert.equal(status, 204);
  assert.equal(headers.get('access-control-allow-origin'), origin);
  assert.match(headers.get('access-control-allow-methods')!, /GET.*DELETE/);
  for (const name of ['Authorization', 'Accept', 'Content-Type', 'Range', 'If-None-Match']) {
    assert.match(headers.get('access-control-allow-headers')!, new RegExp(name));
  }
  const refused = await door.get('/studies', { Origin: origin });
  assert.equal(refused.status, 401, 'and a 401 can be read by the viewer');
  assert.equal(refused.headers.get('access-control-allow-origin'), origin);
  for (const name of ['Content-Type', 'Content-Range', 'Content-Length', 'ETag', 'Warning', 'Location']) {
    assert.match(refused.headers.get('access-control-expose-headers')!, new RegExp(name));
  }
  assert.match(refused.headers.get('vary')!, /Origin/);
});

test('behaviour 34: other origins get nothing, and none is allowed unless configured', async (t) => {
  const listed = await testDoor(t, { allowedOrigins: ['https://viewer.example.org'] });
  const unlisted = await testDoor(t);
  for (const door of [listed, unlisted]) {
    const { headers } = await door.get('/studies', { Origin: 'https://evil.example.org' });
    assert.equal(headers.get('access-control-allow-origin'), null);
  }
});

test('HEAD is GET without its body', async (t) => {
  const door = await testDoor(t);
  await door.stow([part]);
  for (const path of ['/studies', '/studies/1.2', '/studies/1.2/metadata']) {
    const get = await door.get(path);
    const head = await door.get(path, {}, 'HEAD');
    assert.equal(head.status, 200);
    assert.equal(head.headers.get('content-length'), get.headers.get('content-length'));
    assert.equal((await head.arrayBuffer()).byteLength, 0);
  }
});

test('a DELETE withdraws: gone with its reason, and an undo brings it back', async (t) => {
  const door = await testDoor(t);
  await door.stow([part]);
  const path = '/studies/1.2/series/1.2.3/instances/1.2.3.4';
  const json = { 'Content-Type': 'application/json' };
  for (const [withdraw, reason] of [
    [() => door.get(path, { 'X-Reason': 'wrong side' }, 'DELETE'), /wrong side/],
    [() => door.get(`${path}?reason=wrong%20patient`, {}, 'DELETE'), /wrong patient/],
    [() => door.fetch(path, { method: 'DELETE', headers: json, body: '{"reason":"test image"}' }), /test image/],
    [() => door.get('/studies/1.2', {}, 'DELETE'), /no reason given/],
  ] as const) {
    assert.equal((await withdraw()).status, 204);
    const gone = await door.get(path);
    assert.equal(gone.status, 410);
    assert.match(await gone.text(), reason);
    const undo = await door.get(`${path}/unhide`, {}, 'POST');
    assert.equal(undo.status, 200);
    assert.deepEqual(await undo.json(), { instances: 1 });
    assert.equal((await door.get(path)).status, 200);
  }
  assert.equal((await door.get('/studies/9.9', {}, 'DELETE')).status, 404);
  const notJson = await door.fetch(path, { method: 'DELETE', headers: json, body: '{' });
  assert.equal(notJson.status, 400);
  const long = await door.fetch(path, {
    method: 'DELETE',
    headers: json,
    body: ' '.repeat(limits.reasonBodyBytes + 1),
  });
  assert.equal(long.status, 413);
});
