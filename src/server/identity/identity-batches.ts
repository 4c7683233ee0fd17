// Files of sightings reconciled by themselves: nothing of them is kept, nobody that is known here has a part in it. Each runs
// in a thread of its own, so that no socket waits for it; what it may cost is bounded.

import { Worker } from 'node:worker_threads';
import { Problem } from '../../base/problem.ts';
import type { BatchAnswer, BatchTask } from './batch-worker.ts';

export const limits = {
  bytes: 128 << 20,
  /** What takes longer than a connection may be silent (http-server.ts) could not be told any more. */
  records: 200_000,
  atOnce: 1,
  /** Of the thread's heap. */
  heapMegabytes: 1_536,
} as const;

export class IdentityBatches {
  #running = 0;

  /**
   * Resolves to the decisions, JSON Lines in UTF-8. Rejects with request/malformed, request/too-large, or request/overloaded
   * where another batch is under way.
   */
  async run(records: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
    if (this.#running >= limits.atOnce) throw new Problem('request/overloaded', { limit: 'batches at once' });
    this.#running++;
    try {
      const answer = await work({ bytes: await readAll(records), mostRecords: limits.records });
      if (answer instanceof Uint8Array) return answer;
      throw new Problem(answer.code, answer.details);
    } finally {
      this.#running--;
    }
  }
}

async function readAll(records: AsyncIterable<Uint8Array>): Promise<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of records) {
    sizeBytes += chunk.length;
    if (sizeBytes > limits.bytes) throw new Problem('request/too-large', { what: 'the batch', limit: limits.bytes });
    chunks.push(chunk);
  }
  // A copy of its own: small buffers share theirs, which must not go to another thread.
  const bytes = new Uint8Array(sizeBytes);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes.buffer;
}

function work(task: BatchTask): Promise<BatchAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<BatchAnswer>();
  const worker = new Worker(new URL('./batch-worker.ts', import.meta.url), {
    workerData: task,
    transferList: [task.bytes],
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes },
  });
  // A node that stops does not wait for it.
  worker.unref();
  worker.once('message', resolve);
  worker.once('error', (error: NodeJS.ErrnoException) =>
    reject(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? new Problem('request/too-large', { what: 'the batch', limit: `${limits.heapMegabytes} MB` })
        : error,
    ),
  );
  worker.once('exit', (code) => reject(new Error(`the batch ended with ${code}`)));
  return promise.finally(() => void worker.terminate());
}
