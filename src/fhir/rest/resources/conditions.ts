// What the headers of a request make its answer depend on (R4 http.html#concurrency, #cread, #ccreate; RFC 9110 13.1).

import type { IncomingHttpHeaders } from 'node:http';
import type { Resource } from '@medplum/fhirtypes';
import { parseQueryString, type QueryParameter } from '../../../base/http/query-string.ts';
import { Problem } from '../../../base/problem.ts';
import { etagOf } from '../exchange.ts';
import type { Conditions } from '../resource-handlers.ts';

/** Of an update, a patch, a deletion. Throws Problem request/malformed for what is no entity tag. */
export function conditionsOf(headers: IncomingHttpHeaders): Conditions {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  return {
    ...(match !== undefined && match.trim() !== '*' && { versions: match.split(',').map(versionOfTag) }),
    ...(noneMatch?.trim() === '*' && { isNew: true }),
  };
}

/** Strong or weak: versions are compared. A client may leave the quotes out. */
function versionOfTag(tag: string): string {
  const version = /^\s*(?:W\/)?"?([A-Za-z0-9\-.]{1,64})"?\s*$/.exec(tag)?.[1];
  if (version === undefined) throw new Problem('request/malformed', { reason: 'If-Match holds no entity tag' });
  return version;
}

/** Of a conditional create; absent where none was asked for. Throws Problem request/malformed where it asks nothing. */
export function ifNoneExistOf(headers: IncomingHttpHeaders): readonly QueryParameter[] | undefined {
  const { 'if-none-exist': given } = headers;
  if (given === undefined) return undefined;
  const text = String(given);
  const criteria = parseQueryString(text.slice(text.indexOf('?') + 1));
  if (criteria.length === 0) throw new Problem('request/malformed', { reason: 'If-None-Exist asks for nothing' });
  return criteria;
}

/** Whether the client has this already: then it is told so, with 304. If-None-Match goes before If-Modified-Since. */
export function isKnownTo(headers: IncomingHttpHeaders, resource: Resource): boolean {
  const { 'if-none-match': noneMatch, 'if-modified-since': since } = headers;
  const { ETag: tag } = etagOf(resource);
  const weak = (text: string): string => text.trim().replace(/^W\//, '');
  if (noneMatch !== undefined) {
    return noneMatch.trim() === '*' || (tag !== undefined && noneMatch.split(',').map(weak).includes(weak(tag)));
  }
  const [changed, known] = [Date.parse(resource.meta?.lastUpdated ?? ''), Date.parse(since ?? '')];
  // HTTP dates have whole seconds.
  return Math.floor(changed / 1000) * 1000 <= known;
}
