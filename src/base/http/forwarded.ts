// The root that URLs in answers begin with, as the client sees it: a configured public root, else what proxies say in
// Forwarded (RFC 7239) or X-Forwarded-*, else the Host header. What is no host is never echoed.

import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '../problem.ts';

export interface Origin {
  headers: IncomingHttpHeaders;
  /** Host, or :authority where there are pseudo-headers. */
  host: string | undefined;
  /** Whether the connection to us is TLS. */
  encrypted: boolean;
  /** `127.0.0.1:8080`: for HTTP/1.0 clients, which need not send Host. */
  localAddress: string;
}

/** `https://host/dicomweb` for a door mounted at `path`. Throws Problem request/malformed where Host is none. */
export function baseUrl(origin: Origin, path: string, publicRoot?: string): string {
  if (publicRoot !== undefined) return publicRoot.replace(/\/+$/, '');
  const { headers } = origin;
  const forwarded = firstForwarded(headers.forwarded);
  const host = [forwarded.get('host'), firstOf(headers['x-forwarded-host'])].find(isHost) ?? ownHost(origin);
  const proto = [forwarded.get('proto'), firstOf(headers['x-forwarded-proto'])].map((name) => name?.toLowerCase());
  const scheme = proto.find((name) => name === 'https' || name === 'http') ?? (origin.encrypted ? 'https' : 'http');
  return `${scheme}://${host}${path}`;
}

function ownHost({ host, localAddress }: Origin): string {
  if (host === undefined) return localAddress;
  if (!isHost(host)) throw new Problem('request/malformed', { reason: 'the Host header names no host' });
  return host;
}

/** RFC 3986 3.2.2: a name, an IPv4 address, or an IPv6 address in brackets; with or without a port. */
function isHost(text: string | undefined): text is string {
  return text !== undefined && /^([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?$/.test(text);
}

/** The parameters of the first element of Forwarded: the proxy nearest to the client (RFC 7239 4). */
function firstForwarded(header: string | undefined): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of (header ?? '').split(',')[0]!.split(';')) {
    const equals = pair.indexOf('=');
    if (equals < 0) continue;
    parameters.set(
      pair.slice(0, equals).trim().toLowerCase(),
      pair
        .slice(equals + 1)
        .trim()
        .replace(/^"|"$/g, ''),
    );
  }
  return parameters;
}

/** The first member of a comma-separated header, which proxies append to. */
function firstOf(header: string | string[] | undefined): string | undefined {
  return (Array.isArray(header) ? header[0] : header)?.split(',')[0]?.trim();
}
