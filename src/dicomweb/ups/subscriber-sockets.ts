// Web sockets of subscribers: PS3.18 8.10. Each takes the events of one AE title, as DICOM JSON; what it says itself is not
// heard.

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { originOf } from '../../base/http/connection.ts';
import { baseUrl } from '../../base/http/forwarded.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import type { DicomwebOptions } from '../door.ts';

export const limits = {
  /** Of all subscribers. */
  sockets: 1_000,
  /** Bytes that a subscriber has not taken; one that lets more wait is cut off, and asks when it is back. */
  unreadBytes: 1_048_576,
  /** Whoever does not answer a ping before the next is gone. */
  pingMs: 30_000,
  /** Of what a subscriber says. */
  messageBytes: 1_024,
} as const;

/** Serves `{path}/subscribers/{subscriber}` on `server`; resolves when all are told that the node stops. */
export function serveSubscribers(server: Server, path: string, options: DicomwebOptions): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.messageBytes });
  const alive = new WeakSet<WebSocket>();
  const pinging = setInterval(() => {
    for (const socket of sockets.clients) {
      if (alive.delete(socket)) socket.ping();
      else socket.terminate();
    }
  }, limits.pingMs).unref();

  async function upgrade(incoming: IncomingMessage, connection: Duplex, head: Buffer, subscriber: string) {
    const listen = await admitted(incoming, subscriber);
    sockets.handleUpgrade(incoming, connection, head, (socket) => {
      alive.add(socket);
      socket.on('pong', () => alive.add(socket));
      socket.on('error', () => socket.terminate());
      listen(socket);
    });
  }

  /** Whoever asks is known, may see workitems, and is no page of somebody else's. */
  async function admitted(incoming: IncomingMessage, subscriber: string) {
    const { handlers } = options;
    const { authorization, cookie, origin } = incoming.headers;
    const own = originOf(incoming);
    if (handlers.workitems === undefined) throw new Problem('request/not-built', { what: 'UPS-RS' });
    if (sockets.clients.size >= limits.sockets) throw new Problem('request/overloaded', { limit: 'sockets' });
    if (origin !== undefined && !isKnown(origin, incoming)) throw new Problem('auth/forbidden', { action: 'listen' });
    const remoteAddress = incoming.socket.remoteAddress ?? '';
    const requestId = '';
    const principal = await handlers.authenticate({ authorization, cookie, remoteAddress, requestId });
    const closing = new AbortController();
    const request = {
      principal,
      requestId,
      remoteAddress,
      baseUrl: baseUrl(own, path, options.publicRoot),
      rawQuery: '',
      signal: closing.signal,
    };
    const waiting: string[] = [];
    let send = (json: string): void => void waiting.push(json);
    const stop = await handlers.workitems.listen(request, subscriber, (json) => send(json));
    return (socket: WebSocket): void => {
      socket.on('close', () => {
        closing.abort();
        stop();
      });
      send = (json) => {
        if (socket.bufferedAmount > limits.unreadBytes) socket.terminate();
        else if (socket.readyState === WebSocket.OPEN) socket.send(json);
      };
      for (const json of waiting.splice(0)) send(json);
    };
  }

  const isKnown = (origin: string, { headers }: IncomingMessage): boolean =>
    URL.parse(origin)?.host === headers.host ||
    (options.allowedOrigins ?? []).some((each) => each === '*' || each === origin);

  server.on('upgrade', (incoming: IncomingMessage, connection: Duplex, head: Buffer) => {
    const subscriber = subscriberIn(incoming.url ?? '', path);
    // Not ours: somebody else's, or nobody's.
    if (subscriber === undefined) return;
    connection.on('error', () => connection.destroy());
    upgrade(incoming, connection, head, subscriber).catch((thrown) => {
      const { answers, code } = asProblem(thrown);
      options.log.info({ door: 'dicomweb', code, status: answers.http }, 'web socket refused');
      connection.end(`HTTP/1.1 ${answers.http} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    });
  });

  return async () => {
    clearInterval(pinging);
    // RFC 6455 7.4.1: going away.
    for (const socket of sockets.clients) socket.close(1001);
    sockets.close();
  };
}

function subscriberIn(url: string, path: string): string | undefined {
  const [location = ''] = url.split('?');
  const prefix = `${path}/subscribers/`;
  if (!location.startsWith(prefix)) return undefined;
  try {
    return decodeURIComponent(location.slice(prefix.length));
  } catch {
    return undefined;
  }
}
