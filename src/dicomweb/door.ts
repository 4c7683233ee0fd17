// The DICOMweb door: every request below its root is routed, admitted, authenticated, answered, and a failure is put into
// words here and nowhere else. It takes a request from fastify before its body is looked at and writes the response itself,
// so that bodies stream both ways.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { asksFirst, endAfterwards, isGone, originOf } from '../base/http/connection.ts';
import { type AllowedOrigins, corsHeaders, preflightHeaders } from '../base/http/cors.ts';
import { baseUrl } from '../base/http/forwarded.ts';
import { type Gate, gate } from '../base/http/gate.ts';
import { parseQueryString } from '../base/http/query-string.ts';
import { discardBody, letDoorAsk, requestBody } from '../base/http/request-body.ts';
import { signalOf } from '../base/http/web-request.ts';
import type { Log } from '../base/log.ts';
import { asProblem, Problem } from '../base/problem.ts';
import { capabilities, capabilityTypes } from './capabilities.ts';
import type { Answer } from './exchange.ts';
import type { DicomwebHandlers } from './handlers.ts';
import { limits } from './limits.ts';
import { problemAnswer } from './problem-answer.ts';
import { allowOf, type Match, matchRoutes, offeredBelow, type Route } from './routes.ts';
import { send } from './send.ts';
import { serveSubscribers } from './ups/subscriber-sockets.ts';

export interface DicomwebOptions {
  handlers: DicomwebHandlers;
  log: Log;
  /** Where the door is mounted; `/dicomweb` unless given. */
  path?: string;
  /** The root of URLs in answers, where it cannot be told from the request: `https://pacs.example.org/dicomweb`. */
  publicRoot?: string;
  /** Origins whose scripts may read answers. None unless given. */
  allowedOrigins?: AllowedOrigins;
}

/** Mounts the door on a fastify instance. */
export function registerDicomweb(fastify: FastifyInstance, options: DicomwebOptions): void {
  const path = options.path ?? '/dicomweb';
  const door: Door = {
    ...options,
    path,
    requests: gate(limits, 'requestsAtOnce'),
    stores: gate(limits, 'storesAtOnce'),
  };
  letDoorAsk(fastify.server, path);
  const closeSockets = serveSubscribers(fastify.server, path, options);
  fastify.addHook('preClose', closeSockets);
  fastify.register(
    async (scope) => {
      // Before fastify looks at the body: it would refuse media types written as clients write them.
      scope.addHook('onRequest', async (request, reply) => {
        reply.hijack();
        await serve(door, request.id, request.raw, reply.raw);
      });
      // Not reached: the hook has answered. The routes make fastify give us every path and method.
      const answered = async (): Promise<void> => {};
      scope.all('/', answered);
      scope.all('/*', answered);
      scope.setNotFoundHandler(answered);
    },
    { prefix: path },
  );
}

interface Door extends DicomwebOptions {
  path: string;
  requests: Gate;
  stores: Gate;
}

interface Call {
  door: Door;
  requestId: string;
  incoming: IncomingMessage;
  outgoing: ServerResponse;
}

async function serve(
  door: Door,
  requestId: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  outgoing.setHeader('X-Request-Id', requestId);
  outgoing.setHeader('X-Content-Type-Options', 'nosniff');
  outgoing.setHeader('Vary', 'Accept, Accept-Encoding, Origin');
  for (const [name, value] of Object.entries(corsHeaders(door.allowedOrigins ?? [], incoming.headers.origin))) {
    outgoing.setHeader(name, value);
  }
  // Refused before it was asked to go on, a client may send its body or not: what comes next would be anybody's guess.
  if (asksFirst(incoming)) endAfterwards(outgoing);
  const call = { door, requestId, incoming, outgoing };
  const isHead = incoming.method === 'HEAD';
  let leave = (): void => {};
  try {
    leave = door.requests.enter();
    await send(outgoing, await answerOf(call), isHead);
  } catch (error) {
    const problem = asProblem(error, { requestId });
    report(call, problem);
    if (!outgoing.headersSent && !isGone(outgoing)) {
      await send(outgoing, problemAnswer(problem, requestId), isHead);
    }
  } finally {
    leave();
  }
  discardBody(incoming);
}

async function answerOf({ door, requestId, incoming, outgoing }: Call): Promise<Answer> {
  const url = incoming.url!;
  if (url.length > limits.urlBytes) throw new Problem('request/uri-too-long', { limit: limits.urlBytes });
  const question = url.indexOf('?');
  const rawQuery = question < 0 ? '' : url.slice(question + 1);
  const location = (question < 0 ? url : url.slice(0, question)).slice(door.path.length);
  const match = matchRoutes(location);
  const allow = allowOf(match);
  const { method } = incoming;
  if (method === 'OPTIONS') return optionsOf({ door, requestId, incoming, outgoing }, match, rawQuery);
  const route = match.routes.find((row) => row.method === (method === 'HEAD' ? 'GET' : method));
  if (route === undefined) {
    outgoing.setHeader('Allow', allow);
    throw new Problem('request/method-not-allowed', { method });
  }
  return act({ door, requestId, incoming, outgoing }, route, { path: match.path, location, rawQuery });
}

interface Target {
  path: Record<string, string>;
  location: string;
  rawQuery: string;
}

/** What may be done here: for a browser (CORS), as Allow, or described (PS3.18 8.9). Known to everybody, so nobody is asked who he is. */
function optionsOf({ door, incoming }: Call, match: Match, rawQuery: string): Answer {
  const { headers } = incoming;
  const allow = allowOf(match);
  const allowed = { Allow: allow, ...preflightHeaders(door.allowedOrigins ?? [], headers.origin, allow) };
  const isDescribed = match.pattern === '/' || capabilityTypes.some((type) => headers.accept?.includes(type));
  if ('access-control-request-method' in headers || !isDescribed) return { status: 204, headers: allowed };
  const accept = { header: headers.accept, query: parseQueryString(rawQuery) };
  const answer = capabilities(accept, offeredBelow(match.pattern), baseUrlOf(door, incoming));
  return { ...answer, headers: { ...allowed, ...answer.headers } };
}

const baseUrlOf = (door: Door, incoming: IncomingMessage): string =>
  baseUrl(originOf(incoming), door.path, door.publicRoot);

/** Nothing of the request but its framing is read before its credential is. */
async function act(call: Call, route: Route, { path, location, rawQuery }: Target): Promise<Answer> {
  const { door, requestId, incoming, outgoing } = call;
  const { headers, socket } = incoming;
  const remoteAddress = socket.remoteAddress ?? '';
  const { authorization, cookie } = headers;
  const principal = await door.handlers.authenticate({ authorization, cookie, remoteAddress, requestId });
  const request = {
    principal,
    requestId,
    remoteAddress,
    baseUrl: baseUrlOf(door, incoming),
    rawQuery,
    signal: signalOf(outgoing),
  };
  return route.action({
    handlers: door.handlers,
    request,
    path,
    location,
    query: parseQueryString(rawQuery),
    headers,
    body: requestBody(incoming, outgoing),
    stores: door.stores,
    report: (problem) => report(call, problem),
  });
}

function report({ door, requestId, incoming, outgoing }: Call, problem: Problem): void {
  const { code, answers } = problem;
  const fields = { door: 'dicomweb', requestId, code, status: answers.http, method: incoming.method };
  if (answers.http >= 500 && answers.http !== 501) {
    door.log.error(
      { ...fields, error: problem.cause ?? problem },
      outgoing.headersSent ? 'answer broken off' : 'request failed',
    );
  } else door.log.info(fields, 'request refused');
}
