// What somebody wants a rendered picture to be (PS3.18 8.3.5.1). The doors know this much of pictures: the library that makes
// them is loaded in the pool's workers alone.

import type { AnnotationLines } from '../../pixels/annotation.ts';
import type { NamedProfile } from './named-profiles.ts';

/** The last, PGM and PPM, is what a video is made of. */
export type PictureMediaType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif' | 'image/x-portable-anymap';

export interface PictureWish {
  mediaType: PictureMediaType;
  /** PS3.18 8.3.5.1.3: what is shown keeps its proportions and fits into width and height, where they are given. */
  viewport?: {
    width?: number;
    height?: number;
    /** Of the image; without a size, up to its end. A negative size mirrors what is shown. */
    region?: { x: number; y: number; width?: number; height?: number; in: 'pixels' | 'fractions' };
  };
  /** 1 to 100, of JPEG and WebP. */
  quality?: number;
  /** That the picture brings with it: of the image itself (sRGB where it has none), or one that its colours are converted to. */
  iccProfile?: 'own' | NamedProfile;
  /** Of several frames: how long each is shown. */
  frameTimeMs?: number;
  /** Written across what is shown. */
  watermark?: string;
  /** Written into the corners of what is shown, of each frame. */
  annotations?: AnnotationLines[];
}

/** Where nobody says so. */
export const QUALITY = 90;
export const FRAME_TIME_MS = 100;
