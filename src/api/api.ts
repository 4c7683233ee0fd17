// /api/v1: the table of routes on a fastify instance. Each request is authenticated, allowed or not, answered, and leaves
// an audit row; the OpenAPI document comes from the same table.

import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuditEntry } from '../audit/entry.ts';
import type { Audit } from '../audit/writer.ts';
import { type Principal, requireMay } from '../auth/principal.ts';
import { asProblem } from '../base/problem.ts';
import { auditRoute } from './audit.ts';
import { deadlineRoutes } from './deadlines.ts';
import { documentsRoute } from './documents.ts';
import { eventRoutes } from './events.ts';
import { explainRoute } from './explain.ts';
import { filesRoute } from './files.ts';
import { hl7Routes } from './hl7.ts';
import { identityRoutes } from './identity.ts';
import { identityModelRoutes } from './identity-models.ts';
import { manifestsRoute } from './manifests.ts';
import { normaliseRoutes } from './normalise.ts';
import { normaliseMappingRoutes } from './normalise-mappings.ts';
import { normaliseModelRoutes } from './normalise-models.ts';
import { normaliseSeriesRoutes } from './normalise-series.ts';
import { openApiDocument } from './openapi.ts';
import { orderRoutes } from './orders.ts';
import { peerRoutes } from './peers.ts';
import { quarantineRoutes } from './quarantine.ts';
import { readingCaseRoutes } from './reading-cases.ts';
import { readingContentRoutes } from './reading-content.ts';
import { readingContractRoutes } from './reading-contracts.ts';
import { readingCriticalRoutes } from './reading-critical.ts';
import { readingDispatchRoutes } from './reading-dispatch.ts';
import { readingEgressRoutes } from './reading-egress.ts';
import { readingMeteringRoutes } from './reading-metering.ts';
import { readingQualityRoutes } from './reading-quality.ts';
import { readingReaderRoutes } from './reading-readers.ts';
import { readingReturnRoutes } from './reading-returns.ts';
import { reportRoutes } from './reports.ts';
import type { ApiContext, ApiRoute } from './route.ts';
import { routingRoutes } from './routing.ts';
import { shareRoutes } from './shares.ts';
import { tokenRoutes } from './tokens.ts';

export const apiRoutes: readonly ApiRoute[] = [
  ...peerRoutes,
  ...routingRoutes,
  ...deadlineRoutes,
  ...tokenRoutes,
  ...shareRoutes,
  ...quarantineRoutes,
  filesRoute,
  documentsRoute,
  ...identityRoutes,
  ...identityModelRoutes,
  ...hl7Routes,
  auditRoute,
  explainRoute,
  ...normaliseRoutes,
  ...normaliseModelRoutes,
  ...normaliseMappingRoutes,
  ...normaliseSeriesRoutes,
  ...orderRoutes,
  manifestsRoute,
  ...eventRoutes,
  ...reportRoutes,
  ...readingContractRoutes,
  ...readingReaderRoutes,
  ...readingEgressRoutes,
  ...readingCriticalRoutes,
  ...readingQualityRoutes,
  ...readingMeteringRoutes,
  ...readingReturnRoutes,
  ...readingCaseRoutes,
  ...readingContentRoutes,
  ...readingDispatchRoutes,
];

export interface ApiOptions {
  context: ApiContext;
  audit: Audit;
  /** As what the audit knows these callers: programs by HTTP, or the command line. */
  door: AuditEntry['door'];
  /** Rejects with auth/unauthenticated. */
  authenticate(request: FastifyRequest): Promise<Principal>;
  version: string;
  /** Where it cannot be told from a request: a proxy stands in front. */
  publicUrl?: string;
}

export function registerApi(app: FastifyInstance, options: ApiOptions): void {
  const document = openApiDocument(apiRoutes, options.version);
  app.get('/api/v1/openapi.json', async () => document);
  for (const route of apiRoutes) {
    if (route.bodyMediaType === undefined) registerRoute(app, route, options);
    else app.register(async (scope) => registerRoute(withBareBodies(scope), route, options));
  }
}

function registerRoute(app: FastifyInstance, route: ApiRoute, options: ApiOptions): void {
  const { params, query: querystring, body } = route;
  app.route({
    method: route.method,
    url: `/api/v1${route.path.replace(/\{(\w+)\}/g, ':$1')}`,
    schema: { ...(params && { params }), ...(querystring && { querystring }), ...(body && { body }) },
    // Before anything of the body is looked at.
    onRequest: async (request) => {
      const principal = await options.authenticate(request);
      principals.set(request, principal);
      await admit(route, options, request, principal);
    },
    handler: (request, reply) => answer(route, options, request, reply),
  });
}

/** Bodies of this scope are streams, of whatever type. */
function withBareBodies(scope: FastifyInstance): FastifyInstance {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  return scope;
}

const principals = new WeakMap<FastifyRequest, Principal>();

/** Whoever may not learns nothing of what the route takes. */
async function admit(route: ApiRoute, options: ApiOptions, request: FastifyRequest, principal: Principal) {
  try {
    requireMay(principal, route.action);
  } catch (error) {
    await options.audit.record({ ...auditRow(route, options, request, principal), outcome: asProblem(error).code });
    throw error;
  }
}

const auditRow = (
  { action }: ApiRoute,
  { door }: ApiOptions,
  { method, url, id, ip }: FastifyRequest,
  { tenant, id: principal }: Principal,
): AuditEntry => ({
  ...{ tenant, principal, door, action, outcome: 'success' },
  ...{ query: `${method} ${url}`, requestId: id, remoteAddress: ip },
});

async function answer(route: ApiRoute, options: ApiOptions, request: FastifyRequest, reply: FastifyReply) {
  const principal = principals.get(request)!;
  const { context, audit } = options;
  const { params, query, body } = request;
  const origin = options.publicUrl ?? `${request.protocol}://${request.host}`;
  const row = {
    ...auditRow(route, options, request, principal),
    ...(route.studyUid && { studyUid: route.studyUid(body) }),
  };
  try {
    const content = await route.handle({ context, principal, params, query, body, origin });
    await audit.record(row);
    if (route.answer === undefined || content === undefined) return reply.code(204).send();
    if (route.mediaType === undefined) return content;
    return reply.type(route.mediaType).send(Readable.from(content as AsyncIterable<Uint8Array>));
  } catch (error) {
    await audit.record({ ...row, outcome: asProblem(error).code });
    throw error;
  }
}
