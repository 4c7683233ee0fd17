// An answer on its way out: a resource in the form that was chosen, or content as it is.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Format, writeResource } from '../resource.ts';
import type { Answer } from './exchange.ts';
import { mediaTypes } from './negotiate.ts';

/** Resolves once everything is handed over. Rejects where the client has gone. */
export async function sendAnswer(
  { method }: IncomingMessage,
  outgoing: ServerResponse,
  { status, headers, resource, content }: Answer,
  format: Format,
): Promise<void> {
  const { mediaType, bytes } =
    resource === undefined
      ? (content ?? { mediaType: '', bytes: new Uint8Array() })
      : { mediaType: `${mediaTypes[format]}; charset=utf-8`, bytes: Buffer.from(writeResource(resource, format)) };
  const isBare = status === 204 || status === 304;
  outgoing.writeHead(status, {
    ...headers,
    ...(mediaType !== '' && { 'Content-Type': mediaType }),
    ...(bytes instanceof Uint8Array && !isBare && { 'Content-Length': bytes.length }),
  });
  if (method === 'HEAD' || bytes instanceof Uint8Array) {
    outgoing.end(method === 'HEAD' ? undefined : bytes);
  } else await pipeline(Readable.from(bytes), outgoing);
}
