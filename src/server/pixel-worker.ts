// The worker's side of pixel-pool.ts. A Problem crosses the thread as its code and details, because classes do not.

import { move } from 'piscina';
import { asProblem, type ProblemCode, type ProblemDetails } from '../base/problem.ts';
import { transferSyntax } from '../dicom/transfer-syntax.ts';
import { decodeFrame } from '../pixels/decode-frame.ts';
import { encodeFrame } from '../pixels/encode-frame.ts';
import { decodedFrame } from '../pixels/encoded-attributes.ts';
import type { FrameDescription } from '../pixels/frame-description.ts';

/** One frame, bare. */
export interface StoredFrame {
  /** Of the codestream; an uncompressed one means native samples: little endian, colour by pixel. */
  from: string;
  codestream: Uint8Array;
  frame: FrameDescription;
}

export type PixelTask = ({ kind: 'decode' } | { kind: 'transcode'; to: string }) & StoredFrame;

export type PixelAnswer = ArrayBuffer | { code: ProblemCode; details: ProblemDetails };

export default async function work(task: PixelTask): Promise<PixelAnswer> {
  try {
    // A codec's own buffer lies in WebAssembly memory and cannot be moved to another thread: a copy can.
    return move(new Uint8Array(await resultOf(task)).buffer) as unknown as ArrayBuffer;
  } catch (thrown) {
    const { code, details } = asProblem(thrown);
    return { code, details };
  }
}

async function resultOf(task: PixelTask): Promise<Uint8Array> {
  const samples = await samplesOf(task);
  return task.kind === 'decode' ? samples : encodeFrame(task.to, samples, decodedFrame(task.frame, task.from));
}

async function samplesOf({ from, codestream, frame }: StoredFrame): Promise<Uint8Array> {
  return transferSyntax(from)?.encapsulated ? decodeFrame(from, codestream, frame) : codestream;
}
