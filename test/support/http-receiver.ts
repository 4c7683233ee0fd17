// A web server that keeps what it is sent and answers as the test says.

import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

export interface HttpRequest {
  method: string;
  /** With its query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface HttpAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface HttpReceiver {
  port: number;
  url: string;
  requests: HttpRequest[];
  /** Resolves when so many requests have been answered. */
  answered(count: number): Promise<void>;
}

export async function httpReceiver(
  t: TestContext,
  answer: (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>,
): Promise<HttpReceiver> {
  const requests: HttpRequest[] = [];
  let waiting: { count: number; reached: () => void }[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = Buffer.concat(await Array.fromAsync(incoming as AsyncIterable<Buffer>));
    const request = { method: incoming.method!, path: incoming.url!, headers: incoming.headers, body };
    const { status, headers = {}, body: text } = await answer(request);
    outgoing.writeHead(status, headers).end(text, () => {
      requests.push(request);
      for (const { count, reached } of waiting) if (requests.length >= count) reached();
      waiting = waiting.filter(({ count }) => requests.length < count);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const answered = (count: number) =>
    requests.length >= count
      ? Promise.resolve()
      : new Promise<void>((reached) => void waiting.push({ count, reached }));
  return { port, url: `http://127.0.0.1:${port}`, requests, answered };
}
