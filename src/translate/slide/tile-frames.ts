// The tiles of one level as the frames of its instance: JPEG and JPEG 2000 as they are, with the tables that JPEG tiles share
// put back into each (PS3.5 A.4 wants every fragment to be a whole codestream); others as native samples. Read one by one.

import { Problem } from '../../base/problem.ts';
import { concatenated } from '../../dicom/bytes.ts';
import type { StreamedValue, Stretch } from '../../dicom/streamed-part10.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../dicom/transfer-syntax.ts';
import type { ByteSource } from '../byte-source.ts';
import { describeJpeg, segments } from '../jpeg-header.ts';
import { describeJpeg2000 } from '../jpeg2000-header.ts';
import type { PixelDescription } from '../pixel-description.ts';
import { blankJpeg } from './blank-jpeg.ts';
import { nativeTile, unpackers } from './native-tile.ts';
import type { TiledImage } from './tiled-image.ts';

export interface TileFrames {
  pixels: PixelDescription;
  value: StreamedValue;
}

const JPEG = 7;
const jpeg2000 = [33_003, 33_005, 34_712];
const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';
/** Why others cannot be kept, by the names people know them under. */
const refused: Record<number, string> = { 6: 'old-style JPEG', 34887: 'LERC', 50000: 'Zstandard', 50001: 'WebP', 50002: 'JPEG XL' }; // biome-ignore format: a table

/** Throws dicom/unreadable, or dicom/not-expressible for a compression that is neither DICOM's nor can be undone here. */
export async function tileFrames(file: ByteSource, image: TiledImage): Promise<TileFrames> {
  const { compression } = image;
  if (compression === JPEG) return jpegFrames(file, image);
  if (jpeg2000.includes(compression)) return jpeg2000Frames(file, image);
  if (unpackers.has(compression)) return nativeFrames(file, image);
  throw notExpressible(`a slide compressed by ${refused[compression] ?? `TIFF compression ${compression}`}`);
}

async function jpegFrames(file: ByteSource, image: TiledImage): Promise<TileFrames> {
  const first = await firstTile(file, image);
  const head = jpegHead(image, first);
  const pixels = requireTile(image, describeJpeg(concatenated([head, first.subarray(2)])));
  const stretch = ({ offset, length }: TiledImage['tiles'][number]): Stretch => ({
    length: head.length + length - 2,
    async *chunks() {
      const tile = await file.read(offset, offset + length);
      if (tile.length < length || tile[0] !== 0xff || tile[1] !== 0xd8) {
        throw new Problem('dicom/unreadable', { offset, reason: 'a tile of a slide is no JPEG' });
      }
      yield concatenated([head, tile.subarray(2)]);
    },
  });
  const stretches = filled(image, stretch, () => {
    if (pixels.transferSyntaxUid !== JPEG_BASELINE) throw notExpressible('a slide without some of its tiles');
    return blankJpeg(
      image.tileRows,
      image.tileColumns,
      image.samplesPerPixel,
      pixels.photometricInterpretation === 'RGB',
    );
  });
  return { pixels: forSlide(pixels, stretches), value: { vr: 'OB', encapsulated: true, stretches } };
}

/** What comes before the tile's own segments: start of image, that it is RGB where nothing says so, and the shared tables. */
function jpegHead({ photometricInterpretation, jpegTables }: TiledImage, first: Uint8Array): Uint8Array {
  const tables = jpegTables === undefined ? new Uint8Array(0) : withoutEnds(jpegTables);
  const isSaid = [jpegTables ?? tables, first].some((bytes) =>
    [...segments(bytes)].some(({ marker }) => marker === 0xee),
  );
  const isRgb = photometricInterpretation === 2;
  return concatenated([Uint8Array.of(0xff, 0xd8), ...(isRgb && !isSaid ? [adobeRgb] : []), tables]);
}

/** ISO 10918-6 6.5.3: an Adobe segment whose transform is 0, by which decoders leave the components alone. */
const adobeRgb = Uint8Array.of(0xff, 0xee, 0, 14, ...[...'Adobe'].map((c) => c.charCodeAt(0)), 0, 100, 0, 0, 0, 0, 0);

/** An abbreviated stream of tables, without its SOI and EOI. */
function withoutEnds(tables: Uint8Array): Uint8Array {
  if (tables[0] !== 0xff || tables[1] !== 0xd8) throw unreadable('a slide whose JPEG tables are none');
  const end = tables.lastIndexOf(0xd9);
  return tables.subarray(2, end > 2 && tables[end - 1] === 0xff ? end - 1 : tables.length);
}

