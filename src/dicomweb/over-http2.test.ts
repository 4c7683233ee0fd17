// All that the door does, once more over TLS: what is fetched by HTTP/2, what is written to a connection by HTTP/1.1. Then
// what only HTTP/2 has: streams that end alone.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { constants } from 'node:http2';
import { after, test } from 'node:test';
import { makeCertificate } from '../../test/support/certificate.ts';
import { type Http2Client, http2Client } from '../../test/support/http2-client.ts';
import { without } from '../../test/support/needs.ts';
import { overTls } from '../../test/support/over-tls.ts';
import { limits } from './limits.ts';
import { SOP_CLASS } from './testing/memory-archive.ts';
import { stowBody, type TestDoor, testDoor, travelBy } from './testing/test-door.ts';

const skip = without('openssl', 'openssl');
const certificate = skip ? undefined : makeCertificate((cleanUp) => after(cleanUp));
if (certificate !== undefined) {
  travelBy(overTls(certificate));
  for (const file of [
    './door.test.ts',
    './capabilities.test.ts',
    './qido/qido-rs.test.ts',
    './stow/stow-rs.test.ts',
    './stow/stow-metadata.test.ts',
    './wado/wado-rs.test.ts',
    './wado/frames.test.ts',
    './wado/rendered.test.ts',
    './wado/bulkdata.test.ts',
  ]) {
    await import(file);
  }
}

const part = { study: '1.2', series: '1.2.3', instance: '1.2.3.4' };
const MULTIPART = 'multipart/related; type="application/dicom"; boundary=B';

const clientOf = (door: TestDoor, t: { after(cleanUp: () => void): void }): Http2Client => {
  const client = http2Client(door.root, certificate!.cert);
  t.after(client.close);
  return client;
};

const post = { ':method': 'POST', ':path': '/dicomweb/studies', 'content-type': MULTIPART };

test('HTTP/2: URLs in answers begin with https and the authority that was asked', { skip }, async (t) => {
  const door = await testDoor(t);
  const answer = await door.stow([part]);
  const stored = (await answer.json()) as Record<string, { Value: string[] }>;
  assert.equal(stored['00081190']!.Value[0], `${door.root}/studies/1.2`);
  assert.match(door.root, /^https:/);
});

test('HTTP/2: a stream that is reset stops the reading; what its connection carries besides goes on', {
  skip,
}, async (t) => {
  const door = await testDoor(t);
  const stopped = Promise.withResolvers<void>();
  let givenBytes = 0;
  door.archive.keep(part, Buffer.alloc(0), {
    sizeBytes: 2 ** 40,
    async *open() {
      try {
        for (;;) {
          givenBytes += 1 << 20;
          yield Buffer.allocUnsafeSlow(1 << 20);
          await new Promise(setImmediate);
        }
      } finally {
        stopped.resolve();
      }
    },
  });
  const { session, fetch } = clientOf(door, t);
  const stream = session.request({ ':path': '/dicomweb/studies/1.2' });
  await once(stream, 'response');
  for (let n = 0; n < 20; n++) assert.equal((await fetch(`${door.root}/studies`)).status, 200);
  assert.ok(givenBytes < 64 << 20, `${givenBytes} bytes read for a client that takes none`);
  stream.close(constants.NGHTTP2_CANCEL);
  await stopped.promise;
  assert.ok(door.archive.requests[0]!.signal.aborted);
  assert.equal((await fetch(`${door.root}/studies`)).status, 200);
});

test('HTTP/2: a body whose stream is reset is not taken for a whole one', { skip }, async (t) => {
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
  const stream = clientOf(door, t).session.request(post);
  stream.on('error', () => {});
  stream.write(`--B\r\n\r\n${'x'.repeat(1000)}`);
  await opened.promise;
  stream.close(constants.NGHTTP2_CANCEL);
  await aborted.promise;
});

test('HTTP/2: an answer that breaks off is a stream that ends with an error, not an answer that is shorter', {
  skip,
}, async (t) => {
  const door = await testDoor(t);
  door.archive.keep(part, Buffer.alloc(0), {
    sizeBytes: 3 << 20,
    async *open() {
      yield Buffer.alloc(2 << 20);
      throw new Error('the disk has gone');
    },
  });
  const stream = clientOf(door, t).session.request({ ':path': '/dicomweb/studies/1.2' });
  const failed = once(stream, 'error');
  stream.resume();
  assert.match(String((await failed)[0]), /INTERNAL_ERROR/);
});

test('HTTP/2: a client that asks first is asked to go on, or refused before its body comes', { skip }, async (t) => {
  const door = await testDoor(t);
  const { session } = clientOf(door, t);
  const body = stowBody([part]);
  const asking = { ...post, expect: '100-continue' };
  const welcome = session.request({ ...asking, 'content-length': body.length });
  await once(welcome, 'continue');
  welcome.end(body);
  assert.equal((await once(welcome, 'response'))[0][':status'], 200);
  const tooLarge = session.request({ ...asking, 'content-length': limits.storeBytes + 1 });
  tooLarge.on('error', () => {});
  assert.equal((await once(tooLarge, 'response'))[0][':status'], 413);
  tooLarge.destroy();
  assert.equal((await door.stow([{ ...part, instance: '1.2.3.5' }])).status, 200);
});

test('HTTP/2: a slow keeper slows the sender: no more is on its way than the window of a stream', {
  skip,
}, async (t) => {
  const door = await testDoor(t);
  const started = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  door.archive.store = async () => ({
    open: () => ({
      write: () => {
        started.resolve();
        return go.promise;
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
  const { session, fetch } = clientOf(door, t);
  const stream = session.request({ ...post, 'content-type': 'application/dicom' });
  const body = Buffer.alloc(16 << 20);
  stream.end(body);
  await started.promise;
  for (let n = 0; n < 20; n++) assert.equal((await fetch(`${door.root}/studies`)).status, 200);
  assert.ok(
    stream.writableLength > 8 << 20,
    `only ${stream.writableLength} of ${body.length} bytes wait with the client`,
  );
  go.resolve();
  assert.equal((await once(stream, 'response'))[0][':status'], 200);
});

test('HTTP/2: a stream whose client takes nothing is cut off in time, the others of its connection are not', {
  skip,
}, async (t) => {
  const usual = { ...limits };
  t.after(() => Object.assign(limits, usual));
  limits.stalledMs = 300;
  const door = await testDoor(t);
  const stopped = Promise.withResolvers<void>();
  door.archive.keep(part, Buffer.alloc(0), {
    sizeBytes: 2 ** 40,
    async *open() {
      try {
        for (;;) {
          yield Buffer.allocUnsafeSlow(1 << 20);
          await new Promise(setImmediate);
        }
      } finally {
        stopped.resolve();
      }
    },
  });
  const { session, fetch } = clientOf(door, t);
  const stream = session.request({ ':path': '/dicomweb/studies/1.2' });
  stream.on('error', () => {});
  await once(stream, 'response');
  await stopped.promise;
  assert.ok(door.archive.requests[0]!.signal.aborted);
  assert.equal((await fetch(`${door.root}/studies`)).status, 200);
});
