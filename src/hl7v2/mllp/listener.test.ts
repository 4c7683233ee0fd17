import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { ManualTimers } from '../../../test/support/manual-timers.ts';
import { Problem } from '../../base/problem.ts';
import { acknowledgements } from '../acknowledgement.ts';
import { readMessage } from '../reader.ts';
import { FrameReader, frame } from './frame.ts';
import type { MllpLimits } from './limits.ts';
import { listenMllp } from './listener.ts';
import { type MessageHandler, systemAnswering } from './served-connection.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const adt = (id: string, modes = '') =>
  utf8(`MSH|^~\\&|RIS|RAD|||20261123||ADT^A08|${id}|P|2.5|||${modes}\rPID|1||7\r`);
const accept: MessageHandler = async (bytes) =>
  acknowledgements(readMessage(bytes), {}, systemAnswering).map((answer) => answer.bytes);

/** A listener, and connections to it that read acknowledgements. */
async function open(t: TestContext, handler = accept, limits: Partial<MllpLimits> = {}) {
  const timers = new ManualTimers();
  const listener = await listenMllp({ host: '127.0.0.1', port: 0, handler, limits, timers });
  t.after(() => listener.close());
  const dial = async () => {
    const socket = connect({ host: '127.0.0.1', port: listener.port, noDelay: true });
    t.after(() => socket.destroy());
    await once(socket, 'connect');
    return { socket, answers: answersOf(socket) };
  };
  return { listener, timers, dial };
}

/** MSA-1 and MSA-2 of each acknowledgement. */
async function* answersOf(socket: Socket): AsyncGenerator<string, undefined> {
  const reader = new FrameReader({ messageBytes: 1_000_000 });
  try {
    for await (const chunk of socket) {
      for (const event of reader.push(chunk)) {
        assert.equal(event.kind, 'message');
        const msa = readMessage((event as { bytes: Uint8Array }).bytes).segment('MSA')!;
        yield `${msa.text(1)} ${msa.text(2)}`;
      }
    }
  } catch {
    // Reset: the end.
  }
}

const next = async (answers: AsyncGenerator<string, undefined>) => (await answers.next()).value;

test('two messages in one packet are acknowledged in order', async (t) => {
  const { socket, answers } = await (await open(t)).dial();
  socket.write(Buffer.concat([frame(adt('1')), frame(adt('2'))]));
  assert.deepEqual([await next(answers), await next(answers)], ['AA 1', 'AA 2']);
});

test('a message in packets of one byte is acknowledged, and the connection stays open for the next', async (t) => {
  const { socket, answers } = await (await open(t)).dial();
  for (const byte of frame(adt('1'))) socket.write(Uint8Array.of(byte));
  assert.equal(await next(answers), 'AA 1');
  socket.write(frame(adt('2')));
  assert.equal(await next(answers), 'AA 2');
});

test('a sender that closes its side still reads its acknowledgement', async (t) => {
  const { socket, answers } = await (await open(t)).dial();
  socket.end(frame(adt('1')));
  assert.equal(await next(answers), 'AA 1');
  assert.equal(await next(answers), undefined);
});

