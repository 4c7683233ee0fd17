import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { findProgram, without } from '../../../test/support/needs.ts';
import { Problem } from '../../base/problem.ts';
import { FilmMaker } from './film.ts';

const needs = { skip: without('ffmpeg', 'ffmpeg') };
const WISH = { frameTimeMs: 50, quality: 90 };

/** A gray picture of one level. */
const still = (width: number, height: number, gray: number): Uint8Array =>
  Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), Buffer.alloc(width * height, gray)]);

async function* stills(count: number, width = 31, height = 17): AsyncGenerator<Uint8Array> {
  for (let each = 0; each < count; each++) yield still(width, height, (each * 40) % 256);
}

function probed(video: Uint8Array): Record<string, string> {
  const asked = ['-count_frames', '-show_entries', 'stream=codec_name,width,height,nb_read_frames,avg_frame_rate'];
  const { stdout } = spawnSync('ffprobe', ['-v', 'error', ...asked, '-of', 'json', '-i', 'pipe:0'], { input: video });
  return JSON.parse(stdout.toString()).streams[0];
}

test('every frame is in the video for as long as the object says, and an odd size is filled up', needs, async () => {
  const maker = FilmMaker.find()!;
  const { signal } = new AbortController();
  const video = Buffer.concat(await Array.fromAsync(maker.film(stills(6), WISH, signal)));
  assert.deepEqual(probed(video), {
    codec_name: 'h264',
    width: 32,
    height: 18,
    avg_frame_rate: '20/1',
    nb_read_frames: '6',
  });
  const { stdout } = spawnSync(
    'ffmpeg',
    ['-v', 'error', '-i', 'pipe:0', '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'],
    { input: video },
  );
  const levels = Array.from({ length: 6 }, (_, at) => stdout[at * 32 * 18]!);
  for (const [at, level] of levels.entries()) assert.ok(Math.abs(level - at * 40) <= 3, `frame ${at + 1} is ${level}`);
});

test('the video begins before its last frame is there', needs, async () => {
  const last = Promise.withResolvers<void>();
  async function* slow(): AsyncGenerator<Uint8Array> {
    yield* stills(80, 640, 480);
    await last.promise;
    yield* stills(1, 640, 480);
  }
  const film = FilmMaker.find()!.film(slow(), WISH, new AbortController().signal);
  assert.equal((await film.next()).done, false);
  last.resolve();
  await Array.fromAsync(film);
});

test('who goes away, reading or waiting for his turn, gives it to the next', needs, async () => {
  const maker = new FilmMaker(findProgram('ffmpeg')!, { films: 1, filmsWaiting: 1 });
  const gone = new AbortController();
  const never = new Promise<never>(() => {});
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield* stills(2);
    await never;
  }
  const first = Array.fromAsync(maker.film(endless(), WISH, gone.signal));
  const left = new AbortController();
  const second = Array.fromAsync(maker.film(stills(2), WISH, left.signal));
  const { signal } = new AbortController();
  await assert.rejects(Array.fromAsync(maker.film(stills(2), WISH, signal)), {
    code: 'request/overloaded',
    details: { limit: 'filmsWaiting' },
  });
  left.abort();
  await assert.rejects(second, { code: 'request/cancelled' });
  gone.abort();
  await assert.rejects(first, { code: 'request/cancelled' });
  assert.ok((await Array.fromAsync(maker.film(stills(2), WISH, signal))).length > 0);
});

test(
  'a frame that cannot be shown breaks the video off with its reason, and so does what ffmpeg cannot read',
  needs,
  async () => {
    const maker = FilmMaker.find()!;
    const { signal } = new AbortController();
    async function* broken(before: number): AsyncGenerator<Uint8Array> {
      yield* stills(before);
      throw new Problem('request/malformed', { reason: 'it is too short' });
    }
    for (const before of [0, 3]) {
      await assert.rejects(Array.fromAsync(maker.film(broken(before), WISH, signal)), { code: 'request/malformed' });
    }
    async function* noise(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('no picture at all');
    }
    await assert.rejects(Array.fromAsync(maker.film(noise(), WISH, signal)), /^Error: ffmpeg: /);
  },
);

test('a video that browsers do not play is made one that they do, with its sound', needs, async () => {
  const made = ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=25', '-f', 'lavfi', '-i', 'sine', '-t', '2'];
  const asMpeg2 = ['-c:v', 'mpeg2video', '-c:a', 'mp2', '-f', 'mpegts', 'pipe:1'];
  const { stdout: mpeg2 } = spawnSync('ffmpeg', ['-v', 'error', ...made, ...asMpeg2], { maxBuffer: 1 << 26 });
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < mpeg2.length; at += 10_000) yield mpeg2.subarray(at, at + 10_000);
  }
  const video = FilmMaker.find()!.converted(pieces(), 90, new AbortController().signal);
  const shown = ['-show_entries', 'stream=codec_name', '-of', 'csv=p=0'];
  const input = Buffer.concat(await Array.fromAsync(video));
  const { stdout } = spawnSync('ffprobe', ['-v', 'error', ...shown, 'pipe:0'], { input });
  assert.deepEqual(stdout.toString().trim().split('\n'), ['h264', 'aac']);
  assert.equal(probed(input).nb_read_frames, '50');
});
