// The listener for HTTP over TLS: HTTP/2 (RFC 9113) where the client offers it, HTTP/1.1 otherwise, as ALPN settles it.
// Node's classes for HTTP/2 requests and answers stand in for those of HTTP/1.1; `connection.ts` knows where they differ.

import type { RequestListener, Server, ServerOptions } from 'node:http';
import { constants, createSecureServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { bcp195, type TlsIdentity } from '../tls.ts';

const http2Limits = {
  /** Requests under way on one connection; a viewer asks for the frames of a series at once. */
  streamsAtOnce: 128,
  /** Bytes of one body that may be on their way to us: what 100 Mbit/s and 80 ms hold. */
  streamWindowBytes: 1 << 20,
  /** The same of all bodies of a connection. */
  connectionWindowBytes: 4 << 20,
  /** Bytes of an answer's head and of one field, as the HTTP/2 library has it. */
  headerListBytes: 64 << 10,
  /** Memory of a connection beyond which it gets no other stream: what all of its streams hold while their client is slow. */
  sessionMegabytes: 256,
};

export interface SecureServerOptions extends TlsIdentity {
  /** For whoever speaks HTTP/1.1. */
  http1: ServerOptions;
  /** A client that has not finished its TLS handshake by then is cut off. */
  handshakeMs: number;
  /** Without a byte of a stream in either direction. */
  silenceMs: number;
}

export function secureServer(options: SecureServerOptions, serve: RequestListener): Server {
  const { key, cert, http1, handshakeMs, silenceMs } = options;
  const { streamsAtOnce, streamWindowBytes, connectionWindowBytes, headerListBytes, sessionMegabytes } = http2Limits;
  const server = createSecureServer({
    ...{ key, cert, ...bcp195, handshakeTimeout: handshakeMs, noDelay: true },
    ...{ allowHTTP1: true, http1Options: http1 },
    maxSessionMemory: sessionMegabytes,
    settings: {
      maxConcurrentStreams: streamsAtOnce,
      initialWindowSize: streamWindowBytes,
      maxHeaderListSize: headerListBytes,
    },
  });
  server.on('request', serve as (incoming: unknown, outgoing: unknown) => void);
  server.on('session', (session: ServerHttp2Session) => session.setLocalWindowSize(connectionWindowBytes));
  server.on('stream', (stream: ServerHttp2Stream) => {
    stream.setTimeout(silenceMs, () => stream.close(constants.NGHTTP2_CANCEL));
  });
  // A session takes the time it is given for streams that are under way: each of them has its own limit.
  server.on('timeout', (silent: Socket | ServerHttp2Session) =>
    'goaway' in silent ? silent.close() : silent.destroy(),
  );
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const closeAllConnections = (): void => sockets.forEach((socket) => void socket.destroy());
  return Object.assign(server, { closeAllConnections }) as unknown as Server;
}
