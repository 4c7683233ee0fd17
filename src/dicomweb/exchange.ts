// One request and its answer, as the actions of this door see them: no sockets, no framework.

import type { IncomingHttpHeaders } from 'node:http';
import type { Gate } from '../base/http/gate.ts';
import type { QueryParameter } from '../base/http/query-string.ts';
import type { WebRequest } from '../base/http/web-request.ts';
import type { Problem } from '../base/problem.ts';
import type { DicomwebHandlers } from './handlers.ts';

export interface Exchange {
  handlers: DicomwebHandlers;
  request: WebRequest;
  /** What stands in the path for `{study}`, `{series}` and so on, decoded once. */
  path: Readonly<Record<string, string>>;
  /** The path as it was requested, from below the root of the door. */
  location: string;
  query: readonly QueryParameter[];
  headers: IncomingHttpHeaders;
  /** The body of the request, each chunk lent until the next is asked for; may be left unread. Ends with Problem request/cancelled where the client goes away. */
  body: AsyncIterable<Uint8Array>;
  /** Counts the STOW-RS requests that are being received. */
  stores: Gate;
  /** Logs a failure of a part of the request, which the answer only sums up. */
  report(problem: Problem): void;
}

export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array | Streamed;
}

/** A body that is made while it is sent. */
export interface Streamed {
  /** Given away: a chunk that is all of its memory is emptied when it was sent. */
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** Its length, where it is known beforehand. */
  sizeBytes?: number;
}

export type Action = (exchange: Exchange) => Promise<Answer>;
