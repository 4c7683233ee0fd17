// Frames, or a video that browsers do not play, as one that they do (PS3.18 Table 8.7.4-1): H.264 in MP4 by ffmpeg, where it is
// installed. What goes in does so as it is made or read, and the video comes out in fragments that a browser plays as they
// come: neither is ever held whole.

import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
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
  /** Letters and digits: another installation, another one. */
  readonly version: string;
  readonly #ffmpeg: string;
  readonly #turns: Turns;

  /** `ffmpeg`: its path. */
  constructor(ffmpeg: string, inForce: Partial<Record<keyof typeof limits, number>> = {}) {
    this.#ffmpeg = ffmpeg;
    this.version = Math.round(statSync(ffmpeg).mtimeMs).toString(36);
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
  film(pictures: AsyncIterable<Uint8Array>, wish: FilmWish, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    return this.#inTurn(argumentsFor(wish), pictures, signal);
  }

  /** The same video, of which `bytes` are MPEG-2 or anything else that ffmpeg can read from its beginning to its end. */
  converted(bytes: AsyncIterable<Uint8Array>, quality: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    return this.#inTurn(argumentsToConvert(quality), bytes, signal);
  }

  async *#inTurn(
    programArguments: readonly string[],
    input: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    await this.#turns.take(signal);
    try {
      yield* packed(this.#ffmpeg, programArguments, input, signal);
    } finally {
      this.#turns.give();
    }
  }
}

async function* packed(
  program: string,
  programArguments: readonly string[],
  input: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const child = spawn(program, programArguments, { stdio: 'pipe', signal, killSignal: 'SIGKILL' });
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  const outcome = Promise.allSettled([pipeline(input, child.stdin, { signal }), text(child.stderr), ended]);
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

/** Pictures from one that stands for itself to the next. */
const MOST_IN_GROUP = 25;

function argumentsFor({ frameTimeMs, quality }: FilmWish): string[] {
  const rate = Math.min(1000, Math.max(0.1, 1000 / frameTimeMs)).toFixed(3);
  // A fragment is sent once its group of pictures is full: one second of it, or what is not long to wait for.
  const group = Math.min(MOST_IN_GROUP, Math.max(1, Math.round(Number(rate))));
  return [
    quiet,
    ['-f', 'image2pipe', '-framerate', rate, '-c:v', 'ppm', '-i', 'pipe:0'],
    // Chroma of half the size needs even sizes; a browser takes what says nothing of its colours for BT.601.
    ['-vf', 'pad=ceil(iw/2)*2:ceil(ih/2)*2,scale=out_color_matrix=bt709:out_range=tv', '-pix_fmt', 'yuv420p'],
    ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'iec61966-2-1'],
    h264(quality, group),
    fragments,
  ].flat();
}

/** Half pictures of television are put together; sound goes along. */
const argumentsToConvert = (quality: number): string[] =>
  [quiet, ['-i', 'pipe:0', '-map', '0:v:0', '-map', '0:a:0?'], ['-vf', 'yadif=deint=interlaced', '-pix_fmt', 'yuv420p']]
    .concat([h264(quality, MOST_IN_GROUP), ['-c:a', 'aac'], fragments])
    .flat();

const quiet = ['-hide_banner', '-nostdin', '-loglevel', 'error'];
const h264 = (quality: number, group: number): string[] => [
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-crf',
  String(rateFactor(quality)),
  '-g',
  String(group),
];
const fragments = ['-movflags', 'frag_keyframe+empty_moov+default_base_moof', '-f', 'mp4', 'pipe:1'];
