// The converter of a node: pictures by libraries in a thread, videos by ffmpeg where it is installed, one at a time each, and
// neither before what is received or asked for.

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import type { Config } from '../../base/config.ts';
import { Problem } from '../../base/problem.ts';
import type { ByteSource } from '../../translate/byte-source.ts';
import type { ConvertedVideo, Converter, DecodedPicture } from '../../translate/converter.ts';
import { limits as pictureLimits } from '../../translate/describe.ts';
import { type Exif, exifIn } from '../../translate/exif.ts';
import type { NativeImage } from '../../translate/png.ts';
import { isTiff, readTiff } from '../../translate/tiff.ts';
import { Turns } from '../pixels/turns.ts';
import { FileSource } from './file-source.ts';
import type { Look, PictureAnswer, PictureInput, PictureTask } from './picture-worker.ts';
import { VideoConverter } from './video-converter.ts';

export const limits = {
  /** Pictures being decoded: each may take half a gigabyte. */
  pictures: 1,
  picturesWaiting: 64,
  /** A thread that had nothing to do for so long is let go, with its codecs. */
  idleMs: 30_000,
  /** Added to the priority of the thread (setpriority(2)). */
  niceIncrement: 10,
} as const;

/** For what is only needed while it is converted; what a crash left there is gone. */
export async function scratchFolder({ data }: Pick<Config, 'data'>, role: 'node' | 'import'): Promise<string> {
  const folder = join(data, 'scratch', role);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

export class FileConverter implements Converter, AsyncDisposable {
  readonly #turns = new Turns(limits.pictures, limits.picturesWaiting, 'picturesWaiting');
  readonly #videos: VideoConverter;
  #worker: Piscina<PictureTask, PictureAnswer> | undefined;

  /** `scratch`: see scratchFolder. */
  constructor(scratch: string, { encodesVideo = true } = {}) {
    this.#videos = new VideoConverter(scratch, encodesVideo);
  }

  async *pictures(file: ByteSource, pages?: readonly number[]): AsyncGenerator<DecodedPicture> {
    const input = await inputOf(file);
    const look = await this.#ask<Look>({ kind: 'look', input });
    const wanted = pages ?? (await pagesOf(file, look));
    for (const page of wanted) {
      const image = await this.#ask<NativeImage>({ kind: 'decode', input, page });
      yield { image, of: wanted.length, exif: exifOf(look), lossyMethod: lossyMethod(look, await file.read(0, 16)) };
    }
  }

  video(file: ByteSource): Promise<ConvertedVideo> {
    return this.#videos.convert(file);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker?.destroy();
  }

  async #ask<Answer extends PictureAnswer>(task: PictureTask): Promise<Answer> {
    await this.#turns.take();
    try {
      const answer = await this.#threads().run(task);
      if ('code' in answer) throw new Problem(answer.code, answer.details);
      return answer as Answer;
    } finally {
      this.#turns.give();
    }
  }

  #threads(): Piscina<PictureTask, PictureAnswer> {
    this.#worker ??= new Piscina<PictureTask, PictureAnswer>({
      filename: new URL('./picture-worker.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: limits.pictures,
      idleTimeout: limits.idleMs,
      niceIncrement: limits.niceIncrement,
    });
    return this.#worker;
  }
}

async function inputOf(file: ByteSource): Promise<PictureInput> {
  if (file instanceof FileSource) return file.path;
  if (file.sizeBytes > pictureLimits.decodedFileBytes) {
    throw new Problem('dicom/limit', { limit: 'decodedFileBytes', offset: 0 });
  }
  return file.read(0, file.sizeBytes);
}

/** TIFF 6.0 8, NewSubfileType: those that are others made smaller are left out. */
async function pagesOf(file: ByteSource, { pages }: Look): Promise<number[]> {
  const all = Array.from({ length: pages }, (_, page) => page);
  if (pages === 1 || !isTiff(await file.read(0, 8))) return all;
  const smaller = new Set<number>();
  for (const [page, directory] of (await readTiff(file)).entries()) {
    if (((await directory.number('newSubfileType')) ?? 0) & 1) smaller.add(page);
  }
  return smaller.size === pages ? [0] : all.filter((page) => !smaller.has(page));
}

function exifOf({ exif }: Look): Exif | undefined {
  if (exif === undefined) return undefined;
  // sharp gives the TIFF with the six bytes that announce it in a JPEG.
  return exifIn(exif[0] === 0x45 ? exif.subarray(6) : exif);
}

/** PS3.3 C.7.6.1.1.5.1; AV1 and WebP have no name there. */
function lossyMethod({ format, compression }: Look, head: Uint8Array): string | undefined {
  if (format === 'jpeg' || compression === 'jpeg') return 'ISO_10918_1';
  if (format === 'heif') return compression === 'hevc' ? 'ISO_23008_2' : 'unnamed';
  const isLossless = head[15] === 'L'.charCodeAt(0);
  return format === 'webp' && !isLossless ? 'unnamed' : undefined;
}
