// Frames as a video (PS3.18 Table 8.7.4-1): H.264 in MP4 by ffmpeg, where it is installed. Pictures go in one after the other
// as they are made, and the video comes out in fragments that a browser plays as they come: neither is ever held whole.

import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { findProgram } from '../../base/find-program.ts';
import { Problem } from '../../base/problem.ts';
import { Turns } from './turns.ts';

export const limits = {
  /** Videos being made. ffmpeg takes every core that it gets. */
  films: 1,
  filmsWaiting: 16,
  /** Characters of what ffmpeg says of a failure. */
  complaint: 2_000,
} as const;

export interface FilmWish {
  frameTimeMs: number;
  /** 1 to 100. */
  quality: number;
}

export class FilmMaker {
  readonly #ffmpeg: string;
  readonly #turns: Turns;

  /** `ffmpeg`: its path. */
  constructor(ffmpeg: string, inForce: Partial<Record<keyof typeof limits, number>> = {}) {
    this.#ffmpeg = ffmpeg;
    this.#turns = new Turns(inForce.films ?? limits.films, inForce.filmsWaiting ?? limits.filmsWaiting, 'filmsWaiting');
  }

  /** Undefined where ffmpeg is not installed. */
  static find(): FilmMaker | undefined {
    const ffmpeg = findProgram('ffmpeg');
    return ffmpeg === undefined ? undefined : new FilmMaker(ffmpeg);
  }

  /**
   * The video of `pictures`: each a portable anymap (PGM, PPM), all of one size. Nothing is begun before the first chunk is
   * asked for. Throws request/overloaded, request/cancelled once `signal` aborts, and what `pictures` throws.
   */
  async *film(pictures: AsyncIterable<Uint8Array>, wish: FilmWish, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    await this.#turns.take(signal);
    try {
      yield* packed(this.#ffmpeg, argumentsFor(wish), pictures, signal);
    } finally {
      this.#turns.give();
    }
  }
}

async function* packed(
  program: string,
  programArguments: readonly string[],
  pictures: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const child = spawn(program, programArguments, { stdio: 'pipe', signal, killSignal: 'SIGKILL' });
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  const outcome = Promise.allSettled([pipeline(pictures, child.stdin, { signal }), text(child.stderr), ended]);
  try {
    yield* child.stdout;
    if (signal.aborted) throw new Problem('request/cancelled');
    const [fed, said, code] = await outcome;
    // Without its first picture ffmpeg fails too, and with fewer than all of them it does not.
    if (fed.status === 'rejected' && fed.reason instanceof Problem) throw fed.reason;
    if (code.status === 'rejected') throw code.reason;
    if (code.value !== 0)
      throw new Error(`ffmpeg: ${said.status === 'fulfilled' && said.value.slice(0, limits.complaint)}`);
    if (fed.status === 'rejected') throw fed.reason;
  } finally {
    child.kill('SIGKILL');
  }
}

/** From this quality on a loss is hard to see; libx264 counts the other way round, from 51 to 0. */
const rateFactor = (quality: number): number => Math.round(51 - 0.37 * quality);

function argumentsFor({ frameTimeMs, quality }: FilmWish): string[] {
  const rate = Math.min(1000, Math.max(0.1, 1000 / frameTimeMs)).toFixed(3);
  // A fragment is sent once its group of pictures is full: one second of it, or what is not long to wait for.
  const group = Math.min(25, Math.max(1, Math.round(Number(rate))));
  return [
    ['-hide_banner', '-nostdin', '-loglevel', 'error'],
    ['-f', 'image2pipe', '-framerate', rate, '-c:v', 'ppm', '-i', 'pipe:0'],
    // Chroma of half the size needs even sizes; a browser takes what says nothing of its colours for BT.601.
    ['-vf', 'pad=ceil(iw/2)*2:ceil(ih/2)*2,scale=out_color_matrix=bt709:out_range=tv', '-pix_fmt', 'yuv420p'],
    ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'iec61966-2-1'],
    ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', String(rateFactor(quality)), '-g', String(group)],
    ['-movflags', 'frag_keyframe+empty_moov+default_base_moof', '-f', 'mp4', 'pipe:1'],
  ].flat();
}
