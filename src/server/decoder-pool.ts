// Decodes compressed frames in worker threads, so that no codec holds up a socket. The queue is bounded: who comes too
// late is told so instead of filling memory.

import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { Problem } from '../base/problem.ts';
import type { FrameDescription } from '../pixels/frame-description.ts';
import type { DecodeAnswer, DecodeTask } from './decoder-worker.ts';

export const decoderLimits = {
  /** One core stays with the sockets. */
  threads: Math.max(1, availableParallelism() - 1),
  framesWaiting: 64,
  /** A worker that had nothing to do for so long is let go, with its codec memory. */
  idleMs: 30_000,
};

export interface DecoderPool {
  /**
   * One frame as native samples, little endian, colour by pixel. The codestream is copied to the worker.
   * Rejects with what decodeFrame throws, or request/overloaded.
   */
  decode(transferSyntaxUid: string, codestream: Uint8Array, frame: FrameDescription): Promise<Uint8Array>;
  close(): Promise<void>;
}

export function decoderPool(limits = decoderLimits): DecoderPool {
  let pool: Piscina<DecodeTask, DecodeAnswer> | undefined;
  const start = () =>
    new Piscina<DecodeTask, DecodeAnswer>({
      filename: new URL('./decoder-worker.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: limits.threads,
      maxQueue: limits.framesWaiting,
      idleTimeout: limits.idleMs,
    });
  return {
    async decode(transferSyntaxUid, codestream, frame) {
      pool ??= start();
      if (pool.queueSize >= limits.framesWaiting) throw new Problem('request/overloaded', { limit: 'framesWaiting' });
      const answer = await pool.run({ transferSyntaxUid, codestream, frame });
      if (answer instanceof ArrayBuffer) return new Uint8Array(answer);
      throw new Problem(answer.code, answer.details);
    },
    close: async () => pool?.destroy(),
  };
}
