// Web sockets (RFC 6455) beside the routes of a door: who may have one is asked before the upgrade; who does not answer, or
// does not take what it is sent, is cut off.

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../log.ts';
import { asProblem, Problem } from '../problem.ts';
import type { AllowedOrigins } from './cors.ts';

export const limits = {
  /** Of one door. */
  sockets: 1_000,
  /** Bytes that a client has not taken; one that lets more wait is cut off, and asks when it is back. */
  unreadBytes: 1_048_576,
  /** Whoever does not answer a ping before the next is gone. */
  pingMs: 30_000,
} as const;

export interface SocketDoor<Asked> {
  /** For the log. */
  door: string;
  log: Log;
  /** Besides our own: pages of somebody else's get none. */
  allowedOrigins?: AllowedOrigins;
  /** Of what a client says. */
  messageBytes: number;
  /** What a request target asks for; undefined: it is not of this door. */
  asks(target: string): Asked | undefined;
  /** Resolves to what is done with the socket. Rejects with a Problem where there is none for this client. */
  admit(incoming: IncomingMessage, asked: Asked): Promise<(socket: WebSocket) => void>;
}

/** Resolves when all clients are told that the node stops. */
export function serveWebSockets<Asked>(server: Server, served: SocketDoor<Asked>): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: served.messageBytes });
  const alive = new WeakSet<WebSocket>();
  const pinging = setInterval(() => {
    for (const socket of sockets.clients) {
      if (alive.delete(socket)) socket.ping();
      else socket.terminate();
    }
  }, limits.pingMs).unref();

  async function upgrade(incoming: IncomingMessage, connection: Duplex, head: Buffer, asked: Asked): Promise<void> {
    const { origin } = incoming.headers;
    if (sockets.clients.size >= limits.sockets) throw new Problem('request/overloaded', { limit: 'sockets' });
    if (origin !== undefined && !isKnown(origin, incoming)) throw new Problem('auth/forbidden', { action: 'listen' });
    const use = await served.admit(incoming, asked);
    sockets.handleUpgrade(incoming, connection, head, (socket) => {
      alive.add(socket);
      socket.on('pong', () => alive.add(socket));
      socket.on('error', () => socket.terminate());
      use(socket);
    });
  }

  const isKnown = (origin: string, { headers }: IncomingMessage): boolean =>
    URL.parse(origin)?.host === headers.host ||
    (served.allowedOrigins ?? []).some((each) => each === '*' || each === origin);

  server.on('upgrade', (incoming: IncomingMessage, connection: Duplex, head: Buffer) => {
    const asked = served.asks(incoming.url ?? '');
    // Not ours: somebody else's, or nobody's.
    if (asked === undefined) return;
    connection.on('error', () => connection.destroy());
    upgrade(incoming, connection, head, asked).catch((thrown) => {
      const { answers, code } = asProblem(thrown);
      served.log.info({ door: served.door, code, status: answers.http }, 'web socket refused');
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

/** Cuts off who does not take it. */
export function sendText(socket: WebSocket, text: string): void {
  if (socket.bufferedAmount > limits.unreadBytes) socket.terminate();
  else if (socket.readyState === WebSocket.OPEN) socket.send(text);
}
