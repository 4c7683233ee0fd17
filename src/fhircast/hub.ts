// The FHIRcast 3.0 hub (hl7.org/fhir/uv/fhircast): applications on one desk follow one user's session. `hub.url` is `/fhircast`;
// each subscribes by a form, gets the URL of a web socket, and asks for changes of context in JSON.

import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { originOf } from '../base/http/connection.ts';
import type { AllowedOrigins } from '../base/http/cors.ts';
import { corsHeaders, preflightHeaders } from '../base/http/cors.ts';
import { baseUrl } from '../base/http/forwarded.ts';
import type { Principal } from '../base/http/web-request.ts';
import { serveWebSockets } from '../base/http/web-sockets.ts';
import type { Log } from '../base/log.ts';
import { Problem } from '../base/problem.ts';
import type { JsonValue } from '../fhir/json.ts';
import { isSupported, malformed, readMessage, supportedEvents } from './events.ts';
import { FollowerSocket, limits as socketLimits } from './follower-socket.ts';
import type { CastHandlers, Wish } from './handlers.ts';

export const limits = {
  /** Seconds that a subscription lasts unless asked otherwise, and at most. */
  lease: 7_200,
  longestLease: 86_400,
  events: 50,
  nameCharacters: 200,
} as const;

export interface CastOptions {
  handlers: CastHandlers;
  log: Log;
  /** The hub's URL where it cannot be told from the request. */
  publicRoot?: string | undefined;
  allowedOrigins?: AllowedOrigins;
}

const PATH = '/fhircast';

export function registerFhircast(app: FastifyInstance, options: CastOptions): void {
  const { handlers, log, allowedOrigins = [] } = options;
  const rootOf = (incoming: IncomingMessage): string => baseUrl(originOf(incoming), PATH, options.publicRoot);
  const principalOf = ({ headers, ip, id }: FastifyRequest): Promise<Principal> => {
    const { authorization, cookie } = headers;
    return handlers.authenticate({
      ...(authorization !== undefined && { authorization }),
      ...(cookie !== undefined && { cookie }),
      remoteAddress: ip,
      requestId: id,
    });
  };
  app.register(
    async (scope) => {
      scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
        done(null, new URLSearchParams(String(body))),
      );
      scope.addHook('onRequest', async ({ headers, method }, reply) => {
        reply.headers({ ...corsHeaders(allowedOrigins, headers.origin), 'cache-control': 'no-store' });
        if (method === 'OPTIONS') {
          reply.headers(preflightHeaders(allowedOrigins, headers.origin, 'GET, POST, OPTIONS'));
          await reply.code(204).send();
        }
      });
      scope.options('/*', async () => undefined);
      // 2-1: what the hub can do is known to everybody.
      scope.get('/.well-known/fhircast-configuration', async () => ({
        eventsSupported: supportedEvents,
        websocketSupport: true,
        fhircastVersion: 'STU3',
        getCurrentSupport: true,
      }));
      /** Of whoever asks: what a SMART launch tells other applications. */
      scope.post('/session', async (request) => {
        const topic = await handlers.topicOf(await principalOf(request));
        return { 'hub.url': rootOf(request.raw), 'hub.topic': topic };
      });
      const asked = async (request: FastifyRequest, topic?: string) => {
        const principal = await principalOf(request);
        const { body } = request;
        if (body instanceof URLSearchParams) return subscribed(handlers, principal, body, rootOf(request.raw));
        const message = readMessage(body as JsonValue);
        if (topic !== undefined && message.event['hub.topic'] !== topic)
          throw malformed('hub.topic is not that of the URL');
        await handlers.request(principal, message);
        return undefined;
      };
      scope.post('/', async (request, reply) => reply.code(202).send(await asked(request)));
      scope.post<{ Params: { topic: string } }>('/:topic', async (request, reply) =>
        reply.code(202).send(await asked(request, request.params.topic)),
      );
      scope.get<{ Params: { topic: string } }>('/:topic', async (request) =>
        handlers.current(await principalOf(request), request.params.topic),
      );
    },
    { prefix: PATH },
  );
  const close = serveWebSockets(app.server, {
    door: 'fhircast',
    log,
    allowedOrigins,
    messageBytes: socketLimits.messageBytes,
    asks: (target) => new RegExp(`^${PATH}/sockets/([A-Za-z0-9_-]{20,100})$`).exec(target)?.[1],
    // Whoever was given the URL may have what was asked for with it.
    admit: async (_incoming, endpoint) => (socket) => {
      const follower = new FollowerSocket(socket, endpoint, handlers);
      handlers.follow(endpoint, follower).then(
        ({ follower: found, stop }) => follower.begin(found, stop),
        () => follower.deny('nobody subscribed so, or not any more'),
      );
    },
  });
  app.addHook('preClose', close);
}

/** 2-4 */
async function subscribed(handlers: CastHandlers, principal: Principal, form: URLSearchParams, root: string) {
  const value = (name: string): string | undefined => {
    const all = form.getAll(name);
    if (all.length > 1) throw malformed(`${name} is given more than once`);
    return all[0];
  };
  const [topic, mode] = [value('hub.topic'), value('hub.mode')];
  if (value('hub.channel.type') !== 'websocket') throw malformed('hub.channel.type is websocket');
  if (topic === undefined) throw malformed('hub.topic is missing');
  const sockets = `${root.replace(/^http/, 'ws')}/sockets/`;
  const given = value('hub.channel.endpoint')?.trim();
  if (given !== undefined && !given.startsWith(sockets)) throw malformed('hub.channel.endpoint is none of ours');
  const endpoint = given?.slice(sockets.length);
  if (mode === 'unsubscribe') {
    if (endpoint === undefined) throw malformed('hub.channel.endpoint is missing');
    await handlers.unsubscribe(principal, topic, endpoint);
    return { 'hub.channel.endpoint': given };
  }
  if (mode !== 'subscribe') throw malformed('hub.mode is subscribe or unsubscribe');
  const wish: Wish = {
    topic,
    events: eventsIn(value('hub.events')),
    leaseSeconds: leaseOf(value('hub.lease_seconds')),
    ...(form.has('subscriber.name') && { name: value('subscriber.name')!.slice(0, limits.nameCharacters) }),
    ...(endpoint !== undefined && { endpoint }),
  };
  return { 'hub.channel.endpoint': `${sockets}${await handlers.subscribe(principal, wish)}` };
}

function eventsIn(text: string | undefined): string[] {
  const events = (text ?? '').split(',').map((name) => name.trim().toLowerCase());
  const unknown = events.find((name) => !isSupported(name));
  if (unknown !== undefined) throw malformed('hub.events names an event that is not supported');
  if (events.length > limits.events)
    throw new Problem('request/too-large', { what: 'hub.events', limit: limits.events });
  return [...new Set(events)];
}

function leaseOf(text: string | undefined): number {
  if (text === undefined) return limits.lease;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw malformed('hub.lease_seconds is no number of seconds');
  return Math.min(Number(text), limits.longestLease);
}
