import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { test } from 'node:test';
import type { DicomJson } from '../../dicom/json.ts';
import { limits } from '../limits.ts';
import { SOP_CLASS } from '../testing/memory-archive.ts';
import { memoryPeak, stowBody, testDoor, travelsPlain } from '../testing/test-door.ts';

const one = { study: '1.2', series: '1.2.3', instance: '1.2.3.4' };
const two = { study: '1.2', series: '1.2.3', instance: '1.2.3.5' };
const MULTIPART = 'multipart/related; type="application/dicom"; boundary=B';

/** A POST as bytes, whose body is sent as it is. */
const post = (body: string, headers: string, path = '/studies'): string =>
  `POST /dicomweb${path} HTTP/1.1\r\nHost: pacs\r\nConnection: close\r\n${headers}\r\n\r\n${body}`;
const withLength = (body: string, contentType = MULTIPART): string =>
  `Content-Type: ${contentType}\r\nContent-Length: ${Buffer.byteLength(body)}`;

const moduleOf = async (answer: Response): Promise<DicomJson> => (await answer.json()) as DicomJson;
const storedOf = (module: DicomJson): DicomJson[] => (module['00081199']?.Value ?? []) as DicomJson[];
const failedOf = (module: DicomJson): DicomJson[] => (module['00081198']?.Value ?? []) as DicomJson[];
const statusOf = (answer: string): number => Number(answer.split(' ')[1]);

test('behaviour 18: all stored is 200, with class, instance and retrieve URL of each', async (t) => {
  const door = await testDoor(t);
  const answer = await door.stow([one, two]);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'application/dicom+json');
  const item = (uid: string) => ({
    '00081150': { vr: 'UI', Value: [SOP_CLASS] },
    '00081155': { vr: 'UI', Value: [uid] },
    '00081190': { vr: 'UR', Value: [`${door.root}/studies/1.2/series/1.2.3/instances/${uid}`] },
  });
  assert.deepEqual(await answer.json(), {
    '00081190': { vr: 'UR', Value: [`${door.root}/studies/1.2`] },
    '00081199': { vr: 'SQ', Value: [item('1.2.3.4'), item('1.2.3.5')] },
  });
});

test('behaviour 18: some failed or warned is 202, one item for each failed instance with its reason', async (t) => {
  const door = await testDoor(t);
  const full = { ...two, fails: 'storage/full' };
  const answer = await door.stow([full, one, 'not DICOM']);
  assert.equal(answer.status, 202);
  const body = await moduleOf(answer);
  assert.equal(storedOf(body).length, 1);
  const reasons = failedOf(body).map((item) => item['00081197']?.Value?.[0]);
  assert.deepEqual(reasons, [0xa700, 0xc000]);
  assert.equal(failedOf(body)[0]?.['00081155']?.Value?.[0], '1.2.3.5');
  assert.match(answer.headers.get('warning')!, /part 1: no room.*part 3: cannot understand/);
  const overLimit = await door.stow([{ ...two, fails: 'dicom/limit' }, one]);
  assert.equal(overLimit.status, 202);
  assert.deepEqual(failedOf(await moduleOf(overLimit))[0]?.['00081197'], { vr: 'US', Value: [0xc000] });
  const warned = await door.stow([{ ...one, instance: '1.9', warns: 0xb000 }]);
  assert.equal(warned.status, 202);
  assert.deepEqual(storedOf(await moduleOf(warned))[0]?.['00081196'], { vr: 'US', Value: [0xb000] });
  assert.match(warned.headers.get('warning')!, /part 1: kept beside another object of this UID/);
});

test('behaviour 18: none stored is 409 with reasons, or the one word HTTP has for it', async (t) => {
  const door = await testDoor(t);
  for (const [parts, status, reason] of [
    [['not DICOM', 'neither'], 409, 0xc000],
    [[{ ...one, fails: 'dicom/missing-attribute' }], 409, 0xc000],
    // The object is at fault, not the size of the request.
    [[{ ...one, fails: 'dicom/limit' }], 409, 0xc000],
    [[{ ...one, fails: 'request/too-large' }], 413, 0xa700],
    [[{ ...one, fails: 'storage/full' }], 503, 0xa700],
    [[{ ...one, fails: 'auth/forbidden' }], 403, 0x0124],
    [[{ ...one, fails: 'storage/full' }, 'not DICOM'], 409, 0xa700],
  ] as const) {
    const answer = await door.stow(parts);
    assert.equal(answer.status, status);
    const body = await moduleOf(answer);
    assert.equal(body['00081199'], undefined);
    assert.equal(failedOf(body).length, parts.length);
    assert.equal(failedOf(body)[0]?.['00081197']?.Value?.[0], reason);
    if (status === 503) assert.ok(answer.headers.get('retry-after'));
  }
});

