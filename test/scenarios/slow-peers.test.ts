// Peers that connect and say nothing, or stop in the middle of a word, hold up nobody and are shown the door: a thousand
// idle connections, twenty slow associations, and HTTP clients of the same kind. The limits are the node's own: ARTIM
// 10 s (PS3.8 9.1.5), 30 s for a message that does not go on, 20 s for the headers of a request.

import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../src/dicom/transfer-syntax.ts';
import { sendInstance } from '../../src/dimse/store-scu.ts';
import { getJson } from '../support/dicomweb.ts';
import { CT_IMAGE_STORAGE, makeInstance } from '../support/instances.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { associate, echo, sendable, storeAll } from '../support/peer.ts';

const limits = { idleConnections: 1000, slowOfEachKind: 10, slowClients: 200, answerMs: 1000 };

/** The first bytes of an A-ASSOCIATE-RQ that announces 200 more. */
const ASSOCIATE_RQ_BEGUN = Uint8Array.of(0x01, 0x00, 0x00, 0x00, 0x00, 0xc8, 0x00, 0x01, 0x00, 0x00);

describe('a node with slow peers', { concurrency: true }, () => {
  const closing = new AsyncDisposableStack();
  after(() => closing.disposeAsync());
  let node: NodeProcess;

  before(async () => {
    node = await startNodeProcess((cleanUp) => closing.defer(cleanUp), { environment: openDoors });
    await storeAll(node.dicomPort, [makeInstance()]);
  });

  test('answers C-ECHO at once beside 1,000 idle connections and 20 slow associations, and ends those', async () => {
    const idle = await connections(limits.idleConnections, node.dicomPort);
    const begun = await connections(limits.slowOfEachKind, node.dicomPort);
    for (const { socket } of begun) socket.write(ASSOCIATE_RQ_BEGUN);
    const stalled = await Promise.all(Array.from({ length: limits.slowOfEachKind }, () => stalledStore(node)));
    await answersAtOnce(() => echo(node.dicomPort));
    const open = [...idle, ...begun].filter(({ socket }) => !socket.closed).length;
    assert.equal(open, limits.idleConnections + limits.slowOfEachKind, 'while all of them are open');
    assert.ok(stalled.every(({ association }) => association.isOpen));
    await Promise.all([...idle, ...begun].map(({ closed }) => closed));
    await Promise.all(stalled.map(({ ended }) => ended));
    assert.equal(await echo(node.dicomPort), 0);
  });

  test('answers searches at once beside 200 clients that never finish their request, and ends those', async () => {
    const clients = await connections(limits.slowClients, Number(new URL(node.url).port));
    for (const { socket } of clients) socket.write('GET /dicomweb/studies HTTP/1.1\r\nHost: slow\r\nX-Never');
    await answersAtOnce(() => getJson(node.url, '/studies?limit=1'));
    assert.equal(clients.filter(({ socket }) => socket.closed).length, 0, 'while all of them are open');
    await Promise.all(clients.map(({ closed }) => closed));
    assert.equal((await getJson(node.url, '/studies?limit=1')).length, 1);
  });
});

interface Connection {
  socket: Socket;
  closed: Promise<void>;
}

function connections(count: number, port: number): Promise<Connection[]> {
  const one = () =>
    new Promise<Connection>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      const closed = new Promise<void>((ended) => socket.on('close', () => ended()));
      socket.on('error', reject);
      socket.on('connect', () => resolve({ socket, closed }));
      socket.resume();
    });
  return Promise.all(Array.from({ length: count }, one));
}

/** An association in the middle of a C-STORE whose data set does not go on. */
async function stalledStore(node: NodeProcess) {
  const context = { abstractSyntax: CT_IMAGE_STORAGE, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] };
  const association = await associate(node.dicomPort, [context]);
  const sentSome = Promise.withResolvers<void>();
  const instance = makeInstance();
  const open = async function* () {
    yield instance.bytes.subarray(0, 200);
    sentSome.resolve();
    await new Promise(() => {});
  };
  const stored = sendInstance(association.messages, association.contexts.values(), { ...sendable(instance), open });
  const ended = assert.rejects(stored);
  await sentSome.promise;
  return { association, ended };
}

async function answersAtOnce(ask: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await ask();
  const tookMs = performance.now() - start;
  assert.ok(tookMs < limits.answerMs, `answered in ${Math.round(tookMs)} ms`);
}
