// Puts an answer on the wire. A streamed body is read ahead of the client, slowed down by it, and stopped when it leaves;
// the head is held until the first bytes are there, so that a failure before them is still answered in words.

import type { ServerResponse } from 'node:http';
import { giveBack } from '../base/give-back.ts';
import { breakOff, isGone, limitSilence } from '../base/http/connection.ts';
import type { Answer, Streamed } from './exchange.ts';
import { limits } from './limits.ts';
import { readAhead } from './wado/read-ahead.ts';

/** Sends `answer`, without its body where the request was HEAD. Rejects where a streamed body failed before its first byte. */
export async function send(outgoing: ServerResponse, answer: Answer, isHead: boolean): Promise<void> {
  const { status, headers = {}, body } = answer;
  if (body === undefined) {
    outgoing.writeHead(status, status === 204 || status === 304 ? headers : { ...headers, 'Content-Length': 0 });
    outgoing.end();
  } else if (typeof body === 'string' || body instanceof Uint8Array) {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    outgoing.writeHead(status, { ...headers, 'Content-Length': bytes.length });
    outgoing.end(isHead ? undefined : bytes);
  } else {
    const length = body.sizeBytes === undefined ? {} : { 'Content-Length': body.sizeBytes };
    const head = () => outgoing.writeHead(status, { ...headers, ...length });
    if (isHead) head().end();
    else await stream(outgoing, body, head);
  }
}

async function stream(outgoing: ServerResponse, body: Streamed, head: () => void): Promise<void> {
  streams += 1;
  // The socket itself tells a client that takes bytes slowly from one that takes none.
  limitSilence(outgoing, limits.stalledMs);
  try {
    for await (const batch of readAhead(body.chunks, share)) {
      if (isGone(outgoing)) return;
      if (!outgoing.headersSent) head();
      outgoing.cork();
      for (const chunk of batch) outgoing.write(chunk, (error) => error ?? giveBack(chunk));
      outgoing.uncork();
      // Not what `write` said: a socket that took all of it at once is drained before anybody could listen.
      if (outgoing.writableNeedDrain) await drainedOrClosed(outgoing);
    }
    if (!outgoing.headersSent) head();
    outgoing.end();
  } catch (error) {
    // Too late for another status: a body that breaks off is the only way left to say that it is not whole.
    if (outgoing.headersSent) breakOff(outgoing);
    throw error;
  } finally {
    streams -= 1;
  }
}

/** Bodies that are being streamed. */
let streams = 0;

/** What each may read ahead; nothing where they are so many that it would not be one chunk: then clients wait for the disk. */
function share(): number {
  const bytes = Math.min(limits.readAheadBytes, limits.readAheadTotalBytes / streams);
  return bytes < limits.readAheadLeastBytes ? 0 : bytes;
}

function drainedOrClosed(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done).off('close', done);
      resolve();
    };
    outgoing.on('drain', done).on('close', done);
  });
}
