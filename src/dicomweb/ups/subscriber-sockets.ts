// Web sockets of subscribers: PS3.18 8.10. Each takes the events of one AE title, as DICOM JSON; what it says itself is not
// heard.

import type { IncomingMessage, Server } from 'node:http';
import type { WebSocket } from 'ws';
import { originOf } from '../../base/http/connection.ts';
import { baseUrl } from '../../base/http/forwarded.ts';
import { sendText, serveWebSockets } from '../../base/http/web-sockets.ts';
import { Problem } from '../../base/problem.ts';
import type { DicomwebOptions } from '../door.ts';

export const limits = {
  /** Of what a subscriber says. */
  messageBytes: 1_024,
} as const;

/** Serves `{path}/subscribers/{subscriber}` on `server`; resolves when all are told that the node stops. */
export function serveSubscribers(server: Server, path: string, options: DicomwebOptions): () => Promise<void> {
  const { log, allowedOrigins } = options;
  return serveWebSockets(server, {
    door: 'dicomweb',
    log,
    ...(allowedOrigins && { allowedOrigins }),
    messageBytes: limits.messageBytes,
    asks: (target) => subscriberIn(target, path),
    admit: (incoming, subscriber) => admitted(incoming, subscriber, path, options),
  });
}

/** Whoever asks is known, and may see workitems. */
async function admitted(
  incoming: IncomingMessage,
  subscriber: string,
  path: string,
  { handlers, publicRoot }: DicomwebOptions,
): Promise<(socket: WebSocket) => void> {
  if (handlers.workitems === undefined) throw new Problem('request/not-built', { what: 'UPS-RS' });
  const { authorization, cookie } = incoming.headers;
  const remoteAddress = incoming.socket.remoteAddress ?? '';
  const requestId = '';
  const principal = await handlers.authenticate({ authorization, cookie, remoteAddress, requestId });
  const closing = new AbortController();
  const request = {
    principal,
    requestId,
    remoteAddress,
    baseUrl: baseUrl(originOf(incoming), path, publicRoot),
    rawQuery: '',
    signal: closing.signal,
  };
  const waiting: string[] = [];
  let send = (json: string): void => void waiting.push(json);
  const stop = await handlers.workitems.listen(request, subscriber, (json) => send(json));
  return (socket) => {
    socket.on('close', () => {
      closing.abort();
      stop();
    });
    send = (json) => sendText(socket, json);
    for (const json of waiting.splice(0)) send(json);
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
