// Takes transport connections for associations, plain (PS3.8 9.1) or by TLS (PS3.15 B.12), and knows those that are still in
// their TLS handshake: who stays there must not keep others out.

import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, Server as TlsServer } from 'node:tls';
import type { Log } from '../base/log.ts';
import { type ListenerTls, listenerContext, listenerOptions, type TlsIdentity } from '../base/tls.ts';
import type { DimseLimits } from './limits.ts';

export interface TransportAddress {
  host: string;
  port: number;
  /** Absent: plain. */
  tls?: ListenerTls;
}

export class Transport {
  readonly #server: Server;
  readonly #tls: ListenerTls | undefined;
  readonly #handshakes: Handshakes;
  #closed: Promise<unknown> | undefined;

  /** `connected` is handed what is ready for an association request. */
  constructor(tls: ListenerTls | undefined, connected: (socket: Socket) => void, limits: DimseLimits, log: Log) {
    this.#tls = tls;
    this.#handshakes = new Handshakes(limits.unassociatedConnections);
    if (tls === undefined) {
      this.#server = createServer({ noDelay: true }, connected);
      return;
    }
    const options = { ...listenerOptions(tls), handshakeTimeout: limits.artimMs, noDelay: true };
    this.#server = createTlsServer(options, (socket) => {
      this.#handshakes.completed(socket);
      connected(socket);
    });
    this.#server.on('connection', (socket: Socket) => this.#handshakes.began(socket));
    this.#server.on('tlsClientError', (error: NodeJS.ErrnoException, { remoteAddress }: Socket) =>
      log.info({ remoteAddress, reason: error.code ?? error.message }, 'TLS handshake failed'),
    );
  }

  /** Resolves to the port. */
  listen(host: string, port: number): Promise<number> {
    const server = this.#server;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, backlog: 1024 }, () => {
        server.off('error', reject);
        resolve((server.address() as { port: number }).port);
      });
    });
  }

  /** Proves itself by another certificate from the next connection on; a plain one has none. */
  renew(identity: TlsIdentity): void {
    if (this.#server instanceof TlsServer)
      this.#server.setSecureContext(listenerContext({ ...this.#tls, ...identity }));
  }

  /** Takes no more connections; resolves when those it took are gone. */
  close(): Promise<unknown> {
    this.#closed ??= new Promise((resolve) => this.#server.close(resolve));
    this.#handshakes.destroy();
    return this.#closed;
  }
}

/** By remote address and port: the connection of a handshake and the one that it makes are two objects. */
class Handshakes {
  readonly #limit: number;
  readonly #connections = new Map<string, Socket>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The oldest of too many is closed. */
  began(socket: Socket): void {
    const key = keyOf(socket);
    this.#connections.set(key, socket);
    socket.once('close', () => {
      if (this.#connections.get(key) === socket) this.#connections.delete(key);
    });
    if (this.#connections.size > this.#limit) this.#connections.values().next().value!.destroy();
  }

  completed(socket: Socket): void {
    this.#connections.delete(keyOf(socket));
  }

  destroy(): void {
    for (const socket of this.#connections.values()) socket.destroy();
  }
}

const keyOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;
