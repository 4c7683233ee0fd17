// The worker's side of pixel-pool.ts. A Problem crosses the thread as its code and details, because classes do not.

import { move } from 'piscina';
import { asProblem, type ProblemCode, type ProblemDetails } from '../../base/problem.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { transferSyntax } from '../../dicom/transfer-syntax.ts';
import { decodeFrame } from '../../pixels/codecs/decode-frame.ts';
import { encodeFrame } from '../../pixels/codecs/encode-frame.ts';
import { decodedFrame } from '../../pixels/codecs/encoded-attributes.ts';
import type { FrameDescription } from '../../pixels/frame-description.ts';
import { type ImageDescription, imageOf } from '../../pixels/image.ts';
import type { Rendered, RenderWish } from '../../pixels/render.ts';
import type { PictureWish } from './picture-wish.ts';

/** One frame, bare. */
export interface StoredFrame {
  /** Of the codestream; an uncompressed one means native samples: little endian, colour by pixel. */
  from: string;
  codestream: Uint8Array;
  frame: FrameDescription;
}

export interface FrameToTranscode extends StoredFrame {
  to: string;
  /** As encodeFrame takes it. */
  ratio?: number;
}

export interface RenderTask {
  kind: 'render';
  /** Of the codestreams, as in StoredFrame. */
  from: string;
  /** One, or those that a moving picture shows in order. */
  frames: { number: number; codestream: Uint8Array }[];
  image: ImageDescription;
  wish: RenderWish;
  picture: PictureWish;
}

export type PixelTask =
  | ({ kind: 'decode' } & StoredFrame)
  | ({ kind: 'transcode' } & FrameToTranscode)
  | RenderTask
  | { kind: 'warm-up' };

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
  if (task.kind === 'warm-up') return warmUp();
  if (task.kind === 'render') return render(task);
  const samples = await samplesOf(task);
  if (task.kind === 'decode') return samples;
  return encodeFrame(task.to, samples, decodedFrame(task.frame, task.from), task.ratio);
}

async function samplesOf({ from, codestream, frame }: StoredFrame): Promise<Uint8Array> {
  return transferSyntax(from)?.encapsulated ? decodeFrame(from, codestream, frame) : codestream;
}

async function render({ from, frames, image, wish, picture: pictureWish }: RenderTask): Promise<Uint8Array> {
  // Few requests are for pictures, and whoever only decodes does not load what makes them.
  const [{ picture }, { renderFrame }] = await Promise.all([import('./picture.ts'), import('../../pixels/render.ts')]);
  const rendered: Rendered[] = [];
  for (const { number, codestream } of frames) {
    const samples = await samplesOf({ from, codestream, frame: image });
    rendered.push(renderFrame(samples, image, number, wish));
  }
  return picture(rendered, image, pictureWish);
}

/** A picture of a small JPEG image takes all that is loaded late: codecs, rendering, and the library that packs. */
async function warmUp(): Promise<Uint8Array> {
  const side = 8;
  const dataset = new DataSet().set('Rows', side).set('Columns', side).set('BitsAllocated', 8).set('BitsStored', 8);
  const image = imageOf(dataset);
  const codestream = await encodeFrame(JPEG_BASELINE, new Uint8Array(side * side), image);
  const frames = [{ number: 1, codestream }];
  return render({ kind: 'render', from: JPEG_BASELINE, frames, image, wish: {}, picture: { mediaType: 'image/jpeg' } });
}

const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';
