// One request and its answer, as the actions of this door see them: no sockets, no framework.

import type { IncomingHttpHeaders } from 'node:http';
import type { Resource } from '@medplum/fhirtypes';
import type { QueryParameter } from '../../base/http/query-string.ts';
import type { WebRequest } from '../../base/http/web-request.ts';
import type { Problem } from '../../base/problem.ts';
import type { FhirHandlers } from './handlers.ts';
import type { Match } from './route.ts';

export interface Exchange {
  handlers: FhirHandlers;
  request: WebRequest;
  /** The resource type that the route is of; absent for those of the whole system. */
  type?: string;
  /** What stands in the path for `{id}`, decoded once. */
  path: Readonly<Record<string, string>>;
  query: readonly QueryParameter[];
  headers: IncomingHttpHeaders;
  /** The resource of the body. Throws Problem request/unsupported-media-type, request/malformed, fhir/invalid. */
  resource(): Promise<Resource>;
  /** The parameters of a body that is a form. Throws Problem request/unsupported-media-type. */
  form(): Promise<readonly QueryParameter[]>;
  /** The body, whatever it is. */
  bytes(): Promise<Uint8Array>;
  /** The body as UTF-8. Throws Problem request/malformed where it is not. */
  text(): Promise<string>;
  /** The rows of the table that a path below the root is of. Throws as `matchRoutes`. */
  match(path: string): Match;
  /** Something went wrong that is no answer of ours: logged. */
  unexpected(problem: Problem): void;
  /** The id that a transaction gave the resource which this request makes. */
  newId?: string;
}

export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  resource?: Resource;
  /** In place of a resource: what is no FHIR. */
  content?: { mediaType: string; bytes: Uint8Array | AsyncIterable<Uint8Array> };
}

export type Action = (exchange: Exchange) => Promise<Answer>;

/** The entity tag of a version (R4 http.html#versioning). */
export const etagOf = ({ meta }: Resource): Record<string, string> => ({
  ...(meta?.versionId === undefined ? {} : { ETag: `W/"${meta.versionId}"` }),
  ...(meta?.lastUpdated === undefined ? {} : { 'Last-Modified': new Date(meta.lastUpdated).toUTCString() }),
});
