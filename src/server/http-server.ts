// The HTTP listener: one fastify instance on which the doors register their routes, plain or over TLS. It sets the time
// limits that keep slow clients from holding sockets, names each request, and answers what no door answered with a problem
// body (RFC 9457).

import { randomUUID } from 'node:crypto';
import type { ServerOptions } from 'node:http';
import type { Server as TlsServer } from 'node:tls';
import { type FastifyInstance, type FastifyReply, type FastifyServerFactory, fastify } from 'fastify';
import { problemHeaders } from '../base/http/problem-headers.ts';
import { secureServer } from '../base/http/secure-server.ts';
import type { Log } from '../base/log.ts';
import { asProblem, Problem } from '../base/problem.ts';
import { problemDetails } from '../base/problem-details.ts';
import { bcp195, type TlsIdentity } from '../base/tls.ts';
import { lazyValidators } from './lazy-validator.ts';

const httpLimits = {
  /** PS3.18 sets none; a query string with a list of 1,000 UIDs is 65 KB, and the door takes 128. */
  headerBytes: 160 << 10,
  /** From the connection's first byte to the end of the headers. */
  headersMs: 20_000,
  /** Without a byte in either direction. A STOW request may last for hours, but it moves. */
  silenceMs: 60_000,
  keepAliveMs: 75_000,
  /** Of bodies that fastify reads itself (/api/v1); the doors stream theirs. */
  bodyBytes: 1 << 20,
  connections: 4_096,
  /** Time given to requests under way when the node stops. */
  closeMs: 5_000,
};

/** Over TLS, and then by HTTP/2 too, where it is told who it is. */
export function createHttpServer(log: Log, tls?: TlsIdentity): FastifyInstance {
  const { headerBytes, headersMs, silenceMs } = httpLimits;
  const http = { maxHeaderSize: headerBytes, headersTimeout: headersMs, connectionsCheckingInterval: 5_000 };
  const app = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: httpLimits.bodyBytes,
    keepAliveTimeout: httpLimits.keepAliveMs,
    requestTimeout: 0,
    forceCloseConnections: 'idle',
    http,
    ...(tls && { serverFactory: overTls(tls, http) }),
    // What a schema does not know is refused, not dropped.
    ajv: { customOptions: { removeAdditional: false } },
    schemaController: { compilersFactory: { buildValidator: lazyValidators() } },
    routerOptions: { maxParamLength: 1024, ignoreTrailingSlash: true },
  });
  app.server.setTimeout(silenceMs);
  app.server.maxConnections = httpLimits.connections;
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('x-request-id', request.id);
  });
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, new Problem('catalogue/not-found', { what: 'path' }), request.id),
  );
  app.setErrorHandler((error, request, reply) => {
    const problem = httpProblem(error, request.id);
    if (problem.answers.http >= 500)
      log.error({ requestId: request.id, route: request.routeOptions.url, error }, 'request failed');
    return sendProblem(reply, problem, request.id);
  });
  return app;
}

function overTls(tls: TlsIdentity, http: ServerOptions): FastifyServerFactory {
  const { keepAliveMs, headersMs, silenceMs } = httpLimits;
  const http1 = { ...http, keepAliveTimeout: keepAliveMs, requestTimeout: 0 };
  return (serve) => secureServer({ ...tls, http1, handshakeMs: headersMs, silenceMs }, serve);
}

/** Proves itself by `tls` from the next connection on; for one that was created over TLS. */
export function renewHttp(app: FastifyInstance, tls: TlsIdentity): void {
  (app.server as unknown as TlsServer).setSecureContext({ ...tls, ...bcp195 });
}

/** Takes no more requests, lets those under way finish for a while, then ends what is left. */
export async function closeHttp(app: FastifyInstance): Promise<void> {
  const late = setTimeout(() => app.server.closeAllConnections(), httpLimits.closeMs);
  await app.close();
  clearTimeout(late);
}

function sendProblem(reply: FastifyReply, problem: Problem, requestId: string): FastifyReply {
  const { http } = problem.answers;
  reply.headers(problemHeaders(http, problem));
  return reply.code(http).type('application/problem+json').send(problemDetails(problem, requestId));
}

/** What fastify itself refuses (a body that is no JSON, one that is too large, one that misses the schema) has a row too. */
function httpProblem(error: unknown, requestId: string): Problem {
  const { statusCode, validation, message } = error as { statusCode?: number; validation?: unknown; message?: string };
  if (error instanceof Problem || statusCode === undefined || statusCode >= 500) return asProblem(error, { requestId });
  if (statusCode === 413) return new Problem('request/too-large', { what: 'the body', limit: httpLimits.bodyBytes });
  if (statusCode === 415) return new Problem('request/unsupported-media-type', { mediaType: 'of the body' });
  return new Problem('request/malformed', { reason: validation ? String(message) : 'the body is not JSON' });
}
