// A scanned slide in a TIFF file: which of its images are the levels of the pyramid, which are of the label or of all of the
// glass, and what the scanner says of them. Aperio (SVS), OME-TIFF, Philips, and tiled TIFF of anybody.

import { Problem } from '../../base/problem.ts';
import type { ByteSource } from '../byte-source.ts';
import { readTiff, type TiffDirectory } from '../tiff.ts';
import { type Scan, scanOf } from './scan.ts';
import { type TiledImage, tiledImage } from './tiled-image.ts';

export interface SlideFile extends Scan {
  /** The largest first. */
  levels: TiledImage[];
  /** Pages of the file that are pictures of the slide and no level. */
  pictures: { flavour: 'THUMBNAIL' | 'LABEL' | 'OVERVIEW'; page: number }[];
  /** Images that are none of these, and are left out. */
  others: number;
}

/** How far the proportions of a level may be from those of the first, in parts: whole tiles are scanned, half pixels are not. */
const PROPORTION = 0.02;

/** Undefined for a picture: what is not tiled, or was never scanned. Throws dicom/unreadable, or dicom/not-expressible with the reason. */
export async function slideFile(file: ByteSource): Promise<SlideFile | undefined> {
  const chain = await readTiff(file);
  const [first] = chain;
  // Its levels are one JPEG each, of more rows than JPEG can count.
  if (first!.has('ndpiFormat')) throw new Problem('dicom/not-expressible', { what: 'a Hamamatsu NDPI slide' });
  if (!first!.has('tileWidth')) return undefined;
  // With transparency, or in four inks, it was drawn and not scanned.
  const samples = (await first!.number('samplesPerPixel')) ?? 1;
  if (chain.length === 1 && (samples === 2 || samples === 4)) return undefined;
  const scan = await scanOf(first!);
  const levels = [await tiledImage(first!)];
  const pictures: SlideFile['pictures'] = [];
  let others = 0;
  for (const directory of [...first!.below, ...chain.slice(1).flatMap((one) => [one, ...one.below])]) {
    const flavour = await flavourOf(directory, chain);
    if (flavour !== undefined) pictures.push({ flavour, page: directory.page! });
    else if (directory.has('tileWidth')) {
      const image = await tiledImage(directory);
      if (isLevel(levels, image)) levels.push(image);
      else others += 1;
    } else others += 1;
  }
  return { ...scan, levels: levels.sort((a, b) => b.columns - a.columns), pictures, others };
}

/** Throws dicom/not-expressible for the same size again: channels or focal planes, of which a pyramid has one. */
function isLevel([first]: readonly TiledImage[], image: TiledImage): boolean {
  if (image.columns === first!.columns && image.rows === first!.rows) {
    throw new Problem('dicom/not-expressible', { what: 'a slide of several channels or focal planes' });
  }
  if (image.columns > first!.columns || image.rows > first!.rows) return false;
  const [across, down] = [first!.columns / image.columns, first!.rows / image.rows];
  // Small levels are rounded to whole pixels.
  const rounding = 1 / Math.min(image.columns, image.rows);
  return Math.abs(across / down - 1) <= PROPORTION + rounding;
}

/** Aperio: by the second line of the description, or, without it, 1 for a label and 9 for all of the glass. Philips: by a word. */
async function flavourOf(
  directory: TiffDirectory,
  chain: readonly TiffDirectory[],
): Promise<SlideFile['pictures'][number]['flavour'] | undefined> {
  if (directory.page === undefined || directory.has('tileWidth')) return undefined;
  const description = (await directory.text('imageDescription')) ?? '';
  const name = /^(?:Aperio[^\n]*\n)?\s*(label|macro|thumbnail)\b/i.exec(description)?.[1]?.toLowerCase();
  if (name !== undefined) return ({ label: 'LABEL', macro: 'OVERVIEW', thumbnail: 'THUMBNAIL' } as const)[name];
  if (!/^Aperio/.test((await chain[0]!.text('imageDescription')) ?? '')) return undefined;
  const subfile = await directory.number('newSubfileType');
  if (subfile === 1) return 'LABEL';
  if (subfile === 9) return 'OVERVIEW';
  return directory.page === 1 ? 'THUMBNAIL' : undefined;
}
