// `fetch` over HTTP/2 alone: Node's own speaks HTTP/1.1. One connection for all requests, as a browser has it.

import { once } from 'node:events';
import { type ClientHttp2Session, connect, constants } from 'node:http2';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

export interface Http2Client {
  session: ClientHttp2Session;
  /** As the global one, for what tests ask of it. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  close(): void;
}

/** What a test sends at once is more than a client of Node holds unless it is told so. `origin`: `https://127.0.0.1:1234`; `ca`: PEM of whoever is to be trusted. */
export function http2Client(origin: string, ca: string): Http2Client {
  const session = connect(origin, { ca, maxSessionMemory: 64 });
  session.on('error', () => {}); // every request tells it
  return { session, fetch: (url, init) => ask(session, url, init), close: () => session.close() };
}

async function ask(session: ClientHttp2Session, url: string, init: RequestInit = {}): Promise<Response> {
  const { method = 'GET', headers, body, signal } = init;
  const { pathname, search } = new URL(url);
  const stream = session.request(
    {
      'accept-encoding': 'gzip',
      ...Object.fromEntries(new Headers(headers)),
      ':method': method,
      ':path': pathname + search,
    },
    { endStream: body === undefined || body === null },
  );
  signal?.addEventListener('abort', () => stream.close(constants.NGHTTP2_CANCEL));
  if (body) {
    const bytes =
      body instanceof ReadableStream ? Readable.fromWeb(body as never) : Readable.from([await bytesOf(body)]);
    // Whoever is refused stops sending.
    bytes.on('error', () => {}).pipe(stream);
  }
  const [fields] = await once(stream, 'response');
  const answered = new Headers();
  for (const [name, value] of Object.entries(fields as Record<string, string>)) {
    if (!name.startsWith(':')) answered.set(name, value);
  }
  const status = Number(fields[':status']);
  const isBare = status === 204 || status === 304;
  if (isBare) stream.resume();
  // As a browser does, and as the global one does.
  const whole = answered.get('content-encoding') === 'gzip' ? stream.pipe(createGunzip()) : stream;
  return new Response(isBare ? null : (Readable.toWeb(whole) as ReadableStream), { status, headers: answered });
}

const bytesOf = async (body: NonNullable<RequestInit['body']>): Promise<Uint8Array> =>
  new Uint8Array(await new Response(body).arrayBuffer());
