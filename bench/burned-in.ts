// Whether words that are burned into pixels can still be read once they were blackened: frames with a name, a number and a date in
// many sizes, fonts, shades and places over what devices show, cleaned as on the way out, then read by another way than cleaning
// does (other enlargement, other segmentation, both tones). The goal is 99 of 100 unreadable; whatever cleaning is not sure of
// does not leave. Run: npm run bench burned-in [FRAMES] [KIND]

import { execFileSync } from 'node:child_process';
import sharp from 'sharp';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../src/dicom/transfer-syntax.ts';
import { Random } from '../src/identity/testing/random.ts';
import { cleanPixels } from '../src/server/deidentify/clean-pixels.ts';
import { type BurnedKind, burnedFrame, burnedKinds } from './support/burned-frames.ts';

const frames = Number(process.argv[2] ?? 100);
const wanted = process.argv[3] as BurnedKind | undefined;
const kinds = wanted === undefined ? burnedKinds : [wanted];
const random = new Random(7);

const sum = { frames: 0, readableAfter: 0 };
for (const kind of kinds) {
  const tally = { frames: 0, readableBefore: 0, readableAfter: 0, cleaned: 0, clear: 0, quarantined: 0 };
  for (let at = 0; at < Math.ceil(frames / kinds.length); at++) {
    const words = [random.pick(['KANARIENVOGEL', 'ZWITSCHERER', 'QUITTENBAUM']), `MRN${4711000 + at}`, '04.05.1961'];
    const { bytes, shown, read } = await burnedFrame(kind, words, random);
    tally.frames += 1;
    if (await readsAny(shown, words)) tally.readableBefore += 1;
    const made = await cleanPixels(bytes, EXPLICIT_VR_LITTLE_ENDIAN, { regions: [], isSearched: true });
    tally[made === undefined ? 'quarantined' : made.answer] += 1;
    const left = made?.dataset?.bytes('PixelData');
    const leaves = made === undefined ? undefined : left === undefined ? shown : read(left);
    if (leaves !== undefined && (await readsAny(leaves, words))) tally.readableAfter += 1;
  }
  console.log(JSON.stringify({ kind, ...tally }));
  sum.frames += tally.frames;
  sum.readableAfter += tally.readableAfter;
}
const unreadable = (100 * (sum.frames - sum.readableAfter)) / sum.frames;
console.log(`${unreadable.toFixed(1)} % of frames leave without a word that can be read, or do not leave`);

/** Four letters or digits of one of them in a row are a word that can be read. `shown`: one 8-bit picture. */
async function readsAny({ width, height, gray }: Shown, words: readonly string[]): Promise<boolean> {
  const raw = { width, height, channels: 1 } as const;
  const texts: string[] = [];
  for (const isNegative of [false, true]) {
    const toned = sharp(gray, { raw });
    const png = await (isNegative ? toned.negate() : toned)
      .resize({ width: width * 4, kernel: 'lanczos3' })
      .png()
      .toBuffer();
    for (const mode of ['3', '6']) {
      texts.push(readBy(mode, png));
    }
  }
  const text = texts
    .join(' ')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
  return words.some((word) => {
    const letters = word.replace(/[^\p{L}\p{N}]/gu, '');
    return Array.from({ length: letters.length - 3 }, (_, from) => letters.slice(from, from + 4)).some((part) =>
      text.includes(part),
    );
  });
}

/** Noise that takes longer than that is no text. */
function readBy(mode: string, png: Buffer): string {
  const env = { ...process.env, OMP_THREAD_LIMIT: '1' };
  const stdio = ['pipe', 'pipe', 'ignore'] as ('pipe' | 'ignore')[];
  try {
    return execFileSync('tesseract', ['-', '-', '--psm', mode], { input: png, stdio, env, timeout: 20_000 }).toString();
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ETIMEDOUT') return '';
    throw thrown;
  }
}

type Shown = Awaited<ReturnType<typeof burnedFrame>>['shown'];
