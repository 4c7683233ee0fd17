// Trace of the DIMSE door over the control socket: one JSON object a line, while somebody reads. A reader that cannot keep
// up loses lines and is told how many; it never slows an association.

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { dimseChannel, type TraceEvent } from '../../dimse/trace.ts';

const limits = {
  /** Bytes waiting for a reader before lines are dropped. */
  waitingBytes: 4 << 20,
};

export function registerTrace(app: FastifyInstance): void {
  app.get<{ Querystring: { ae?: string } }>('/trace', (request, reply) => {
    const lines = new PassThrough({ highWaterMark: limits.waitingBytes });
    let dropped = 0;
    const listen = (message: unknown) => {
      const event = message as TraceEvent;
      if (request.query.ae !== undefined && event.callingAeTitle !== request.query.ae) return;
      if (lines.writableLength > limits.waitingBytes) {
        dropped++;
        return;
      }
      if (dropped > 0) lines.write(line({ ...nobody, text: `${dropped} lines were not read in time` }));
      dropped = 0;
      lines.write(line(event));
    };
    subscribe(dimseChannel.name, listen);
    request.raw.socket.once('close', () => {
      unsubscribe(dimseChannel.name, listen);
      lines.destroy();
    });
    // The headers go out at once: the reader knows that it listens.
    reply.raw.writeHead(200, { 'content-type': 'application/x-ndjson' });
    reply.hijack();
    reply.raw.flushHeaders();
    lines.pipe(reply.raw);
  });
}

const nobody: TraceEvent = {
  associationId: '',
  callingAeTitle: '',
  calledAeTitle: '',
  remoteAddress: '',
  direction: 'local',
  text: '',
};

const line = (event: TraceEvent): string => `${JSON.stringify({ at: new Date().toISOString(), ...event })}\n`;
