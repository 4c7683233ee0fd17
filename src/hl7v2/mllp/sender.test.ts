import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { makeCertificate } from '../../../test/support/certificate.ts';
import { without } from '../../../test/support/needs.ts';
import type { ListenerTls } from '../../base/tls.ts';
import { type AcknowledgmentCode, acknowledge, acknowledgements } from '../acknowledgement.ts';
import { readMessage } from '../reader.ts';
import { listenMllp } from './listener.ts';
import { MllpSender } from './sender.ts';
import { type MessageHandler, type MllpPeer, systemAnswering } from './served-connection.ts';

const message = (id: string, modes = '') =>
  readMessage(new TextEncoder().encode(`MSH|^~\\&|US|HUB|||20261123||ORU^R01|${id}|P|2.5|||${modes}\rOBX|1\r`));
const quick = { retryMs: [1], attempts: 3 };

/** A receiver that answers as `answer` says; what it got, in order. */
async function receiver(t: TestContext, answer: (id: string, nth: number) => AcknowledgmentCode | 'both' | 'nothing') {
  const got: string[] = [];
  const handler: MessageHandler = async (bytes) => {
    const received = readMessage(bytes);
    const id = received.header.messageControlId;
    got.push(id);
    const code = answer(id, got.length);
    if (code === 'nothing') return [];
    if (code === 'both') return acknowledgements(received, {}, systemAnswering).map((each) => each.bytes);
    return [acknowledge(received, code, {}, systemAnswering).bytes];
  };
  const listener = await listenMllp({ host: '127.0.0.1', port: 0, handler });
  t.after(() => listener.close());
  return { got, port: listener.port };
}

function senderTo(t: TestContext, port: number, limits = {}) {
  const sender = new MllpSender({ host: '127.0.0.1', port, limits: { ...quick, ...limits } });
  t.after(() => sender.close());
  return sender;
}

test('messages arrive in order, each after the acknowledgement of the one before', async (t) => {
  const { got, port } = await receiver(t, () => 'AA');
  const sender = senderTo(t, port);
  const answers = await Promise.all(['1', '2', '3'].map((id) => sender.send(message(id))));
  assert.deepEqual(got, ['1', '2', '3']);
  assert.deepEqual(
    answers.map((answer) => answer?.segment('MSA')?.text(2)),
    ['1', '2', '3'],
  );
});

test('AR and silence are tried again, and later messages do not overtake', async (t) => {
  const { got, port } = await receiver(t, (_id, nth) => (nth === 1 ? 'AR' : nth === 2 ? 'nothing' : 'AA'));
  const sender = senderTo(t, port, { responseMs: 50 });
  await Promise.all([sender.send(message('1')), sender.send(message('2'))]);
  assert.deepEqual(got, ['1', '1', '1', '2']);
});

test('AE is final: the message is to be corrected, the next one goes on', async (t) => {
  const { got, port } = await receiver(t, (id) => (id === '1' ? 'AE' : 'AA'));
  const sender = senderTo(t, port);
  await assert.rejects(sender.send(message('1')), { code: 'hl7/peer-refused', message: 'the receiver answered AE' });
  await sender.send(message('2'));
  assert.deepEqual(got, ['1', '2']);
});

test('a receiver that is not there, or keeps silent, is told after the last attempt', async (t) => {
  await assert.rejects(senderTo(t, 1).send(message('1')), { code: 'hl7/peer-unreachable' });
  const { got, port } = await receiver(t, () => 'nothing');
  await assert.rejects(senderTo(t, port, { responseMs: 20 }).send(message('1')), { code: 'hl7/peer-silent' });
  assert.equal(got.length, 3);
});

test('2.9.3: a sender in enhanced mode waits for what it asked for', async (t) => {
  const { port } = await receiver(t, () => 'both');
  const sender = senderTo(t, port);
  const codeFor = async (modes: string) =>
    (await sender.send(message(modes.replace('|', '-'), modes)))?.segment('MSA')?.text(1);
  assert.deepEqual(
    [await codeFor('AL|AL'), await codeFor('AL|NE'), await codeFor('NE|AL'), await codeFor('NE|NE')],
    ['AA', 'CA', 'AA', undefined],
  );
});

test('a sender connects again when the receiver was restarted', async (t) => {
  const handler: MessageHandler = async (bytes) => [acknowledge(readMessage(bytes), 'AA', {}, systemAnswering).bytes];
  const first = await listenMllp({ host: '127.0.0.1', port: 0, handler });
  const sender = senderTo(t, first.port);
  await sender.send(message('1'));
  await first.close();
  const second = await listenMllp({ host: '127.0.0.1', port: first.port, handler });
  t.after(() => second.close());
  assert.equal((await sender.send(message('2')))?.segment('MSA')?.text(2), '2');
});

test('closing rejects what is waiting to be tried again', async (t) => {
  const { got, port } = await receiver(t, () => 'AR');
  const sender = senderTo(t, port, { retryMs: [3_600_000] });
  const rejected = assert.rejects(sender.send(message('1')), /the receiver/);
  while (got.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await sender.close();
  await rejected;
});

test('TLS: both ends may demand a certificate, and a client without one is not let in', {
  skip: without('openssl', 'openssl'),
}, async (t) => {
  const { key, cert } = makeCertificate((cleanUp) => t.after(cleanUp));
  const peers: MllpPeer[] = [];
  const handler: MessageHandler = async (bytes, peer) => {
    peers.push(peer);
    return [acknowledge(readMessage(bytes), 'AA', {}, systemAnswering).bytes];
  };
  const tls: ListenerTls = { key, cert, clientCa: cert };
  const listener = await listenMllp({ host: '127.0.0.1', port: 0, handler, tls });
  t.after(() => listener.close());
  const to = (secrets: { key?: string; cert?: string }) =>
    new MllpSender({
      host: '127.0.0.1',
      port: listener.port,
      tls: { ca: cert, serverName: 'localhost', ...secrets },
      limits: { ...quick, attempts: 1 },
    });
  const known = to({ key, cert });
  await known.send(message('1'));
  assert.match(peers[0]!.certificate!, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  await known.close();
  const stranger = to({});
  await assert.rejects(stranger.send(message('2')), { code: 'hl7/peer-unreachable' });
  await stranger.close();
  const plain = new MllpSender({ host: '127.0.0.1', port: listener.port, limits: { ...quick, attempts: 1 } });
  await assert.rejects(plain.send(message('3')), { code: 'hl7/peer-unreachable' });
  await plain.close();
  assert.equal(peers.length, 1);
});
