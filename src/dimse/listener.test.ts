// A scripted peer that says what no toolkit would: what the door answers to each, PDU by PDU.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import test, { type TestContext } from 'node:test';
import { ManualTimers } from '../../test/support/manual-timers.ts';
import { MemoryArchive } from '../../test/support/memory-archive.ts';
import { DataSet } from '../dicom/dataset.ts';
import { jsonText } from '../dicom/json.ts';
import { commands, readCommandSet, writeCommandSet } from './command-set.ts';
import { type DimseListener, type DimseListenerOptions, listenDimse } from './listener.ts';
import type { AssociateRq } from './pdu/a-associate-rq.ts';
import { type Pdu, readPdu, writePdu } from './pdu/pdu.ts';
import { writePlainDataSet } from './plain-data-set.ts';
import { openAssociation } from './requested-association.ts';
import { echo } from './scu.ts';

const VERIFICATION = '1.2.840.10008.1.1';
const CT = '1.2.840.10008.5.1.4.1.1.2';
const STUDY_FIND = '1.2.840.10008.5.1.4.1.2.2.1';
const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';

async function listening(t: TestContext, options: Partial<DimseListenerOptions> = {}): Promise<DimseListener> {
  const defaults = { host: '127.0.0.1', port: 0, aeTitle: 'FASCIA', handlers: new MemoryArchive() };
  const listener = await listenDimse({ ...defaults, ...options, limits: { closeMs: 50, ...options.limits } });
  t.after(() => {
    const closed = listener.close();
    if (options.timers instanceof ManualTimers) options.timers.advance(50);
    return closed;
  });
  return listener;
}

/** A connection that sends bytes and reads PDUs. */
class ScriptedPeer {
  readonly socket: Socket;
  #bytes = Buffer.alloc(0);
  #ended = false;
  #wake = (): void => {};