test('the next message is handled when the one before is acknowledged, and not sooner', async (t) => {
  const handled: string[] = [];
  const { promise: gate, resolve: openGate } = Promise.withResolvers<void>();
  const handler: MessageHandler = async (bytes, peer) => {
    handled.push(readMessage(bytes).header.messageControlId);
    await gate;
    return accept(bytes, peer);
  };
  const { socket, answers } = await (await open(t, handler)).dial();
  socket.write(Buffer.concat([frame(adt('1')), frame(adt('2'))]));
  const first = next(answers);
  while (handled.length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(handled, ['1']);
  openGate();
  assert.equal(await first, 'AA 1');
  assert.equal(await next(answers), 'AA 2');
});

test('what a handler rejects with is acknowledged as an error, and the connection stays', async (t) => {
  const handler: MessageHandler = async (bytes) => {
    if (String(bytes).length > 0) throw new Problem('storage/full', { sizeBytes: 1 });
    return [];
  };
  const { socket, answers } = await (await open(t, handler)).dial();
  socket.write(frame(adt('1')));
  assert.equal(await next(answers), 'AR 1');
  socket.write(frame(utf8('no message')));
  assert.equal(await next(answers), 'AR ');
});

test('a message over the limit is rejected by its control id and the next is taken', async (t) => {
  const { socket, answers } = await (await open(t, accept, { messageBytes: 200 })).dial();
  const large = Buffer.concat([adt('1'), Buffer.alloc(300, 'x')]);
  socket.write(Buffer.concat([frame(large), frame(adt('2'))]));
  assert.deepEqual([await next(answers), await next(answers)], ['AR 1', 'AA 2']);
});

test('too much on its way in, over all connections, is refused and may come again', async (t) => {
  const { dial } = await open(t, accept, { bytesInFlight: 300 });
  const { socket, answers } = await dial();
  socket.write(Buffer.concat([Uint8Array.of(0x0b), Buffer.alloc(400, 'x')]));
  assert.equal(await next(answers), 'AR ');
  assert.equal(await next(answers), undefined);
  const again = await dial();
  again.socket.write(frame(adt('2')));
  assert.equal(await next(again.answers), 'AA 2');
});

test('who does not speak MLLP is let go after a while, others are not disturbed', async (t) => {
  const { dial } = await open(t, accept, { garbageBytes: 100 });
  const stranger = await dial();
  stranger.socket.write(Buffer.alloc(200, 'GET / HTTP/1.1\r\n'));
  assert.equal(await next(stranger.answers), undefined);
  const { socket, answers } = await dial();
  socket.write(frame(adt('1')));
  assert.equal(await next(answers), 'AA 1');
});

test('a frame that is not whole in time, and a connection without any, are let go', async (t) => {
  const { listener, timers, dial } = await open(t, accept, { frameMs: 1_000, firstByteMs: 5_000 });
  const slow = await dial();
  slow.socket.write(frame(adt('1')));
  assert.equal(await next(slow.answers), 'AA 1');
  slow.socket.write(frame(adt('2')).subarray(0, 10));
  const silent = await dial();
  while (listener.connections < 2) await new Promise((resolve) => setImmediate(resolve));
  const slowEnds = next(slow.answers);
  const ended = slowEnds.then(() => true);
  while (!(await Promise.race([ended, new Promise((resolve) => setImmediate(resolve, false))]))) timers.advance(1_000);
  assert.equal(await slowEnds, undefined);
  timers.advance(5_000);
  assert.equal(await next(silent.answers), undefined);
});

test('one connection too many takes the place of one that is idle', async (t) => {
  const { dial } = await open(t, accept, { connections: 1 });
  const idle = await dial();
  const { socket, answers } = await dial();
  assert.equal(await next(idle.answers), undefined);
  socket.write(frame(adt('1')));
  assert.equal(await next(answers), 'AA 1');
});

test('a listener that closes acknowledges the message in hand, and no other', async (t) => {
  const { promise: gate, resolve: openGate } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const handler: MessageHandler = async (bytes, peer) => {
    begin();
    await gate;
    return accept(bytes, peer);
  };
  const { listener, dial } = await open(t, handler);
  const { socket, answers } = await dial();
  socket.write(frame(adt('1')));
  await begun;
  const closed = listener.close();
  openGate();
  assert.equal(await next(answers), 'AA 1');
  assert.equal(await next(answers), undefined);
  await closed;
});

test('in enhanced mode both acknowledgements come in frames of their own, and none where none is wanted', async (t) => {
  const { socket, answers } = await (await open(t)).dial();
  socket.write(Buffer.concat([frame(adt('1', 'AL|AL')), frame(adt('2', 'NE|NE')), frame(adt('3'))]));
  assert.deepEqual([await next(answers), await next(answers), await next(answers)], ['CA 1', 'AA 1', 'AA 3']);
});
