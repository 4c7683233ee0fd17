// What a file of another format can become as the bulk data of a DICOM instance (PS3.18 Table 8.7.3-5 and 10.5.2): its
// codestream as it is, or its pixels; found by its first bytes, for names and media types are often wrong.

import { Problem } from '../base/problem.ts';
import type { ByteSource } from './byte-source.ts';
import { type Exif, exifOf } from './exif.ts';
import { describeJpeg } from './jpeg-header.ts';
import { describeJpeg2000, jpeg2000Codestream } from './jpeg2000-header.ts';
import { describeMp4, isMp4 } from './mp4.ts';
import { describeMpeg2, isMpeg2 } from './mpeg2.ts';
import type { PixelDescription } from './pixel-description.ts';
import { decodePng, isPng, type NativeImage } from './png.ts';

export const limits = {
  /** How far the header of a codestream may reach: cameras put previews and colour profiles before it. */
  headBytes: 1024 * 1024,
  /** Of a file whose pixels are decoded. */
  decodedFileBytes: 256 * 1024 * 1024,
} as const;

/** Kept as it is, from `offset` for `length` bytes. */
export interface KeptFile {
  kind: 'codestream' | 'video';
  pixels: PixelDescription;
  offset: number;
  length: number;
  /** What its camera wrote into it. */
  exif?: Exif;
}

export type DescribedFile = KeptFile | { kind: 'native'; image: NativeImage };

/** Throws dicom/unreadable or dicom/not-expressible, with the reason. */
export async function describeFile(file: ByteSource): Promise<DescribedFile> {
  const head = await file.read(0, limits.headBytes);
  const whole = { offset: 0, length: file.sizeBytes };
  if (isMp4(head)) return { kind: 'video', pixels: await describeMp4(file), ...whole };
  if (isMpeg2(head)) return { kind: 'video', pixels: await describeMpeg2(file), ...whole };
  if (isPng(head)) return { kind: 'native', image: decodePng(await wholeOf(file)) };
  const codestream = jpeg2000Codestream(head);
  if (codestream !== undefined) {
    const { offset, length = file.sizeBytes - offset } = codestream;
    const pixels = describeJpeg2000(await file.read(offset, offset + limits.headBytes));
    if (pixels !== undefined && offset + length <= file.sizeBytes)
      return { kind: 'codestream', pixels, offset, length };
  }
  const pixels = describeJpeg(head);
  if (pixels !== undefined) return { kind: 'codestream', pixels, ...whole, exif: exifOf(head) };
  throw new Problem('dicom/not-expressible', { what: 'this file, which is no JPEG, JPEG 2000, PNG, MP4 or MPEG-2,' });
}

/** Whether the file begins as one of these does, and so is none of DICOM. */
export const isDescribed = (head: Uint8Array): boolean =>
  isMp4(head) || isMpeg2(head) || isPng(head) || isJpeg(head) || jpeg2000Codestream(head) !== undefined;

const isJpeg = (head: Uint8Array): boolean => head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff;

function wholeOf(file: ByteSource): Promise<Uint8Array> {
  if (file.sizeBytes > limits.decodedFileBytes)
    throw new Problem('dicom/limit', { limit: 'decodedFileBytes', offset: 0 });
  return file.read(0, file.sizeBytes);
}