async function jpeg2000Frames(file: ByteSource, image: TiledImage): Promise<TileFrames> {
  const described = requireTile(image, describeJpeg2000(await firstTile(file, image)));
  // Aperio's 33003: the components are YCbCr, which the codestream does not say.
  const isYcbcr = image.compression === 33_003 && described.photometricInterpretation === 'RGB';
  const pixels = isYcbcr ? { ...described, photometricInterpretation: 'YBR_FULL' } : described;
  const stretch = ({ offset, length }: TiledImage['tiles'][number]): Stretch => ({
    length,
    async *chunks() {
      const tile = await file.read(offset, offset + length);
      if (tile.length < length) throw unreadable('a slide that is cut');
      yield tile;
    },
  });
  const stretches = filled(image, stretch, () => {
    throw notExpressible('a slide without some of its tiles');
  });
  return { pixels: forSlide(pixels, stretches), value: { vr: 'OB', encapsulated: true, stretches } };
}

function nativeFrames(file: ByteSource, image: TiledImage): TileFrames {
  const { tileRows, tileColumns, samplesPerPixel, bitsPerSample, photometricInterpretation, tiles } = image;
  // 6: YCbCr without JPEG has its colours subsampled in units of its own.
  if (photometricInterpretation === 6) throw notExpressible('a slide of uncompressed YCbCr');
  const whole: Stretch = {
    length: tiles.length * tileRows * tileColumns * samplesPerPixel * (bitsPerSample / 8),
    async *chunks() {
      for (const { offset, length } of tiles) yield nativeTile(image, await file.read(offset, offset + length));
    },
  };
  const grey = photometricInterpretation === 0 ? 'MONOCHROME1' : 'MONOCHROME2';
  const pixels: PixelDescription = {
    transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN,
    rows: tileRows,
    columns: tileColumns,
    samplesPerPixel,
    photometricInterpretation: samplesPerPixel === 3 ? 'RGB' : grey,
    bitsAllocated: bitsPerSample,
    bitsStored: bitsPerSample,
    pixelRepresentation: 0,
    numberOfFrames: tiles.length,
  };
  return { pixels, value: { vr: bitsPerSample === 8 ? 'OB' : 'OW', encapsulated: false, stretches: [whole] } };
}

/** Each tile, and what `blank` makes once where one was never scanned. */
function filled(
  { tiles }: TiledImage,
  stretch: (tile: TiledImage['tiles'][number]) => Stretch,
  blank: () => Uint8Array,
): Stretch[] {
  let made: Uint8Array | undefined;
  return tiles.map((tile) => {
    if (tile.length > 2) return stretch(tile);
    made ??= blank();
    const bytes = made;
    return { length: bytes.length, chunks: () => [bytes] };
  });
}

function firstTile(file: ByteSource, { tiles }: TiledImage): Promise<Uint8Array> {
  const scanned = tiles.find(({ length }) => length > 2);
  if (scanned === undefined) throw unreadable('a slide without tiles');
  return file.read(scanned.offset, scanned.offset + scanned.length);
}

function requireTile(image: TiledImage, pixels: PixelDescription | undefined): PixelDescription {
  if (pixels === undefined) throw unreadable('a slide whose tiles are not what it says');
  const { tileRows, tileColumns, samplesPerPixel } = image;
  if (pixels.rows !== tileRows || pixels.columns !== tileColumns || pixels.samplesPerPixel !== samplesPerPixel) {
    throw unreadable('a slide whose tiles have another size than it says');
  }
  return pixels;
}

/** PS3.3 C.8.12.4.1.4 has one name for YCbCr in JPEG: how far the colour is subsampled the codestream says itself. */
function forSlide(pixels: PixelDescription, stretches: readonly Stretch[]): PixelDescription {
  const { photometricInterpretation: colour, transferSyntaxUid } = pixels;
  const isJpeg = /\.4\.(50|51)$/.test(transferSyntaxUid);
  return {
    ...pixels,
    photometricInterpretation: isJpeg && colour === 'YBR_FULL' ? 'YBR_FULL_422' : colour,
    numberOfFrames: stretches.length,
  };
}

const unreadable = (reason: string): Problem => new Problem('dicom/unreadable', { offset: 0, reason });

const notExpressible = (what: string): Problem => new Problem('dicom/not-expressible', { what });
