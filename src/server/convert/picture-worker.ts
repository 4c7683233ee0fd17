// Pictures decoded in a thread of their own: sharp for what libvips reads, libheif for HEIC, whose codec (HEVC) sharp does not
// bring. Upright, in sRGB or grey, on white. A Problem crosses the thread as its code and details.

import sharp, { type Metadata } from 'sharp';
import { asProblem, Problem, type ProblemCode, type ProblemDetails } from '../../base/problem.ts';
import { type NativeImage, limits as pictureLimits } from '../../translate/png.ts';
import { heifImage } from './heif.ts';

/** A file by its path, or its bytes. */
export type PictureInput = string | Uint8Array;

export type PictureTask = { kind: 'look'; input: PictureInput } | { kind: 'decode'; input: PictureInput; page: number };

export interface Look {
  format: string;
  compression?: string;
  /** 1, of what moves: its first picture. */
  pages: number;
  exif?: Uint8Array;
}

export type PictureAnswer = Look | NativeImage | { code: ProblemCode; details: ProblemDetails };

// One thread, one codec.
sharp.concurrency(1);
sharp.cache(false);

export default async function work(task: PictureTask): Promise<PictureAnswer> {
  try {
    return task.kind === 'look' ? lookAt(await metadataOf(task.input)) : await decode(task.input, task.page);
  } catch (thrown) {
    const { code, details } = asProblem(thrown);
    return { code, details };
  }
}

async function metadataOf(input: PictureInput): Promise<Metadata> {
  const metadata = await sharp(input, { limitInputPixels: false }).metadata().catch(unreadable);
  const { width, height } = metadata;
  // PS3.3 C.7.6.3: Rows and Columns are US.
  if (width > 0xffff || height > 0xffff || width * height > pictureLimits.pixels) {
    throw new Problem('dicom/limit', { limit: 'pixels', offset: 0 });
  }
  return metadata;
}

function lookAt({ format, compression, pages = 1, exif }: Metadata): Look {
  return { format, compression, pages: format === 'tiff' ? pages : 1, ...(exif && { exif: new Uint8Array(exif) }) };
}

async function decode(input: PictureInput, page: number): Promise<NativeImage> {
  const { format, compression, depth, space } = await metadataOf(input);
  if (format === 'heif' && compression === 'hevc') return heifImage(input);
  if (depth !== 'uchar' && depth !== 'ushort') {
    throw new Problem('dicom/not-expressible', { what: `a picture of samples of the kind ${depth}` });
  }
  const bitsAllocated = depth === 'ushort' ? 16 : 8;
  const isGrey = space === 'b-w' || space === 'grey16';
  const colours = bitsAllocated === 16 ? (isGrey ? 'grey16' : 'rgb16') : isGrey ? 'b-w' : 'srgb';
  const pageOf = format === 'tiff' || format === 'gif' || format === 'webp' ? { page, pages: 1 } : {};
  const { data, info } = await sharp(input, { ...pageOf, limitInputPixels: pictureLimits.pixels, failOn: 'error' })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace(colours)
    .raw({ depth: bitsAllocated === 16 ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(unreadable);
  const { width, height, channels } = info;
  if (channels !== 1 && channels !== 3) throw new Error(`sharp gave ${channels} channels`);
  return { rows: height, columns: width, samplesPerPixel: channels, bitsAllocated, samples: new Uint8Array(data) };
}

/** What libvips says of a file is kept out: it may name the file. */
function unreadable(): never {
  throw new Problem('dicom/unreadable', { offset: 0, reason: 'a picture that is broken or of an unknown kind' });
}
