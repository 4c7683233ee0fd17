// Listens for HL7 v2 over MLLP, plain or by TLS. Each connection is served message by message: the next one is read when
// the one before is acknowledged, so that a slow store slows the sender. What a message means is the handler's.

import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, Server as TlsServer } from 'node:tls';
import { type Log, silentLog } from '../../base/log.ts';
import { systemTimers, type Timers } from '../../base/timers.ts';
import { type ListenerTls, listenerContext, listenerOptions, type TlsIdentity } from '../../base/tls.ts';
import { type MllpLimits, mllpLimits } from './limits.ts';
import { type MessageHandler, ServedConnection, type Surroundings } from './served-connection.ts';

export interface MllpListenerOptions {
  host: string;
  port: number;
  handler: MessageHandler;
  tls?: ListenerTls;
  log?: Log;
  limits?: Partial<MllpLimits>;
  timers?: Timers;
}

export interface MllpListener {
  readonly port: number;
  readonly connections: number;
  /** Proves itself by another certificate from the next connection on; for one that listens by TLS. */
  renew(identity: TlsIdentity): void;
  /** Takes no more connections, acknowledges what is under way, then ends what is left. */
  close(): Promise<void>;
}

export async function listenMllp(options: MllpListenerOptions): Promise<MllpListener> {
  const { host, port, handler, tls, log = silentLog, timers = systemTimers } = options;
  const limits = { ...mllpLimits, ...options.limits };
  const served = new Set<ServedConnection>();
  const surroundings: Surroundings = { handler, limits, timers, log, inFlight: { bytes: 0 } };
  const server = open(tls, limits.firstByteMs, (socket) => {
    if (served.size >= limits.connections) giveWay(served);
    const connection = new ServedConnection(socket, surroundings);
    served.add(connection);
    connection.done.then(() => served.delete(connection));
  });
  // Whoever left in the middle of a TLS handshake is not served and has not gone.
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: 1024 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as { port: number }).port,
    get connections() {
      return served.size;
    },
    renew(identity) {
      if (server instanceof TlsServer) server.setSecureContext(listenerContext({ ...tls, ...identity }));
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const connection of served) connection.close();
      const stopWaiting = timers.after(limits.closeMs, () => {
        for (const connection of served) connection.destroy();
      });
      await Promise.all([...served].map(({ done }) => done));
      stopWaiting();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Half-open connections: some senders close their side after the last message and read on. */
function open(tls: ListenerTls | undefined, handshakeTimeout: number, connected: (socket: Socket) => void): Server {
  if (tls === undefined) return createServer({ noDelay: true, allowHalfOpen: true }, connected);
  return createTlsServer({ ...listenerOptions(tls), handshakeTimeout, noDelay: true, allowHalfOpen: true }, connected);
}

/** Idle connections must not keep others out: the oldest one between two messages is closed for a new one. */
function giveWay(served: ReadonlySet<ServedConnection>): void {
  for (const connection of served) {
    if (connection.isBusy) continue;
    connection.destroy();
    return;
  }
}
