// The body of a request, as a stream that knows when its client has gone, and the end of one that nobody wanted. A client
// that asks first (RFC 9110 10.1.1, Expect: 100-continue) is asked to go on when somebody wants to read.

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { giveBack } from '../give-back.ts';
import { Problem } from '../problem.ts';
import { asksFirst, isCutShort, limitSilence, refuseMore, stayOpen } from './connection.ts';

const bodyLimits = {
  /** A client that sends no byte of a body for so long is cut off. */
  stalledMs: 60_000,
  /** Bytes of a body that are read and thrown away after it was refused, so that the client gets to read why. */
  refusedBodyBytes: 64 * 1024 * 1024,
} as const;

/** The bytes of a body, each chunk lent until the next is asked for. Leaving it half-read leaves the connection usable. Ends with Problem request/cancelled where the client goes away. */
export async function* requestBody(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): AsyncGenerator<Buffer, void, undefined> {
  limitSilence(incoming, bodyLimits.stalledMs);
  if (asksFirst(incoming)) {
    stayOpen(outgoing);
    outgoing.writeContinue();
  }
  try {
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      yield chunk;
      giveBack(chunk);
    }
  } catch (error) {
    throw new Problem('request/cancelled', {}, error);
  }
  if (isCutShort(incoming)) throw new Problem('request/cancelled', {});
  // From here on it is the client that waits.
  limitSilence(incoming, 0);
}

/** Leaves it to the door at `path` to ask for a body: Node would ask every client to go on before anybody has seen its credential. */
export function letDoorAsk(server: Server, path: string): void {
  const known = askingDoors.get(server);
  if (known !== undefined) {
    known.push(path);
    return;
  }
  const paths = [path];
  askingDoors.set(server, paths);
  server.on('checkContinue', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (!paths.some((each) => incoming.url?.startsWith(`${each}/`))) outgoing.writeContinue();
    server.emit('request', incoming, outgoing);
  });
}

/** The paths of those doors, of each server. */
const askingDoors = new WeakMap<Server, string[]>();

/** Reads what is left of a body that was refused, so that the client gets to read the answer; cuts off one without end. */
export function discardBody(incoming: IncomingMessage): void {
  if (incoming.complete || incoming.destroyed) return;
  let discardedBytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    discardedBytes += chunk.length;
    if (discardedBytes > bodyLimits.refusedBodyBytes) refuseMore(incoming);
  });
  incoming.on('error', () => {});
  incoming.resume();
}

/** All of a body. Throws Problem request/too-large over `most` bytes, before they come where Content-Length says so. */
export async function wholeBody(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  most: number,
): Promise<Uint8Array> {
  const tooLarge = () => new Problem('request/too-large', { what: 'the body', limit: most });
  if (Number(incoming.headers['content-length'] ?? 0) > most) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of requestBody(incoming, outgoing)) {
    sizeBytes += chunk.length;
    if (sizeBytes > most) throw tooLarge();
    // What is lent is taken back.
    chunks.push(Uint8Array.from(chunk));
  }
  return Buffer.concat(chunks);
}
