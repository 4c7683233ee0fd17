// The MLLP door on a fresh catalogue, as a node has it, and senders to it.

import { once } from 'node:events';
import { connect } from 'node:net';
import type { TestContext } from 'node:test';
import { openAudit } from '../../src/audit/writer.ts';
import { openInterfaces } from '../../src/auth/interfaces.ts';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import type { Message } from '../../src/hl7v2/message.ts';
import { FrameReader, frame } from '../../src/hl7v2/mllp/frame.ts';
import { listenMllp } from '../../src/hl7v2/mllp/listener.ts';
import { readBatch } from '../../src/hl7v2/reader.ts';
import type { Core } from '../../src/server/core.ts';
import type { Hl7Backend } from '../../src/server/doors/hl7-backend.ts';
import { openHl7Intake } from '../../src/server/doors/mllp-handler.ts';
import { createMetrics } from '../../src/server/metrics.ts';
import { testDatabase } from './database.ts';

export async function openHl7Door(t: TestContext, backend: Hl7Backend = {}) {
  const database = await testDatabase(t);
  const audit = openAudit(database, { clock: systemClock, log: silentLog });
  const interfaces = await openInterfaces(database, { clock: systemClock });
  const metrics = createMetrics();
  const core = { database, audit, interfaces, metrics, log: silentLog } as Core;
  const intake = openHl7Intake(core, backend);
  const listener = await listenMllp({ host: '127.0.0.1', port: 0, handler: intake.handler });
  t.after(async () => {
    await listener.close();
    await audit.close();
    interfaces.close();
  });
  return {
    database,
    audit,
    interfaces,
    metrics,
    intake,
    listener,
    send: (bytes: Uint8Array) => send(listener.port, bytes),
  };
}

export type Hl7Door = Awaited<ReturnType<typeof openHl7Door>>;

/** One frame on a connection of its own; the messages of the frames that come back until the door closes. */
export async function send(port: number, bytes: Uint8Array): Promise<Message[]> {
  const socket = connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  socket.end(frame(bytes));
  const reader = new FrameReader({ messageBytes: 10_000_000 });
  const answers: Message[] = [];
  for await (const chunk of socket) {
    for (const event of reader.push(chunk)) {
      if (event.kind === 'message') answers.push(...readBatch(event.bytes).messages);
    }
  }
  return answers;
}

/** MSA-1 of each. */
export const codesOf = (answers: readonly Message[]): string[] =>
  answers.map((answer) => answer.segment('MSA')?.text(1) ?? '');
