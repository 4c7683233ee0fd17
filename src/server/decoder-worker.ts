// The worker's side of decoder-pool.ts. A Problem crosses the thread as its code and details, because classes do not.

import { move } from 'piscina';
import { asProblem, type ProblemCode, type ProblemDetails } from '../base/problem.ts';
import { decodeFrame } from '../pixels/decode-frame.ts';
import type { FrameDescription } from '../pixels/frame-description.ts';

export interface DecodeTask {
  transferSyntaxUid: string;
  codestream: Uint8Array;
  frame: FrameDescription;
}

export type DecodeAnswer = ArrayBuffer | { code: ProblemCode; details: ProblemDetails };

export default async function decode({ transferSyntaxUid, codestream, frame }: DecodeTask): Promise<DecodeAnswer> {
  try {
    // The codec's own buffer lies in WebAssembly memory and cannot be moved to another thread: a copy can.
    const samples = new Uint8Array(await decodeFrame(transferSyntaxUid, codestream, frame));
    return move(samples.buffer) as unknown as ArrayBuffer;
  } catch (thrown) {
    const problem = asProblem(thrown);
    return { code: problem.code, details: problem.details };
  }
}
