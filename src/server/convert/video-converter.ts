// Videos that DICOM has no transfer syntax for: put into MP4 as they are, where only the container is foreign (QuickTime with
// H.264 High Profile), else encoded anew as H.264 High Profile (PS3.5 8.2.7) by ffmpeg, where it is installed.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { findProgram } from '../../base/find-program.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import type { ByteSource } from '../../translate/byte-source.ts';
import type { ConvertedVideo } from '../../translate/converter.ts';
import { describeMp4 } from '../../translate/mp4.ts';
import { Turns } from '../pixels/turns.ts';
import { FileSource } from './file-source.ts';

export const limits = {
  /** Videos being converted: ffmpeg takes every core that it gets. */
  videos: 1,
  videosWaiting: 16,
  /** What takes longer is given up. */
  convertMs: 3_600_000,
  readBytes: 256 * 1024,
} as const;

/** Without what cameras and people wrote into it; the movie box first, so that it plays while it is read. */
const mp4 = ['-map_metadata', '-1', '-map_chapters', '-1', '-movflags', '+faststart', '-f', 'mp4', '-y'];
const tracks = ['-map', '0:v:0', '-map', '0:a:0?'];
/** Level 4.2 takes 1080p at 60 frames a second; chroma of half the size needs even sizes. */
const highProfile = [
  ...[
    '-vf',
    "scale='min(1920,iw)':'min(1080,ih)':force_original_aspect_ratio=decrease:force_divisible_by=2,format=yuv420p",
  ],
  ...['-fpsmax', '60', '-c:v', 'libx264', '-profile:v', 'high', '-preset', 'fast', '-crf', '18'],
  ...['-c:a', 'aac', '-b:a', '128k'],
];

export class VideoConverter {
  readonly #scratch: string;
  readonly #encodes: boolean;
  readonly #ffmpeg = findProgram('ffmpeg');
  readonly #turns = new Turns(limits.videos, limits.videosWaiting, 'videosWaiting');

  constructor(scratch: string, encodes: boolean) {
    this.#scratch = scratch;
    this.#encodes = encodes;
  }

  /** Rejects with dicom/not-expressible and dicom/unreadable. What it gives is gone from disk once it is disposed of. */
  async convert(file: ByteSource): Promise<ConvertedVideo> {
    if (this.#ffmpeg === undefined) throw notExpressible('this video, which only ffmpeg could convert,');
    await this.#turns.take();
    try {
      await mkdir(this.#scratch, { recursive: true, mode: 0o700 });
      const input = file instanceof FileSource ? file.path : await this.#written(file);
      try {
        return await this.#converted(input);
      } finally {
        if (!(file instanceof FileSource)) await rm(input, { force: true });
      }
    } finally {
      this.#turns.give();
    }
  }

  async #converted(input: string): Promise<ConvertedVideo> {
    let refusal = notExpressible('this video');
    for (const isEncodedAnew of this.#encodes ? [false, true] : [false]) {
      const output = join(this.#scratch, `${randomUUID()}.mp4`);
      try {
        await this.#run(input, output, isEncodedAnew ? highProfile : ['-c', 'copy']);
        const source = await FileSource.open(output, true);
        const described = await describeMp4(source).catch((error) => error);
        if (!(described instanceof Error)) return Object.assign(source, { isEncodedAnew });
        await source[Symbol.asyncDispose]();
        refusal = asProblem(described);
      } catch (error) {
        await rm(output, { force: true });
        if (asProblem(error).answers.http >= 500) throw error;
        refusal = asProblem(error);
      }
    }
    throw refusal;
  }

  async #written(file: ByteSource): Promise<string> {
    const path = join(this.#scratch, randomUUID());
    const { sizeBytes } = file;
    async function* chunks() {
      for (let at = 0; at < sizeBytes; at += limits.readBytes) yield await file.read(at, at + limits.readBytes);
    }
    await writeFile(path, Readable.from(chunks()), { mode: 0o600 });
    return path;
  }

  async #run(input: string, output: string, coding: readonly string[]): Promise<void> {
    // `file:` alone: a playlist may name addresses and other people's files.
    const quiet = ['-v', 'error', '-nostdin', '-protocol_whitelist', 'file'];
    const child = spawn(
      this.#ffmpeg!,
      [...quiet, '-i', `file:${input}`, ...tracks, ...coding, ...mp4, `file:${output}`],
      {
        stdio: 'ignore',
        timeout: limits.convertMs,
        killSignal: 'SIGKILL',
      },
    );
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    if (code !== 0)
      throw new Problem('dicom/unreadable', { offset: 0, reason: 'a video that is broken or of an unknown kind' });
  }
}

const notExpressible = (what: string): Problem => new Problem('dicom/not-expressible', { what });