test('behaviour 21: bytes that are no DICOM fail alone, and what is beside them is stored', async (t) => {
  const door = await testDoor(t);
  for (const parts of [
    ['not DICOM', one],
    [one, ''],
    [one, '\0'.repeat(200), 'DICM'],
  ]) {
    const answer = await door.stow(parts);
    assert.equal(answer.status, 202);
    const body = await moduleOf(answer);
    assert.equal(storedOf(body).length, 1);
    assert.deepEqual(
      failedOf(body).map((item) => item['00081197']?.Value?.[0]),
      parts.slice(1).map(() => 0xc000),
    );
  }
});

test('behaviour 35: what a viewer saves, one part with type and boundary in quotes, is 200 and not 202', async (t) => {
  const door = await testDoor(t);
  const body = `\r\n--saved\r\nContent-Type: application/dicom\r\n\r\n${JSON.stringify(one)}\r\n--saved--`;
  const contentType = 'multipart/related; type="application/dicom"; boundary="saved"';
  for (const headers of [{}, { Accept: '*/*' }, { Accept: 'application/json' }, { Accept: 'application/dicom+json' }]) {
    const sent = { method: 'POST', headers: { 'Content-Type': contentType, ...headers }, body };
    const answer = await door.fetch('/studies', sent);
    assert.equal(answer.status, 200);
    assert.equal(storedOf(await moduleOf(answer)).length, 1);
  }
});

test('an instance of another study than the one posted to fails with A900', async (t) => {
  const door = await testDoor(t);
  assert.equal((await door.stow([one], '/studies/1.2')).status, 200);
  const other = await door.stow([one], '/studies/1.2.3.4.5');
  assert.equal(other.status, 409);
  assert.equal(failedOf(await moduleOf(other))[0]?.['00081197']?.Value?.[0], 0xa900);
});

test('behaviour 15: what clients send is read: line end first, none last, quoted boundary, chunked, odd part types', async (t) => {
  const door = await testDoor(t);
  const content = JSON.stringify(one);
  const bare = `\r\n--B\r\nContent-Type: application/dicom;transfer-syntax=1.2.840.10008.1.2.1\r\n\r\n${content}\r\n--B--`;
  for (const [body, contentType] of [
    [bare, 'multipart/related; type="application/dicom"; boundary="B"'],
    [bare, 'multipart/related; boundary=B; type=application/dicom'],
    [bare, 'multipart/related;boundary=B'],
    [`--B\r\n\r\n${content}\r\n--B--\r\n`, MULTIPART],
    [content, 'application/dicom'],
  ] as const) {
    assert.equal(statusOf(await door.raw(post(body, withLength(body, contentType)))), 200, contentType);
  }
  const chunked = [...bare].map((character) => `1\r\n${character}\r\n`).join('');
  const headers = `Content-Type: ${MULTIPART}\r\nTransfer-Encoding: chunked`;
  assert.equal(statusOf(await door.raw(post(`${chunked}0\r\n\r\n`, headers))), 200, 'a byte in each chunk');
  assert.equal(door.archive.instances.length, 6);
});

test('RFC 9110 10.1.1: a client that asks first is asked to go on once it may, and else refused before its body comes', async (t) => {
  const door = await testDoor(t);
  const body = stowBody([one]);
  const ask = async (headers: string) => {
    const socket = door.connect();
    t.after(() => socket.destroy());
    socket.write(post('', `${headers}\r\nExpect: 100-continue`).replace('Connection: close\r\n', ''));
    const [answer] = await once(socket, 'data');
    return { socket, answer: String(answer) };
  };
  const { socket, answer } = await ask(withLength(body));
  assert.match(answer, /^HTTP\/1.1 100 Continue/);
  socket.write(body);
  const [stored] = await once(socket, 'data');
  assert.equal(statusOf(String(stored)), 200);
  assert.doesNotMatch(String(stored), /Connection: close/);
  const tooLarge = await ask(`Content-Type: ${MULTIPART}\r\nContent-Length: ${limits.storeBytes + 1}`);
  assert.equal(statusOf(tooLarge.answer), 413);
  assert.match(tooLarge.answer, /Connection: close/);
  door.archive.roomBytes = body.length - 1;
  const full = await ask(withLength(body));
  assert.equal(statusOf(full.answer), 503);
  assert.match(full.answer, /Retry-After: \d+/);
  door.archive.roomBytes = Number.POSITIVE_INFINITY;
  assert.equal(statusOf((await ask(withLength(body, 'text/plain'))).answer), 415);
  door.archive.token = 'right';
  assert.equal(statusOf((await ask(withLength(body))).answer), 401);
  assert.equal(door.archive.instances.length, 1);
});

