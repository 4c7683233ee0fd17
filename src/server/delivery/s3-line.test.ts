import assert from 'node:assert/strict';
import dns from 'node:dns';
import { test } from 'node:test';
import { s3Store } from '../../../test/support/s3-store.ts';
import { Problem } from '../../base/problem.ts';
import type { Form } from '../../delivery/line.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import type { Departure } from './departure.ts';
import { S3Line, s3Outcome } from './s3-line.ts';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const form: Form = { tenant: 1, study: '1', consignment: '1', steps: [], text: '' };
const departureOf = (file: () => AsyncIterable<Uint8Array>): Departure =>
  ({
    sendable: { studyInstanceUid: '1.2', seriesInstanceUid: '1.2.3', sopInstanceUid: '1.2.3.4' },
    file,
  }) as Departure;

test('a bucket is found in the host name unless its path is asked for', async (t) => {
  const store = await s3Store(t, { bucket: 'images', ...keys });
  // As a wildcard entry of a DNS would have it.
  const asked: string[] = [];
  t.mock.method(dns, 'lookup', (name: string, _: object, found: (error: null, all: object[]) => void) => {
    asked.push(name);
    found(null, [{ address: '127.0.0.1', family: 4 }]);
  });
  const bytes = new TextEncoder().encode('DICM');
  const endpoint = `http://localhost:${store.port}`;
  const line = new S3Line({ bucket: 'images', endpoint, ...keys }, 1, async () =>
    departureOf(async function* () {
      yield bytes;
    }),
  );
  t.after(() => line.close());
  const outcome = await line.send({} as KeptInstance, form);
  assert.ok('taken' in outcome && outcome.proof!.endsWith(', 4 bytes'));
  assert.deepEqual(asked, ['images.localhost']);
  assert.deepEqual(store.objects.get('images/1.2/1.2.3/1.2.3.4.dcm')!.bytes, Buffer.from(bytes));
});

test('an object of ours that cannot be read is no fault of the store', async (t) => {
  const store = await s3Store(t, { bucket: 'images', ...keys });
  const line = new S3Line({ bucket: 'images', endpoint: store.url, pathStyle: true, ...keys }, 1, async () =>
    departureOf(async function* () {
      yield new Uint8Array(10);
      throw new Problem('storage/unavailable');
    }),
  );
  t.after(() => line.close());
  await assert.rejects(line.send({} as KeptInstance, form), { code: 'storage/unavailable' });
  assert.equal(store.objects.size, 0);
});

test('what a store answers is about itself, about us, about this moment, or about the object', () => {
  const outcome = (httpStatusCode: number, name: string) => {
    try {
      return s3Outcome(Object.assign(new Error(name), { name, $metadata: { httpStatusCode } }));
    } catch (thrown) {
      return (thrown as Problem).code;
    }
  };
  assert.equal(outcome(403, 'SignatureDoesNotMatch'), 'delivery/not-admitted');
  assert.equal(outcome(404, 'NoSuchBucket'), 'delivery/not-now');
  assert.equal(outcome(301, 'PermanentRedirect'), 'delivery/not-now');
  assert.deepEqual(outcome(503, 'SlowDown'), { later: 'delivery/not-now', status: 503 });
  assert.deepEqual(outcome(507, 'XMinioStorageFull'), { later: 'delivery/not-now', status: 507 });
  assert.deepEqual(outcome(400, 'BadDigest'), { later: 'delivery/not-now', status: 400 });
  assert.deepEqual(outcome(400, 'EntityTooLarge'), {
    refused: 'delivery/refused',
    status: 400,
    reason: 'EntityTooLarge',
  });
  assert.throws(() => s3Outcome(new Error('ECONNREFUSED')), { code: 'delivery/not-now' });
});
