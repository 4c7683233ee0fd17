// The FHIR door: every request below its root is routed, admitted, authenticated, answered, and a failure is put into an
// OperationOutcome here and nowhere else. Nothing of a body is read before its credential is.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { asksFirst, breakOff, endAfterwards, isGone, originOf } from '../../base/http/connection.ts';
import { type AllowedOrigins, corsHeaders, preflightHeaders } from '../../base/http/cors.ts';
import { baseUrl } from '../../base/http/forwarded.ts';
import { type Gate, gate } from '../../base/http/gate.ts';
import { parseMediaType } from '../../base/http/media-type.ts';
import { problemHeaders } from '../../base/http/problem-headers.ts';
import { parseQueryString, type QueryParameter } from '../../base/http/query-string.ts';
import { discardBody, letDoorAsk, wholeBody } from '../../base/http/request-body.ts';
import { signalOf } from '../../base/http/web-request.ts';
import type { Log } from '../../base/log.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import { outcomeOf } from '../issue.ts';
import { type Format, readResource } from '../resource.ts';
import type { Answer } from './exchange.ts';
import type { FhirHandlers } from './handlers.ts';
import { limits } from './limits.ts';
import { answerFormat, bodyFormat, notAcceptable } from './negotiate.ts';
import { allowOf, type Route, routeOf } from './route.ts';
import { matchRoutes } from './route-match.ts';
import { sendAnswer } from './send.ts';
import { serveSubscriptionSockets } from './subscription-sockets.ts';

export interface FhirOptions {
  handlers: FhirHandlers;
  log: Log;
  /** Where the door is mounted; `/fhir/R4` unless given. */
  path?: string;
  /** The root of URLs in answers, where it cannot be told from the request: `https://pacs.example.org/fhir/R4`. */
  publicRoot?: string;
  /** Origins whose scripts may read answers. None unless given. */
  allowedOrigins?: AllowedOrigins;
}

/** Mounts the door on a fastify instance. */
export function registerFhir(fastify: FastifyInstance, options: FhirOptions): void {
  const path = options.path ?? '/fhir/R4';
  const door: Door = { ...options, path, requests: gate(limits, 'requestsAtOnce') };
  letDoorAsk(fastify.server, path);
  const closeSockets = serveSubscriptionSockets(fastify.server, path, options);
  fastify.addHook('preClose', closeSockets);
  fastify.register(
    async (scope) => {
      // Before fastify looks at the body, whose media types it does not know.
      scope.addHook('onRequest', async (request, reply) => {
        reply.hijack();
        await serve({ door, requestId: request.id, incoming: request.raw, outgoing: reply.raw });
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

interface Door extends FhirOptions {
  path: string;
  requests: Gate;
}

interface Call {
  door: Door;
  requestId: string;
  incoming: IncomingMessage;
  outgoing: ServerResponse;
}

async function serve(call: Call): Promise<void> {
  const { door, requestId, incoming, outgoing } = call;
  const { origin, accept } = incoming.headers;
  outgoing.setHeader('X-Request-Id', requestId);
  outgoing.setHeader('X-Content-Type-Options', 'nosniff');
  outgoing.setHeader('Vary', 'Accept, Origin');
  outgoing.setHeader('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(corsHeaders(door.allowedOrigins ?? [], origin)))
    outgoing.setHeader(name, value);
  // Refused before it was asked to go on, a client may send its body or not: what comes next would be anybody's guess.
  if (asksFirst(incoming)) endAfterwards(outgoing);
  let format: Format = 'json';
  let leave = (): void => {};
  try {
    leave = door.requests.enter();
    const target = targetOf(call);
    const accepted = answerFormat(accept, target.query);
    format = accepted ?? format;
    const answer = await answerOf(call, target, accepted !== undefined);
    await sendAnswer(incoming, outgoing, answer, format);
  } catch (error) {
    const problem = asProblem(error, { requestId });
    report(call, problem);
    const { http: status } = problem.answers;
    if (!outgoing.headersSent && !isGone(outgoing)) {
      const failure = { status, headers: problemHeaders(status, problem), resource: outcomeOf(problem) };
      await sendAnswer(incoming, outgoing, failure, format);
    } else if (outgoing.headersSent) breakOff(outgoing);
  } finally {
    leave();
  }
  discardBody(incoming);
}

interface Target {
  path: string;
  rawQuery: string;
  query: readonly QueryParameter[];
}

function targetOf({ door, incoming }: Call): Target {
  const url = incoming.url!;
  if (url.length > limits.urlBytes) throw new Problem('request/uri-too-long', { limit: limits.urlBytes });
  const question = url.indexOf('?');
  const rawQuery = question < 0 ? '' : url.slice(question + 1);
  const path = (question < 0 ? url : url.slice(0, question)).slice(door.path.length);
  return { path, rawQuery, query: parseQueryString(rawQuery) };
}

/** `isAccepted`: whether the client takes JSON or XML. */
async function answerOf(call: Call, target: Target, isAccepted: boolean): Promise<Answer> {
  const { door, incoming, outgoing } = call;
  const match = matchRoutes(target.path);
  const allow = allowOf(match);
  const { method = '', headers } = incoming;
  if (method === 'OPTIONS') {
    return {
      status: 204,
      headers: { Allow: allow, ...preflightHeaders(door.allowedOrigins ?? [], headers.origin, allow) },
    };
  }
  outgoing.setHeader('Allow', allow);
  const route = routeOf(match, method);
  outgoing.removeHeader('Allow');
  if (!isAccepted && !route.isNative) throw notAcceptable();
  return act(call, route, match.path, target);
}

async function act(call: Call, route: Route, path: Record<string, string>, target: Target): Promise<Answer> {
  const { door, requestId, incoming, outgoing } = call;
  const { headers, socket } = incoming;
  const { authorization, cookie } = headers;
  const remoteAddress = socket.remoteAddress ?? '';
  const principal = route.isPublic
    ? undefined
    : await door.handlers.authenticate({ authorization, cookie, remoteAddress, requestId });
  const bytes = (): Promise<Uint8Array> => wholeBody(incoming, outgoing, limits.bodyBytes);
  const text = async (): Promise<string> => utf8(await bytes());
  return route.action({
    handlers: door.handlers,
    request: {
      principal,
      requestId,
      remoteAddress,
      baseUrl: baseUrl(originOf(incoming), door.path, door.publicRoot),
      rawQuery: target.rawQuery,
      signal: signalOf(outgoing),
    },
    ...(route.type !== undefined && { type: route.type }),
    path,
    query: target.query,
    headers,
    bytes,
    text,
    match: matchRoutes,
    unexpected: (problem) => report(call, problem),
    resource: async () => {
      const format = bodyFormat(headers['content-type']);
      return readResource(await text(), format);
    },
    form: async () => {
      const { type } = parseMediaType(headers['content-type']) ?? { type: 'of the body' };
      if (type !== 'application/x-www-form-urlencoded') {
        throw new Problem('request/unsupported-media-type', { mediaType: type });
      }
      return parseQueryString(await text());
    },
  });
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('request/malformed', { reason: 'the body is not UTF-8' });
  }
}

/** Neither the URL nor what is wrong with a body: both may name a patient. */
function report({ door, requestId, incoming, outgoing }: Call, problem: Problem): void {
  const { code, answers } = problem;
  const fields = { door: 'fhir', requestId, code, status: answers.http, method: incoming.method };
  if (answers.http >= 500) {
    const event = outgoing.headersSent ? 'answer broken off' : 'request failed';
    door.log.error({ ...fields, error: problem.cause ?? problem }, event);
  } else door.log.info(fields, 'request refused');
}