test('a media type that is not stored is 415, one without a boundary 400', async (t) => {
  const door = await testDoor(t);
  for (const [contentType, status] of [
    ['text/plain', 415],
    ['multipart/form-data; boundary=B', 415],
    ['multipart/related; type="image/x-foo"; boundary=B', 415],
    ['application/pdf', 415],
    ['multipart/related; type="application/dicom"', 400],
    [`multipart/related; boundary=${'b'.repeat(limits.boundaryLength + 1)}`, 400],
  ] as const) {
    const answer = await door.stow([one], '/studies', { 'Content-Type': contentType });
    assert.equal(answer.status, status, contentType);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  }
  assert.equal((await door.stow([one], '/studies', { 'Content-Encoding': 'gzip' })).status, 415);
  assert.equal(statusOf(await door.raw(post('x', 'Content-Length: 1'))), 415, 'no Content-Type at all');
  assert.equal(statusOf(await door.raw(post('x', 'Content-Type: nonsense\r\nContent-Length: 1'))), 415);
  const image = stowBody(['pixels'], 'image/jpeg');
  assert.equal(statusOf(await door.raw(post(image, withLength(image)))), 415, 'a part of another type');
  assert.equal((await door.stow([])).status, 400, 'no part');
  assert.equal(door.archive.instances.length, 0);
});

test('a body that ends before its closing boundary is 400; what was whole before is kept and named, the rest is not', async (t) => {
  const door = await testDoor(t);
  const cut = stowBody([one, two]).replace(/.{30}$/s, '');
  const answer = await door.fetch('/studies', {
    method: 'POST',
    body: cut,
    headers: { 'Content-Type': MULTIPART },
  });
  assert.equal(answer.status, 400);
  const body = (await answer.json()) as { storeResponse: DicomJson };
  assert.equal(storedOf(body.storeResponse).length, 1);
  assert.deepEqual(
    door.archive.instances.map((kept) => kept.sopInstanceUid),
    [one.instance],
  );
  assert.equal(door.archive.aborted.length, 1);
  const first = await door.fetch('/studies', {
    method: 'POST',
    body: cut.slice(0, 60),
    headers: { 'Content-Type': MULTIPART },
  });
  assert.equal(first.status, 400);
});

test('a client that goes away in mid-part leaves nothing half stored', async (t) => {
  const door = await testDoor(t);
  const aborted = Promise.withResolvers<string>();
  const opened = Promise.withResolvers<void>();
  door.archive.store = async () => ({
    open: () => ({
      write: () => opened.resolve(),
      abort: aborted.resolve,
      finish: () => assert.fail('the part never ended'),
    }),
  });
  const socket = door.connect();
  socket.write(post(`--B\r\n\r\n${'x'.repeat(1000)}`, `Content-Type: ${MULTIPART}\r\nContent-Length: 5000`));
  await opened.promise;
  socket.destroy();
  await aborted.promise;
});

test('bytes that are refused as they come fail their part alone', async (t) => {
  const door = await testDoor(t);
  door.archive.writeFails = 'storage/full';
  const answer = await door.stow([one, two]);
  assert.equal(answer.status, 503);
  assert.equal(failedOf(await moduleOf(answer)).length, 2);
});

test('a bug behind the door fails its part alone, says nothing of itself, and is in the log', async (t) => {
  const door = await testDoor(t);
  let bugs = 1;
  door.archive.durable = async () => {
    if (bugs-- > 0) throw new TypeError('PatientName of undefined');
  };
  const answer = await door.stow([one, two]);
  assert.equal(answer.status, 202);
  assert.doesNotMatch((await answer.text()) + answer.headers.get('warning'), /PatientName/);
  assert.equal(door.logged.filter((line) => line.includes('internal/unexpected')).length, 1);
  assert.match(answer.headers.get('warning')!, new RegExp(answer.headers.get('x-request-id')!));
});

