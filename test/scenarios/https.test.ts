// A whole node over TLS: the same resources by HTTP/2 and by HTTP/1.1, and nobody who speaks neither well enough.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { connect } from 'node:tls';
import { type Certificate, makeCertificate } from '../support/certificate.ts';
import { emptyFolder } from '../support/folder.ts';
import { type Http2Client, http2Client } from '../support/http2-client.ts';
import { makeStudy } from '../support/instances.ts';
import { without } from '../support/needs.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';

const skip = without('openssl', 'openssl');
const study = makeStudy(1, 3);
const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = study[0]!;
const instance = `/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;

let certificate: Certificate;
let node: NodeProcess;
let client: Http2Client;
const cleanUps: (() => unknown)[] = [];
const later = (cleanUp: () => unknown): unknown => cleanUps.unshift(cleanUp);

before(async () => {
  if (skip) return;
  certificate = makeCertificate(later);
  const file = join(emptyFolder(later), 'node.pem');
  writeFileSync(file, certificate.key + certificate.cert);
  node = await startNodeProcess(later, { environment: { ...openDoors, FASCIA_HTTP_TLS: file } });
  client = http2Client(node.url, certificate.cert);
  later(client.close);
});
after(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  client.fetch(node.url + path, { headers });

test('HTTP/2: a study is stored, found, described and fetched, in parts and in ranges', { skip }, async () => {
  const boundary = 'a-boundary-of-the-test';
  const body = Buffer.concat([
    ...study.flatMap(({ file }) => [Buffer.from(`\r\n--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`), file]),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const stored = await client.fetch(`${node.url}/dicomweb/studies`, {
    method: 'POST',
    headers: { 'Content-Type': `multipart/related; type="application/dicom"; boundary=${boundary}` },
    body,
  });
  assert.equal(stored.status, 200);
  assert.match(await stored.text(), new RegExp(`${node.url}/dicomweb${instance}`));
  const found = (await (await ask(`/dicomweb/studies?StudyInstanceUID=${studyInstanceUid}`)).json()) as unknown[];
  assert.equal(found.length, 1);
  const described = await ask(`/dicomweb/studies/${studyInstanceUid}/metadata`);
  assert.equal(described.headers.get('content-encoding'), 'gzip');
  assert.equal(((await described.json()) as unknown[]).length, 3);
  const whole = Buffer.from(await (await ask(`/dicomweb${instance}`, { Accept: 'application/dicom' })).arrayBuffer());
  assert.ok(whole.equals(study[0]!.file));
  const frames = await Promise.all(
    study.map(({ sopInstanceUid: each }) =>
      ask(`/dicomweb${instance.replace(sopInstanceUid, each)}/frames/1`, {
        Accept: 'application/octet-stream',
        Range: 'bytes=10-29',
      }),
    ),
  );
  for (const frame of frames) {
    assert.equal(frame.status, 206);
    assert.match(frame.headers.get('content-range')!, /^bytes 10-29\/\d+$/);
    assert.equal((await frame.arrayBuffer()).byteLength, 20);
  }
  const picture = await ask(`/dicomweb${instance}/rendered`, { Accept: 'image/jpeg' });
  assert.deepEqual([...new Uint8Array(await picture.arrayBuffer()).slice(0, 2)], [0xff, 0xd8]);
});

test('HTTP/2: FHIR, REST and health answer as they do otherwise', { skip }, async () => {
  const capability = await ask('/fhir/R4/metadata');
  assert.equal(((await capability.json()) as { resourceType: string }).resourceType, 'CapabilityStatement');
  assert.ok(Array.isArray(await (await ask('/api/v1/peers')).json()));
  assert.equal((await ask('/readyz')).status, 200);
  const unknown = await ask('/nothing');
  assert.equal(unknown.status, 404);
  assert.equal(unknown.headers.get('content-type'), 'application/problem+json; charset=utf-8');
});

test('HTTP/1.1: who does not offer HTTP/2 gets the same resources', { skip }, async () => {
  const request = get(`${node.url}/dicomweb/studies?StudyInstanceUID=${studyInstanceUid}`, { ca: certificate.cert });
  const [answer] = await once(request, 'response');
  assert.equal(answer.httpVersion, '1.1');
  assert.equal(((await json(answer)) as unknown[]).length, 1);
});

test('RFC 9325 4.2: TLS before 1.2 and suites without forward secrecy are not spoken, HTTP without TLS neither', {
  skip,
}, async () => {
  const { hostname: host, port } = new URL(node.url);
  for (const offer of [
    { maxVersion: 'TLSv1.1', minVersion: 'TLSv1' },
    { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' },
  ]) {
    const socket = connect({ host, port: Number(port), ca: certificate.cert, ...(offer as { ciphers: string }) });
    await assert.rejects(once(socket, 'secureConnect'), JSON.stringify(offer));
  }
  await assert.rejects(fetch(`http://${host}:${port}/healthz`));
});

test('a session cookie of a node over TLS is for TLS alone', { skip }, async (t) => {
  const file = join(emptyFolder(later), 'other.pem');
  writeFileSync(file, certificate.key + certificate.cert);
  const closed = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: { FASCIA_HTTP_TLS: file } });
  const signIn = /(https:\/\/\S+\/sign-in\?token=\S+)/.exec(closed.output())![1]!;
  const browser = http2Client(closed.url, certificate.cert);
  t.after(browser.close);
  const answer = await browser.fetch(signIn);
  assert.equal(answer.status, 303);
  assert.match(answer.headers.get('set-cookie')!, /; Secure/);
});
