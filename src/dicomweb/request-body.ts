// The body of a request, as a stream that knows when its client has gone, and the end of one that nobody wanted. A client
// that asks first (RFC 9110 10.1.1, Expect: 100-continue) is asked to go on when somebody wants to read.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { giveBack } from '../base/give-back.ts';
import { Problem } from '../base/problem.ts';
import { limits } from './limits.ts';

/** The bytes of a body, each chunk lent until the next is asked for. Leaving it half-read leaves the connection usable. Ends with Problem request/cancelled where the client goes away. */
export async function* requestBody(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): AsyncGenerator<Buffer, void, undefined> {
  incoming.socket.setTimeout(limits.stalledMs);
  if (asksFirst(incoming)) {
    outgoing.removeHeader('Connection');
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
  // From here on it is the client that waits.
  incoming.socket.setTimeout(0);
}

/** Whether the client waits for our word before it sends its body. */
export function asksFirst({ headers, httpVersionMinor }: IncomingMessage): boolean {
  return httpVersionMinor >= 1 && headers.expect?.toLowerCase() === '100-continue';
}

/** Reads what is left of a body that was refused, so that the client gets to read the answer; cuts off one without end. */
export function discardBody(incoming: IncomingMessage): void {
  if (incoming.complete || incoming.destroyed) return;
  let discardedBytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    discardedBytes += chunk.length;
    if (discardedBytes > limits.refusedBodyBytes) incoming.destroy();
  });
  incoming.on('error', () => {});
  incoming.resume();
}
