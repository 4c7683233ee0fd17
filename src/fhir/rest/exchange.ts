// One request and its answer, as the actions of this door see them: no sockets, no framework.

import type { IncomingHttpHeaders } from 'node:http';
import type { Resource } from '@medplum/fhirtypes';
import type { QueryParameter } from '../../base/http/query-string.ts';
import type { WebRequest } from '../../base/http/web-request.ts';
import type { FhirHandlers } from './handlers.ts';

export interface Exchange {
  handlers: FhirHandlers;
  request: WebRequest;
  /** What stands in the path for `{id}`, decoded once. */
  path: Readonly<Record<string, string>>;
  query: readonly QueryParameter[];
  headers: IncomingHttpHeaders;
  /** The resource of the body. Throws Problem request/unsupported-media-type, request/malformed, fhir/invalid. */
  resource(): Promise<Resource>;
  /** The parameters of a body that is a form. Throws Problem request/unsupported-media-type. */
  form(): Promise<readonly QueryParameter[]>;
}

export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  resource?: Resource;
}

export type Action = (exchange: Exchange) => Promise<Answer>;

/** The entity tag of a version (R4 http.html#versioning). */
export const etagOf = ({ meta }: Resource): Record<string, string> => ({
  ...(meta?.versionId === undefined ? {} : { ETag: `W/"${meta.versionId}"` }),
  ...(meta?.lastUpdated === undefined ? {} : { 'Last-Modified': new Date(meta.lastUpdated).toUTCString() }),
});
