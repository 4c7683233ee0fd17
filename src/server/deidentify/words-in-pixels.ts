// Looks for words in a picture with Tesseract, where it is installed (apt-get install tesseract-ocr): as it is, as its negative,
// and without the shades behind the words, enlarged, since devices write small, in white on black, and across what is shown.

import { spawn } from 'node:child_process';
import { findProgram } from '../../base/find-program.ts';
import type { Region } from '../../deidentify/profile.ts';
import type { Raster } from '../../pixels/raster.ts';

export const limits = {
  /** Of one look. */
  timeoutMs: 60_000,
  /** Pixels of an enlarged picture. */
  pixels: 24_000_000,
  /** From which confidence, of 100, something is a word: edges and noise are told with less. */
  confidence: 30,
  outputBytes: 8 * 1024 * 1024,
} as const;

/** How much larger than it is a picture is looked at: capitals of 8 pixels become what Tesseract was taught. */
const SCALE = 3;
/** Side of the square, in pixels, whose median stands for what lies behind a letter: wider than two strokes. */
const SURROUNDINGS = 25;
/** The part of a picture that is no word, at least: by what this much of it differs from its surroundings, noise does. */
const NO_WORD = 0.9;
/** In grey levels of 255: a word that differs by less than this above the noise cannot be read. */
const MOST_NOISE = 40;
/** Around a word, in parts of its height. */
const MARGIN = 0.4;

/** Takes 20 MB: it comes with the first picture. */
const withSharp = async () => (await import('sharp')).default;

export const canFindWords = (): boolean => findProgram('tesseract') !== undefined;

/** Regions in pixels of the picture. Rejects where there is no Tesseract or it fails. */
export async function wordsIn(raster: Raster): Promise<Region[]> {
  const scale = Math.max(1, Math.min(SCALE, Math.floor(Math.sqrt(limits.pixels / (raster.width * raster.height)))));
  const found: Region[] = [];
  const { width, height, channels, data } = raster;
  const sharp = await withSharp();
  const gray = await sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .greyscale()
    .raw()
    .toBuffer();
  for (const toned of [gray, gray.map((sample) => 255 - sample), await withoutShades(gray, raster)]) {
    const png = await sharp(toned, { raw: { width, height, channels: 1 }, limitInputPixels: false })
      .resize({ width: width * scale, kernel: 'cubic' })
      .png({ compressionLevel: 1 })
      .toBuffer();
    found.push(...regionsOf(await tesseract(png), scale, raster));
  }
  return found;
}

/**
 * What differs from its surroundings by more than the noise, dark on white: a word over the edge of something grey has no one shade
 * by which it is told from what lies behind it. With the noise of a radiograph Tesseract takes a minute, and finds words in it.
 */
async function withoutShades(gray: Uint8Array, { width, height }: Raster): Promise<Uint8Array> {
  const raw = { width, height, channels: 1 } as const;
  const sharp = await withSharp();
  const around = await sharp(gray, { raw, limitInputPixels: false }).median(SURROUNDINGS).raw().toBuffer();
  const differences = gray.map((sample, at) => Math.abs(sample - around[at]!));
  const noise = Math.min(MOST_NOISE, levelBelow(differences, NO_WORD));
  return differences.map((difference) => 255 - Math.min(255, 3 * Math.max(0, difference - noise)));
}

/** The least level that so large a part of the samples does not exceed. */
function levelBelow(samples: Uint8Array, part: number): number {
  const counts = new Uint32Array(256);
  for (const sample of samples) counts[sample]! += 1;
  let below = 0;
  return counts.findIndex((count) => {
    below += count;
    return below >= part * samples.length;
  });
}

/** Sparse text (11) in a table of tab-separated values. */
function tesseract(png: Uint8Array): Promise<string> {
  const program = findProgram('tesseract');
  if (program === undefined) return Promise.reject(new Error('tesseract is not installed'));
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['-', '-', '--psm', '11', 'tsv'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: limits.timeoutMs,
      env: { ...process.env, OMP_THREAD_LIMIT: '1' },
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      if (text.length > limits.outputBytes) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`tesseract ended with ${code}`))));
    // It may end before it has read all: its exit code says so.
    child.stdin.on('error', () => undefined).end(png);
  });
}

/** Columns: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
function regionsOf(table: string, scale: number, { width, height }: Raster): Region[] {
  return table.split('\n').flatMap((line) => {
    const [level, , , , , , left, top, wide, high, confidence, text = ''] = line.split('\t');
    if (level !== '5' || Number(confidence) < limits.confidence || !/[\p{L}\p{N}]{2}|\d/u.test(text)) return [];
    const margin = (Number(high) * MARGIN) / scale;
    const x = Math.max(0, Math.floor(Number(left) / scale - margin));
    const y = Math.max(0, Math.floor(Number(top) / scale - margin));
    return [
      {
        x,
        y,
        width: Math.min(width - x, Math.ceil(Number(wide) / scale + 2 * margin)),
        height: Math.min(height - y, Math.ceil(Number(high) / scale + 2 * margin)),
      },
    ];
  });
}