test('a slow keeper slows the sender: no byte is handed on before the one before it was taken', async (t) => {
  const door = await testDoor(t);
  let writing = 0;
  door.archive.store = async () => ({
    open: () => ({
      write: async () => {
        writing += 1;
        assert.equal(writing, 1);
        await new Promise(setImmediate);
        writing -= 1;
      },
      abort: () => {},
      finish: async () => ({
        studyInstanceUid: '1.2',
        seriesInstanceUid: '1.3',
        sopInstanceUid: '1.4',
        sopClassUid: SOP_CLASS,
      }),
    }),
  });
  assert.equal((await door.stow(['x'.repeat(1 << 20), 'y'.repeat(1 << 20)])).status, 200);
});

test('an object passes through memory, not into it: 256 MB in less than 24 MB', {
  skip: !travelsPlain() && 'a client over TLS takes memory of its own',
}, async (t) => {
  const door = await testDoor(t);
  const peak = memoryPeak();
  let storedBytes = 0;
  door.archive.store = async () => ({
    open: () => ({
      write: (chunk) => {
        storedBytes += chunk.length;
        peak.look();
      },
      abort: () => {},
      finish: async () => ({
        studyInstanceUid: '1.2',
        seriesInstanceUid: '1.3',
        sopInstanceUid: '1.4',
        sopClassUid: SOP_CLASS,
      }),
    }),
  });
  const outgoing = request(`${door.root}/studies`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/dicom' },
  });
  const chunk = Buffer.allocUnsafeSlow(1 << 20);
  for (let n = 0; n < 256; n++) if (!outgoing.write(chunk)) await once(outgoing, 'drain');
  const [answer] = await once(outgoing.end(), 'response');
  assert.equal(answer.statusCode, 200);
  assert.equal(storedBytes, 256 << 20);
  assert.ok(peak.bytes() < 24 << 20, `${peak.bytes()} bytes`);
});

test('parts become durable side by side, up to a limit', async (t) => {
  const usual = { ...limits };
  t.after(() => Object.assign(limits, usual));
  limits.partsAwaitingStore = 4;
  const door = await testDoor(t);
  door.archive.durable = () => new Promise(setImmediate);
  const parts = Array.from({ length: 20 }, (_, n) => ({ ...one, instance: `1.2.3.${n}` }));
  const answer = await door.stow(parts);
  assert.equal(answer.status, 200);
  const stored = storedOf(await moduleOf(answer)).map((item) => item['00081155']?.Value?.[0]);
  assert.deepEqual(
    stored,
    parts.map((part) => part.instance),
    'the answer is in the order of the request',
  );
  assert.equal(door.archive.finishing.most, 4);
});

test('more stores at once than the limit are asked to come back', async (t) => {
  const usual = { ...limits };
  t.after(() => Object.assign(limits, usual));
  limits.storesAtOnce = 1;
  const door = await testDoor(t);
  const started = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  door.archive.durable = () => {
    started.resolve();
    return finish.promise;
  };
  const first = door.stow([one]);
  await started.promise;
  const second = await door.stow([two]);
  assert.equal(second.status, 503);
  assert.ok(second.headers.get('retry-after'));
  finish.resolve();
  assert.equal((await first).status, 200);
  assert.equal((await door.stow([two])).status, 200);
});

test('a body that is refused is read to its end, so that the client reads why', async (t) => {
  const door = await testDoor(t);
  door.archive.token = 'right';
  const answer = await door.fetch('/studies', {
    method: 'POST',
    body: Buffer.alloc(8 << 20),
    headers: { 'Content-Type': MULTIPART },
  });
  assert.equal(answer.status, 401);
  door.archive.token = undefined;
  const halfRead = await door.fetch('/studies', {
    method: 'POST',
    body: Buffer.alloc(8 << 20),
    headers: { 'Content-Type': MULTIPART },
  });
  assert.equal(halfRead.status, 413, 'a preamble without end');
  assert.equal((await door.stow([one])).status, 200);
});

test('the answer is JSON or XML, as asked for; else 406 before anything is stored', async (t) => {
  const door = await testDoor(t);
  const xml = await door.stow([one], '/studies', { Accept: 'application/dicom+xml' });
  assert.equal(xml.headers.get('content-type'), 'application/dicom+xml');
  assert.match(await xml.text(), /<NativeDicomModel[\s\S]*00081199[\s\S]*1\.2\.3\.4/);
  assert.equal((await door.stow([two], '/studies', { Accept: 'image/png' })).status, 406);
  assert.equal(door.archive.instances.length, 1);
});