  constructor(port: number) {
    this.socket = connect({ host: '127.0.0.1', port, noDelay: true, allowHalfOpen: true });
    this.socket.on('data', (chunk) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#wake();
    });
    this.socket.on('error', () => {});
    for (const event of ['end', 'close'])
      this.socket.on(event, () => {
        this.#ended = true;
        this.#wake();
      });
  }

  send(...what: (Pdu | Uint8Array)[]): void {
    this.socket.write(Buffer.concat(what.map((each) => (each instanceof Uint8Array ? each : writePdu(each)))));
  }

  /** The next PDU; undefined when the listener has closed the connection. */
  async receive(): Promise<Pdu | undefined> {
    for (;;) {
      if (this.#bytes.length >= 6 && this.#bytes.length >= 6 + this.#bytes.readUInt32BE(2)) {
        const end = 6 + this.#bytes.readUInt32BE(2);
        const pdu = readPdu(this.#bytes[0]!, this.#bytes.subarray(6, end));
        this.#bytes = this.#bytes.subarray(end);
        return pdu;
      }
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async associate(changes: Partial<AssociateRq> = {}): Promise<Pdu | undefined> {
    this.send(request(changes));
    return this.receive();
  }
}

function peerOf(t: TestContext, listener: DimseListener): ScriptedPeer {
  const peer = new ScriptedPeer(listener.port);
  t.after(() => peer.socket.destroy());
  return peer;
}

function request(changes: Partial<AssociateRq> = {}): AssociateRq {
  return {
    type: 'A-ASSOCIATE-RQ',
    protocolVersion: 1,
    calledAeTitle: 'FASCIA',
    callingAeTitle: 'SCRIPTED',
    applicationContextName: '1.2.840.10008.3.1.1.1',
    presentationContexts: [{ id: 1, abstractSyntax: VERIFICATION, transferSyntaxes: [IMPLICIT] }],
    userInformation: {
      maximumLength: 16384,
      roleSelections: [],
      extendedNegotiations: [],
      commonExtendedNegotiations: [],
    },
    ...changes,
  };
}

const cEcho = (contextId = 1): Pdu => {
  const command = {
    commandField: commands['C-ECHO-RQ'],
    messageId: 5,
    affectedSopClassUid: VERIFICATION,
    hasDataSet: false,
  };
  return { type: 'P-DATA-TF', values: [{ contextId, command: true, last: true, data: writeCommandSet(command) }] };
};

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

async function echoes(listener: DimseListener): Promise<void> {
  const contexts = [{ abstractSyntax: VERIFICATION, transferSyntaxes: [IMPLICIT] }];
  const called = { host: '127.0.0.1', port: listener.port, calledAeTitle: 'FASCIA', callingAeTitle: 'OTHER', contexts };
  const association = await openAssociation(called);
  assert.equal(await echo(association), 0);
  await association.release();
}

const rejections: [string, Partial<AssociateRq>, number[]][] = [
  ['PS3.8 9.3.4: a called AE title that is not ours is rejected 1/1/7', { calledAeTitle: 'NOBODY' }, [1, 1, 7]],
  ['PS3.8 9.3.4: another application context is rejected 1/1/2', { applicationContextName: '1.2.3' }, [1, 1, 2]],
  ['PS3.8 9.3.2: a protocol version without bit 0 is rejected 1/2/2', { protocolVersion: 2 }, [1, 2, 2]],
];
for (const [name, changes, expected] of rejections)
  test(name, async (t) => {
    const answer = await peerOf(t, await listening(t)).associate(changes);
    assert.ok(answer?.type === 'A-ASSOCIATE-RJ');
    assert.deepEqual([answer.result, answer.source, answer.reason], expected);
  });

test('PS3.8 9.3.2: bits of the protocol version besides bit 0 are not tested', async (t) => {
  assert.equal((await peerOf(t, await listening(t)).associate({ protocolVersion: 0xffff }))?.type, 'A-ASSOCIATE-AC');
});

test('a peer that is not admitted hears the reason that was given', async (t) => {
  const handlers = new MemoryArchive();
  handlers.admit = async () => ({ reject: { result: 1, source: 1, reason: 3 } });
  const answer = await peerOf(t, await listening(t, { handlers })).associate();
  assert.deepEqual(answer, { type: 'A-ASSOCIATE-RJ', result: 1, source: 1, reason: 3 });
});

test('over the limit of associations a peer is rejected for now (2/3/2), and accepted when there is room again', async (t) => {
  const listener = await listening(t, { limits: { associations: 1 } });
  const first = peerOf(t, listener);
  assert.equal((await first.associate())?.type, 'A-ASSOCIATE-AC');
  const refused = await peerOf(t, listener).associate();
  assert.deepEqual(refused, { type: 'A-ASSOCIATE-RJ', result: 2, source: 3, reason: 2 });
  first.send({ type: 'A-RELEASE-RQ' });
  assert.equal((await first.receive())?.type, 'A-RELEASE-RP');
  assert.equal((await peerOf(t, listener).associate())?.type, 'A-ASSOCIATE-AC');
});

test('PS3.8 Table 9-18: each context has its own result, and one transfer syntax is chosen', async (t) => {
  const contexts = [
    [VERIFICATION, [IMPLICIT]],
    ['1.2.3.4.5.6.7', [IMPLICIT]],
    [CT, ['1.2.3.4.5.6.99']],
    [CT, [IMPLICIT, EXPLICIT]],
    [CT, ['1.2.3.4.9', IMPLICIT]],
    [CT, ['1.2.840.10008.1.2.4.70', EXPLICIT]],
    [CT, ['1.2.840.10008.1.2.2', IMPLICIT]],
  ] as const;
  const presentationContexts = contexts.map(([abstractSyntax, transferSyntaxes], i) => ({
    id: 2 * i + 1,
    abstractSyntax,
    transferSyntaxes: [...transferSyntaxes],
  }));
  const answer = await peerOf(t, await listening(t)).associate({ presentationContexts });
  assert.ok(answer?.type === 'A-ASSOCIATE-AC');
  assert.deepEqual(
    answer.presentationContexts.map(({ result }) => result),
    [0, 3, 4, 0, 0, 0, 0],
  );
  const chosen = answer.presentationContexts.filter(({ result }) => result === 0).map((each) => each.transferSyntax);
  assert.deepEqual(chosen, [IMPLICIT, EXPLICIT, IMPLICIT, '1.2.840.10008.1.2.4.70', '1.2.840.10008.1.2.2']);
});

test('PS3.7 D.3.3.3: a window is answered only where one is proposed, and bounded', async (t) => {
  const listener = await listening(t);
  const without = await peerOf(t, listener).associate();
  assert.ok(without?.type === 'A-ASSOCIATE-AC');
  assert.equal(without.userInformation.asynchronousOperationsWindow, undefined);
  const { userInformation } = request();
  const proposed = { ...userInformation, asynchronousOperationsWindow: { invoked: 0, performed: 0 } };
  const withWindow = await peerOf(t, listener).associate({ userInformation: proposed });
  assert.ok(withWindow?.type === 'A-ASSOCIATE-AC');
  assert.deepEqual(withWindow.userInformation.asynchronousOperationsWindow, { invoked: 8, performed: 1 });
});

const beforeAssociation: [string, Uint8Array | Pdu, number][] = [
  ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'), 1],
  ['a P-DATA-TF', cEcho(), 2],
  ['an A-RELEASE-RQ', { type: 'A-RELEASE-RQ' }, 2],
  ['a PDU of 4 GiB', Buffer.concat([Buffer.from([1, 0]), uint32(0xffffffff)]), 6],
  [
    'an A-ASSOCIATE-RQ whose items are cut off',
    Buffer.concat([Buffer.from([1, 0]), uint32(72), Buffer.alloc(72, 65)]),
    6,
  ],
];
for (const [what, bytes, reason] of beforeAssociation)
  test(`PS3.8 9.3.8: ${what} instead of an association request is answered A-ABORT 2/${reason}`, async (t) => {
    const listener = await listening(t);
    const peer = peerOf(t, listener);
    peer.send(bytes);
    assert.deepEqual(await peer.receive(), { type: 'A-ABORT', source: 2, reason });
    await echoes(listener);
  });

const onAssociation: [string, Uint8Array | Pdu, number][] = [
  ['an unknown PDU type', Buffer.from([0x99, 0, 0, 0, 0, 4, 0, 0, 0, 0]), 1],
  ['a second A-ASSOCIATE-RQ', request(), 2],
  ['an A-RELEASE-RP that nobody awaits', { type: 'A-RELEASE-RP' }, 2],
  ['a P-DATA-TF of 4 GiB', Buffer.concat([Buffer.from([4, 0]), uint32(0xffffffff), Buffer.alloc(64)]), 6],
  [
    'a value longer than its PDU',
    Buffer.concat([Buffer.from([4, 0, 0, 0, 0, 12]), uint32(0xfffffff0), Buffer.from([1, 3, 0, 0, 0, 0, 0, 0])]),
    6,
  ],
  ['an empty P-DATA-TF', Buffer.from([4, 0, 0, 0, 0, 0]), 6],
  ['a context that was not accepted', cEcho(99), 6],
  [
    'a data set that no command announced',
    { type: 'P-DATA-TF', values: [{ contextId: 1, command: false, last: true, data: new Uint8Array(8) }] },
    6,
  ],
  [
    'a command set that is none',
    { type: 'P-DATA-TF', values: [{ contextId: 1, command: true, last: true, data: new Uint8Array(7).fill(255) }] },
    6,
  ],
];
for (const [what, bytes, reason] of onAssociation)
  test(`PS3.8 9.3.8: ${what} on an association is answered A-ABORT 2/${reason}`, async (t) => {
    const listener = await listening(t);
    const peer = peerOf(t, listener);
    await peer.associate();
    peer.send(bytes);
    assert.deepEqual(await peer.receive(), { type: 'A-ABORT', source: 2, reason });
    await echoes(listener);
    assert.equal(listener.associations, 0);
  });

test('a command set over its limit ends the association, however it is cut', async (t) => {
  const peer = peerOf(t, await listening(t));
  await peer.associate();
  const data = new Uint8Array(16_000);
  for (let i = 0; i < 5; i++)
    peer.send({ type: 'P-DATA-TF', values: [{ contextId: 1, command: true, last: false, data }] });
  assert.deepEqual(await peer.receive(), { type: 'A-ABORT', source: 2, reason: 6 });
});

test('PS3.7 C.5.10: an operation that is not offered is answered 0211H, and the association goes on', async (t) => {
  const peer = peerOf(t, await listening(t));
  await peer.associate();
  const nGet = {
    commandField: commands['N-GET-RQ'],
    messageId: 9,
    requestedSopClassUid: VERIFICATION,
    hasDataSet: false,
  };
  peer.send({ type: 'P-DATA-TF', values: [{ contextId: 1, command: true, last: true, data: writeCommandSet(nGet) }] });
  const answer = await peer.receive();
  assert.ok(answer?.type === 'P-DATA-TF');
  const response = readCommandSet(answer.values[0]!.data);
  assert.deepEqual([response.commandField, response.status, response.messageIdBeingRespondedTo], [0x8110, 0x0211, 9]);
  peer.send(cEcho());
  assert.equal((await peer.receive())?.type, 'P-DATA-TF');
});

test('a message cut into one-byte fragments and single bytes is understood', async (t) => {
  const peer = peerOf(t, await listening(t));
  await peer.associate();
  const { data } = (cEcho() as Extract<Pdu, { type: 'P-DATA-TF' }>).values[0]!;
  for (const byte of Buffer.concat(
    [...data].map((value, i) =>
      writePdu({
        type: 'P-DATA-TF',
        values: [{ contextId: 1, command: true, last: i === data.length - 1, data: Uint8Array.of(value) }],
      }),
    ),
  ))
    peer.send(Uint8Array.of(byte));
  const answer = await peer.receive();
  assert.ok(answer?.type === 'P-DATA-TF');
  assert.equal(readCommandSet(answer.values[0]!.data).status, 0);
});

test('PS3.8 9.1.5: ARTIM closes a connection that asks for no association, also one that sends its request byte by byte', async (t) => {
  const timers = new ManualTimers();
  const listener = await listening(t, { timers });
  const [idle, slow] = [peerOf(t, listener), peerOf(t, listener)];
  slow.send(writePdu(request()).subarray(0, 40));
  await Promise.all([once(idle.socket, 'connect'), once(slow.socket, 'connect')]);
  await echoes(listener);
  timers.advance(9_999);
  slow.send(Uint8Array.of(0));
  await echoes(listener);
  timers.advance(1);
  assert.equal(await idle.receive(), undefined);
  assert.equal(await slow.receive(), undefined);
});

test('a peer that sends a message byte by byte makes no progress and is aborted; one that waits between messages is not', async (t) => {
  const timers = new ManualTimers();
  const listener = await listening(t, { timers });
  const [slow, patient] = [peerOf(t, listener), peerOf(t, listener)];
  await slow.associate();
  await patient.associate();
  for (const peer of [slow, patient]) {
    peer.send(cEcho());
    await peer.receive();
  }
  const echoRequest = writePdu(cEcho());
  for (let i = 0; i < 3; i++) {
    slow.send(echoRequest.subarray(i, i + 1));
    await echoes(listener);
    timers.advance(10_000);
  }
  assert.deepEqual(await slow.receive(), { type: 'A-ABORT', source: 2, reason: 0 });
  patient.send(cEcho());
  assert.equal((await patient.receive())?.type, 'P-DATA-TF');
});

test('1,000 idle connections delay nobody, and the oldest make room for new ones', async (t) => {
  const listener = await listening(t, { limits: { unassociatedConnections: 900 } });
  const peers = Array.from({ length: 1_000 }, () => peerOf(t, listener));
  await Promise.all(peers.map((peer) => once(peer.socket, 'connect')));
  const started = performance.now();
  await echoes(listener);
  assert.ok(performance.now() - started < 1_000);
  assert.equal(await peers[0]!.receive(), undefined);
  assert.equal((await peers.at(-1)!.associate())?.type, 'A-ASSOCIATE-AC');
});

test('a peer that does not read what it asked for is aborted, and closed when ARTIM runs out', async (t) => {
  const timers = new ManualTimers();
  const handlers = new MemoryArchive();
  let given = 0;
  handlers.find = async function* (_exchange, _query, form) {
    const match = new DataSet().set('StudyInstanceUID', '1.2').set('StudyDescription', 'x'.repeat(60_000), 'LT');
    for (; ; given++) yield [form.encode(jsonText(match))];
  };
  const listener = await listening(t, { timers, handlers });
  const peer = peerOf(t, listener);
  await peer.associate({
    presentationContexts: [{ id: 1, abstractSyntax: STUDY_FIND, transferSyntaxes: [IMPLICIT] }],
  });
  peer.socket.pause();
  const identifier = new DataSet().set('QueryRetrieveLevel', 'STUDY').set('StudyInstanceUID', null);
  const keys = identifier.set('StudyDescription', null, 'LT');
  const command = {
    commandField: commands['C-FIND-RQ'],
    messageId: 1,
    affectedSopClassUid: STUDY_FIND,
    hasDataSet: true,
  };
  const data = Buffer.concat(writePlainDataSet(keys, IMPLICIT));
  peer.send(
    { type: 'P-DATA-TF', values: [{ contextId: 1, command: true, last: true, data: writeCommandSet(command) }] },
    { type: 'P-DATA-TF', values: [{ contextId: 1, command: false, last: true, data }] },
  );
  for (let before = -1; before !== given || given === 0; ) {
    before = given;
    await echoes(listener);
    await echoes(listener);
  }
  const held = given;
  timers.advance(60_000);
  assert.equal(listener.associations, 0);
  timers.advance(10_000);
  peer.socket.resume();
  while ((await peer.receive()) !== undefined);
  assert.ok(given <= held + 1, 'nothing more was asked of the catalogue');
});
