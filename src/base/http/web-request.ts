// What the web doors hand over of every request, whatever it asks.

import type { ServerResponse } from 'node:http';

/** Opaque to a door: what `auth` made of the request's credential; handed back with every call. */
export type Principal = unknown;

/** What every web door asks first. */
export interface Authenticating {
  /** The principal of a header Authorization or Cookie (or none); rejects with auth/unauthenticated. */
  authenticate(request: {
    authorization?: string;
    cookie?: string;
    remoteAddress: string;
    requestId: string;
  }): Promise<Principal>;
}

export interface WebRequest {
  principal: Principal;
  requestId: string;
  remoteAddress: string;
  /** Root that URLs in answers begin with, as the client sees it: `https://host/dicomweb` (Forwarded, X-Forwarded-*). */
  baseUrl: string;
  /** The raw query string, for the audit row. */
  rawQuery: string;
  /** Aborts when the client goes away. */
  signal: AbortSignal;
}

/** Aborts when the client goes away before it has the whole answer. */
export function signalOf(outgoing: ServerResponse): AbortSignal {
  const controller = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) controller.abort();
  });
  return controller.signal;
}
