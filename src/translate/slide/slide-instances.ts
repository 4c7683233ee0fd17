// A slide as instances: one for each level of its pyramid, the largest first, and one for each picture of the glass. Tiles are
// read when they are written; no level is ever held.

import { asProblem } from '../../base/problem.ts';
import type { Finding } from '../../dicom/finding.ts';
import { PIXEL_DATA } from '../../dicom/streamed-part10.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../dicom/transfer-syntax.ts';
import type { ByteSource } from '../byte-source.ts';
import type { Converter } from '../converter.ts';
import { contextOfPart, type FileContext, type MadeInstance } from '../made-instance.ts';
import { nativeDescription } from '../pixel-description.ts';
import type { NativeImage } from '../png.ts';
import type { SlideFile } from './slide-file.ts';
import { type Flavour, type SlidePart, type SlideUids, slideInstance } from './slide-instance.ts';
import { tileFrames } from './tile-frames.ts';
import type { TiledImage } from './tiled-image.ts';

export interface SlideOptions {
  /** Of the largest level, where the file does not say it. */
  pixelSpacingMm?: number;
  /** Without one, the pictures of the glass are left out. */
  converter?: Converter;
}

/** What most scanners have in one pixel with a 20x objective. */
const USUAL_PIXEL_MM = 0.0005;
/** ISO 8037-1: the shorter side of a microscope slide, which the pictures of the glass show. */
const GLASS_MM = 26;

type Spacing = readonly [down: number, across: number];

/** Throws dicom/unreadable, dicom/not-expressible, dicom/limit: before anything of an instance was given. */
export async function* slideInstances(
  file: ByteSource,
  slide: SlideFile,
  context: FileContext,
  { pixelSpacingMm, converter }: SlideOptions,
): AsyncGenerator<MadeInstance> {
  const said = pixelSpacingMm === undefined ? slide.pixelSpacingMm : ([pixelSpacingMm, pixelSpacingMm] as const);
  const spacing = said ?? ([USUAL_PIXEL_MM, USUAL_PIXEL_MM] as const);
  const pictures = await picturesOf(file, slide, converter);
  const findings = findingsOf(slide, said !== undefined, slide.pictures.length - pictures.length);
  const uids = uidsOf(context);
  const instanceOf = (part: SlidePart, number: number) =>
    // However many there are, a slide is a series of its own.
    slideInstance(part, slide, uids, contextOfPart(context, number, Number.POSITIVE_INFINITY));
  const frames = [];
  for (const level of slide.levels) frames.push(await tileFrames(file, level));
  let number = 0;
  for (const [at, level] of slide.levels.entries()) {
    const { pixels, value } = frames[at]!;
    number += 1;
    const part = partOf('VOLUME', level, scaled(spacing, slide.levels[0]!, level));
    const sizeBytes = value.stretches.reduce((sum, { length }) => sum + length, 0);
    const dataset = instanceOf({ ...part, isResampled: at > 0, pixels, sizeBytes }, number);
    const { transferSyntaxUid } = pixels;
    yield { dataset, transferSyntaxUid, tag: PIXEL_DATA, value, findings: at === 0 ? findings : [] };
  }
  for (const { flavour, image } of pictures) {
    number += 1;
    const { samples } = image;
    const part = partOf(flavour, image, pictureSpacing(flavour, image, spacing, slide.levels[0]!));
    const isResampled = flavour === 'THUMBNAIL';
    const described = { ...part, isResampled, pixels: nativeDescription(image), sizeBytes: samples.length };
    const dataset = instanceOf(described, number);
    const vr = image.bitsAllocated === 8 ? 'OB' : 'OW';
    const value = {
      vr,
      encapsulated: false,
      stretches: [{ length: samples.length, chunks: () => [samples] }],
    } as const;
    yield { dataset, transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN, tag: PIXEL_DATA, value, findings: [] };
  }
}

/** Those that can be decoded: a slide whose label is broken is still one. */
async function picturesOf(
  file: ByteSource,
  { pictures }: SlideFile,
  converter: Converter | undefined,
): Promise<{ flavour: Flavour; image: NativeImage }[]> {
  const decoded: { flavour: Flavour; image: NativeImage }[] = [];
  if (converter === undefined) return decoded;
  for (const { flavour, page } of pictures) {
    try {
      for await (const { image } of converter.pictures(file, [page])) decoded.push({ flavour, image });
    } catch (error) {
      if (asProblem(error).answers.http >= 500) throw error;
    }
  }
  return decoded;
}

const partOf = (
  flavour: Flavour,
  { columns, rows, iccProfile }: Pick<TiledImage, 'columns' | 'rows' | 'iccProfile'>,
  pixelSpacingMm: Spacing,
) => ({ flavour, columns, rows, iccProfile, pixelSpacingMm }) as const;

const scaled = ([down, across]: Spacing, from: { rows: number; columns: number }, to: typeof from): Spacing => [
  (down * from.rows) / to.rows,
  (across * from.columns) / to.columns,
];

/** A thumbnail is the whole scan made smaller; the others show the glass. */
function pictureSpacing(flavour: Flavour, image: NativeImage, spacing: Spacing, whole: TiledImage): Spacing {
  if (flavour === 'THUMBNAIL') return scaled(spacing, whole, image);
  const pixel = GLASS_MM / Math.min(image.rows, image.columns);
  return [pixel, pixel];
}

const uidsOf = ({ uidOfFile }: FileContext): SlideUids => ({
  frameOfReference: uidOfFile('space'),
  pyramid: uidOfFile('pyramid'),
  dimensions: uidOfFile('dimensions'),
  specimen: uidOfFile('specimen'),
  acquisition: uidOfFile('acquisition'),
});

function findingsOf({ others }: SlideFile, isSpacingSaid: boolean, undecoded: number): Finding[] {
  const said: [isSo: boolean, assumed: string][] = [
    [!isSpacingSaid, `the size of a pixel is not said: ${USUAL_PIXEL_MM} mm is assumed, as of a 20x objective`],
    [others > 0, `${others} images that are no level of the pyramid are left out`],
    [undecoded > 0, `${undecoded} pictures of the glass cannot be decoded and are left out`],
  ];
  return said.filter(([isSo]) => isSo).map(([, assumed]) => ({ code: 'slide', path: '', offset: -1, assumed }));
}
