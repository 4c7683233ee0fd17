// What the pure part of a translation asks of whoever runs libraries and programs: pictures decoded, videos put into a form
// that DICOM has a transfer syntax for.

import type { ByteSource } from './byte-source.ts';
import type { Exif } from './exif.ts';
import type { NativeImage } from './png.ts';

export interface DecodedPicture {
  /** Upright, in sRGB or grey, on white. */
  image: NativeImage;
  /** (0028,2114), where its encoding lost something; `unnamed` where DICOM has no name for it. */
  lossyMethod?: string;
  exif?: Exif;
  /** How many pictures the file has that are wanted. */
  of: number;
}

export interface ConvertedVideo extends ByteSource, AsyncDisposable {
  /** False: another container around the same pictures. */
  isEncodedAnew: boolean;
}

export interface Converter {
  /** All of a file, or those of some pages, from 0. Rejects with dicom/unreadable, dicom/not-expressible, dicom/limit. */
  pictures(file: ByteSource, pages?: readonly number[]): AsyncIterable<DecodedPicture>;
  /** An MP4. Rejects with dicom/unreadable, dicom/not-expressible. */
  video(file: ByteSource): Promise<ConvertedVideo>;
}
