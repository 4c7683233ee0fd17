// Where a request came in: on a connection of its own (HTTP/1.1), or on one stream of a connection that carries many
// (HTTP/2, RFC 9113). A door asks these functions wherever the two are not the same.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants, type ServerHttp2Stream } from 'node:http2';
import type { Origin } from './forwarded.ts';

/** What limits the silence of a request's client, of its connection or of its stream; 0: nothing. */
export function limitSilence(side: IncomingMessage | ServerResponse, ms: number): void {
  (streamOf(side) ?? side.socket)?.setTimeout(ms);
}

/** Whether the client waits for our word before it sends its body (RFC 9110 10.1.1). */
export function asksFirst({ headers, httpVersion }: IncomingMessage): boolean {
  return httpVersion !== '1.0' && headers.expect?.toLowerCase() === '100-continue';
}

/** Whether nobody is there any more to take an answer. */
export function isGone(outgoing: ServerResponse): boolean {
  return streamOf(outgoing)?.destroyed ?? outgoing.destroyed;
}

/** Whether a body has ended because its client left: a stream that was reset ends as if it were whole. */
export function isCutShort(incoming: IncomingMessage): boolean {
  return streamOf(incoming)?.aborted ?? false;
}

/** The only way left to say that an answer is not whole. */
export function breakOff(outgoing: ServerResponse): void {
  const stream = streamOf(outgoing);
  if (stream === undefined) outgoing.destroy();
  else stream.close(constants.NGHTTP2_INTERNAL_ERROR);
}

/** Takes no more of a body (RFC 9113 8.1: an answer that was sent before stays whole). */
export function refuseMore(incoming: IncomingMessage): void {
  const stream = streamOf(incoming);
  if (stream === undefined) incoming.destroy();
  else stream.close(constants.NGHTTP2_NO_ERROR);
}

/** Says that no other request is read from this connection; streams of one do not touch each other. */
export function endAfterwards(outgoing: ServerResponse): void {
  if (streamOf(outgoing) === undefined) outgoing.setHeader('Connection', 'close');
}

/** Takes `endAfterwards` back. */
export function stayOpen(outgoing: ServerResponse): void {
  if (streamOf(outgoing) === undefined) outgoing.removeHeader('Connection');
}

/** For the URLs in an answer. */
export function originOf({ headers, socket }: IncomingMessage): Origin {
  return {
    headers,
    // RFC 9113 8.3.1: what was Host is :authority.
    host: (headers[':authority'] as string | undefined) ?? headers.host,
    encrypted: 'encrypted' in socket,
    localAddress: `${socket.localAddress}:${socket.localPort}`,
  };
}

function streamOf(side: IncomingMessage | ServerResponse): ServerHttp2Stream | undefined {
  return (side as { stream?: ServerHttp2Stream }).stream;
}
