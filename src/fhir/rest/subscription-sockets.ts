// The channel websocket (R4 Subscriptions Backport 1.1): a client says `bind-with-token:` and the token that it was given, as
// often as it likes, and gets the notifications of those subscriptions, each a message. Or, as R4 subscription.html has it by itself,
// `bind` and the id of a subscription, and gets a ping whenever it has something to look for: then who it is is asked before.

import type { IncomingMessage, Server } from 'node:http';
import type { WebSocket } from 'ws';
import { originOf } from '../../base/http/connection.ts';
import { baseUrl } from '../../base/http/forwarded.ts';
import type { WebRequest } from '../../base/http/web-request.ts';
import { sendText, serveWebSockets } from '../../base/http/web-sockets.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import type { FhirOptions } from './door.ts';
import type { FhirHandlers } from './handlers.ts';
import { SOCKETS_PATH } from './subscriptions.ts';

export const limits = {
  /** Of what a client says. */
  messageBytes: 1_024,
  /** Subscriptions are bound in so many steps at most. */
  bindings: 100,
  /** Whoever does not say for which subscriptions it has come is sent away. */
  bindMs: 30_000,
} as const;

/** Resolves when all are told that the node stops. */
export function serveSubscriptionSockets(server: Server, path: string, options: FhirOptions): () => Promise<void> {
  const { log, allowedOrigins, publicRoot } = options;
  return serveWebSockets(server, {
    door: 'fhir',
    log,
    ...(allowedOrigins && { allowedOrigins }),
    messageBytes: limits.messageBytes,
    asks: (target) => (target.split('?')[0] === `${path}${SOCKETS_PATH}` ? true : undefined),
    // The token says who it is, or else what came with the request.
    async admit(incoming) {
      if (options.handlers.subscriptions === undefined)
        throw new Problem('request/not-built', { what: 'Subscription' });
      const root = baseUrl(originOf(incoming), path, publicRoot);
      return (socket) => listen(socket, { root, incoming, options });
    },
  });
}

interface Listening {
  root: string;
  incoming: IncomingMessage;
  options: FhirOptions;
}

function listen(socket: WebSocket, { root, incoming, options: { handlers, log } }: Listening): void {
  const stops: (() => void)[] = [];
  const late = setTimeout(() => socket.close(POLICY, 'bind-with-token was awaited'), limits.bindMs);
  let binding: Promise<void> = Promise.resolve();
  let count = 0;
  const told = { send: (text: string) => sendText(socket, text), end: () => socket.close(POLICY, 'no longer told') };
  const subscriptions = handlers.subscriptions!;
  const bind = async (token: string | undefined, id: string): Promise<void> => {
    try {
      const stop =
        token === undefined
          ? await subscriptions.follow(await requestOf(incoming, root, handlers), id, told)
          : await subscriptions.bind(token, root, told);
      clearTimeout(late);
      if (socket.readyState === socket.OPEN) stops.push(stop);
      else stop();
    } catch (thrown) {
      log.info({ door: 'fhir', code: asProblem(thrown).code }, 'web socket refused');
      socket.close(POLICY, token === undefined ? 'no such subscription for you' : 'that token is no longer good');
    }
  };
  socket.on('message', (data) => {
    const text = String(data).trim();
    const [, token] = /^bind-with-token:?\s+(\S+)$/.exec(text) ?? [];
    const [, id = ''] = /^bind:?\s+([A-Za-z0-9\-.]{1,64})$/.exec(text) ?? [];
    count += 1;
    if ((token === undefined && id === '') || count > limits.bindings)
      return socket.close(POLICY, 'only bind and bind-with-token are understood');
    // In the order in which they were said.
    binding = binding.then(() => bind(token, id));
  });
  socket.on('close', () => {
    clearTimeout(late);
    for (const stop of stops) stop();
  });
}

/** Whoever opened the socket, as one who asks. Rejects with auth/unauthenticated. */
async function requestOf(incoming: IncomingMessage, root: string, handlers: FhirHandlers): Promise<WebRequest> {
  const { authorization, cookie } = incoming.headers;
  const asking = { remoteAddress: incoming.socket.remoteAddress ?? '', requestId: '' };
  const principal = await handlers.authenticate({ ...asking, authorization, cookie });
  return { ...asking, principal, baseUrl: root, rawQuery: '', signal: new AbortController().signal };
}

/** RFC 6455 7.4.1. */
const POLICY = 1008;
