// What this node says of itself as a protected resource (RFC 9728): which authorization servers give tokens for it. IHE IUA
// leaves clients to find that out.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../../base/config.ts';
import { originOf } from '../../base/http/connection.ts';
import { baseUrl } from '../../base/http/forwarded.ts';

const PATH = '/.well-known/oauth-protected-resource';

/** RFC 9728 3.1: of the whole node, and of a door below it. */
const resources = ['', '/dicomweb', '/fhir/R4', '/api/v1'];

export function registerResourceMetadata(app: FastifyInstance, { publicUrl, tokenIssuers }: Config): void {
  for (const resource of resources) {
    app.get(`${PATH}${resource}`, async (request: FastifyRequest) => ({
      resource: `${baseUrl(originOf(request.raw), '', publicUrl)}${resource}`,
      authorization_servers: tokenIssuers.map(({ issuer }) => issuer),
      scopes_supported: [
        'system/*.rs',
        'system/*.cruds',
        'user/*.rs',
        'user/*.cruds',
        ...tokenIssuers.flatMap(({ scopes }) => [...scopes.keys()]),
      ],
      bearer_methods_supported: ['header'],
      resource_name: 'Fascia',
    }));
  }
}
