// An entry of a batch or transaction as a request of its own: it goes through the same table of routes as one that came
// alone.

import type { IncomingHttpHeaders } from 'node:http';
import type { Binary, BundleEntry, Resource } from '@medplum/fhirtypes';
import { parseQueryString, type QueryParameter } from '../../../base/http/query-string.ts';
import { Problem } from '../../../base/problem.ts';
import { InvalidResource } from '../../issue.ts';
import { writeResource } from '../../resource.ts';
import type { Answer, Exchange } from '../exchange.ts';
import type { FhirHandlers } from '../handlers.ts';
import { mediaTypes } from '../negotiate.ts';
import { type Method, type Route, routeOf } from '../route.ts';

export interface EntryRequest {
  /** Its place in the Bundle. */
  at: number;
  method: Method;
  route: Route;
  /** Of the URL; absent for what is asked of the whole system. */
  type?: string;
  path: Record<string, string>;
  query: readonly QueryParameter[];
  headers: IncomingHttpHeaders;
  resource?: Resource;
  fullUrl?: string;
  newId?: string;
}

/** Throws Problem request/malformed, and what a request of its own would be refused with. */
export function entryRequest({ request, resource, fullUrl }: BundleEntry, at: number, around: Exchange): EntryRequest {
  if (request === undefined) throw new Problem('request/malformed', { reason: 'an entry without a request' });
  const method = request.method as Method;
  const url = relative(request.url!, around.request.baseUrl);
  const question = url.indexOf('?');
  const match = around.match(`/${question < 0 ? url : url.slice(0, question)}`);
  const route = routeOf(match, method);
  if (route.path === '/') throw new Problem('request/malformed', { reason: 'a Bundle within a Bundle' });
  const headers = {
    prefer: around.headers.prefer,
    'if-none-match': request.ifNoneMatch,
    'if-modified-since': request.ifModifiedSince,
    'if-match': request.ifMatch,
    'if-none-exist': request.ifNoneExist,
  };
  return {
    at,
    method,
    route,
    ...(route.type !== undefined && { type: route.type }),
    path: match.path,
    query: question < 0 ? [] : parseQueryString(url.slice(question + 1)),
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
    ...(resource && { resource }),
    ...(fullUrl !== undefined && { fullUrl }),
  };
}

/** Clients write the URL from our root, or from the slash before it. */
function relative(url: string, baseUrl: string): string {
  const path = url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url;
  return path.replace(/^\//, '');
}

export function answerEntry(
  { route, type, path, query, headers, resource, newId }: EntryRequest,
  around: Exchange,
  handlers: FhirHandlers,
): Promise<Answer> {
  const body = bodyOf(resource);
  return route.action({
    handlers,
    request: around.request,
    ...(type !== undefined && { type }),
    path,
    query,
    headers: { ...headers, ...body.headers },
    resource: async () => {
      if (resource !== undefined) return resource;
      throw new InvalidResource([{ severity: 'error', code: 'required', diagnostics: 'the entry has no resource' }]);
    },
    match: around.match,
    unexpected: around.unexpected,
    form: async () => [],
    bytes: async () => body.bytes(),
    text: async () => new TextDecoder().decode(body.bytes()),
    ...(newId !== undefined && { newId }),
  });
}

/** R4 http.html#patch: a Binary in a Bundle is the body of a PATCH, in the media type that it says. */
function bodyOf(resource: Resource | undefined) {
  const { contentType = '', data = '' } = resource?.resourceType === 'Binary' ? (resource as Binary) : {};
  const isPatch = /^application\/json-patch\+json\b/.test(contentType);
  return {
    headers: resource === undefined ? {} : { 'content-type': isPatch ? contentType : mediaTypes.json },
    bytes: (): Uint8Array => {
      if (isPatch) return Buffer.from(data, 'base64');
      return resource === undefined ? new Uint8Array() : Buffer.from(writeResource(resource, 'json'));
    },
  };
}
