// Rendered frames as JPEG, PNG, WebP or GIF, or unpacked for a video: a region of them, scaled to a viewport. PS3.18 8.3.5.1 and 8.7.4. Runs in the
// pixel pool's workers.

import sharp, { type Sharp } from 'sharp';
import { Problem } from '../../base/problem.ts';
import type { ImageDescription } from '../../pixels/image.ts';
import type { Raster } from '../../pixels/raster.ts';
import type { Rendered } from '../../pixels/render.ts';
import { averaged } from '../../pixels/resample.ts';
import { tiffOf } from '../../pixels/tiff.ts';
import { withAnnotation, withGraphics, withWatermark } from './burned-in.ts';
import { namedProfiles } from './named-profiles.ts';
import { FRAME_TIME_MS, type PictureMediaType, type PictureWish, QUALITY } from './picture-wish.ts';

export const limits = {
  /** Of all frames of a moving picture together. */
  movingPixels: 64 * 1024 * 1024,
} as const;

/** Of JPEG, from which each pixel keeps its own colour. */
const WHOLE_CHROMA_QUALITY = 92;

// The pool says how many threads work.
sharp.concurrency(1);
sharp.cache(false);

/** One frame as a picture, or several as a moving one (GIF, WebP). `image`: what they are frames of; in its pixels regions count. */
export async function picture(
  frames: readonly Rendered[],
  source: Pick<ImageDescription, 'columns' | 'rows' | 'iccProfile'>,
  wish: PictureWish,
): Promise<Uint8Array> {
  const shown = await Promise.all(frames.map(withGraphics));
  const regions = shown.map((raster) => regionOf(raster, source, wish.viewport?.region));
  const cut = await Promise.all(regions.map((raster) => withWatermark(raster, wish.watermark)));
  const size = fitted(cut[0]!, wish.viewport);
  // Most of the way by whole pixels, which costs the library what it takes to pack the picture.
  const near = await Promise.all(
    cut.map((raster, at) => {
      const whole = averaged(raster, Math.floor(Math.min(raster.width / size.width, raster.height / size.height)));
      const lines = wish.annotations?.[at];
      return lines === undefined ? whole : withAnnotation(whole, lines, size);
    }),
  );
  const { width, height, channels } = near[0]!;
  if (near.length > 1 && width * height * near.length > limits.movingPixels) {
    throw new Problem('request/too-large', { what: 'the moving picture', limit: limits.movingPixels });
  }
  const data = near.length === 1 ? near[0]!.data : Buffer.concat(near.map((raster) => raster.data));
  const raw = { width, height: height * near.length, channels, pageHeight: height };
  const profile = wish.iccProfile === undefined || channels === 1 ? undefined : source.iccProfile;
  const image =
    profile === undefined
      ? sharp(data, { raw: near.length === 1 ? { width, height, channels } : raw, limitInputPixels: false })
      : sharp(tiffOf(near[0]!, profile), { limitInputPixels: false });
  if (size.width !== width || size.height !== height) image.resize({ ...size, fit: 'fill' });
  if (wish.iccProfile === 'own' && profile !== undefined) image.keepIccProfile();
  else if (wish.iccProfile === 'own') image.withIccProfile(namedProfiles.srgb);
  else if (wish.iccProfile !== undefined) {
    // By way of Display P3 in 16 bits: on its way through eight of sRGB a picture would lose what sRGB does not have.
    if (profile !== undefined && wish.iccProfile !== 'srgb') image.pipelineColourspace('rgb16');
    image.withIccProfile(namedProfiles[wish.iccProfile]);
  }
  // What is not told so is packed as three colours.
  else if (channels === 1) image.toColourspace('b-w');
  if (wish.mediaType === 'image/x-portable-anymap') return portableAnymap(image);
  return encode[wish.mediaType](image, wish, near.length).toBuffer();
}

/** PS3.18 8.3.5.1.3: the largest size in the viewport that keeps the proportions. */
function fitted({ width, height }: Raster, viewport: PictureWish['viewport']): { width: number; height: number } {
  const across = (viewport?.width ?? Number.POSITIVE_INFINITY) / width;
  const down = (viewport?.height ?? Number.POSITIVE_INFINITY) / height;
  const scale = Math.min(across, down);
  if (scale === Number.POSITIVE_INFINITY) return { width, height };
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

async function portableAnymap(image: Sharp): Promise<Uint8Array> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return Buffer.concat([Buffer.from(`P${info.channels === 1 ? 5 : 6}\n${info.width} ${info.height}\n255\n`), data]);
}

const encode: Record<
  Exclude<PictureMediaType, 'image/x-portable-anymap'>,
  (image: Sharp, wish: PictureWish, frames: number) => Sharp
> = {
  // Codes made for each picture would make it 1.6 % smaller and take 0.9 ms more for a CT slice.
  'image/jpeg': (image, { quality = QUALITY }) =>
    image.jpeg({
      quality,
      optimiseCoding: false,
      chromaSubsampling: quality < WHOLE_CHROMA_QUALITY ? '4:2:0' : '4:4:4',
    }),
  'image/png': (image) => image.png({ compressionLevel: 4 }),
  'image/webp': (image, { quality = QUALITY, frameTimeMs }, frames) =>
    image.webp({ quality, ...moving(frameTimeMs, frames) }),
  'image/gif': (image, { frameTimeMs }, frames) => image.gif({ effort: 3, ...moving(frameTimeMs, frames) }),
};

const moving = (frameTimeMs = FRAME_TIME_MS, frames: number) =>
  frames === 1 ? {} : { loop: 0, delay: Array.from({ length: frames }, () => Math.max(20, Math.round(frameTimeMs))) };

/** PS3.18 8.3.5.1.3: the part of the source image that is shown; what lies beyond it is not. */
function regionOf(
  raster: Raster,
  { columns, rows }: { columns: number; rows: number },
  region: NonNullable<PictureWish['viewport']>['region'],
): Raster {
  if (region === undefined) return raster;
  const [unitX, unitY] = region.in === 'fractions' ? [1, 1] : [columns, rows];
  const across = spanOf(region.x / unitX, region.width === undefined ? undefined : region.width / unitX, raster.width);
  const down = spanOf(region.y / unitY, region.height === undefined ? undefined : region.height / unitY, raster.height);
  const out = new Uint8Array(across.length * down.length * raster.channels);
  let to = 0;
  for (let row = 0; row < down.length; row++) {
    for (let column = 0; column < across.length; column++) {
      const from = (down.at(row) * raster.width + across.at(column)) * raster.channels;
      for (let channel = 0; channel < raster.channels; channel++) out[to++] = raster.data[from + channel]!;
    }
  }
  return { width: across.length, height: down.length, channels: raster.channels, data: out };
}

/** From `start`, in shares of `pixels`; of negative size from its other end back. Throws request/malformed where it is empty. */
function spanOf(start: number, size = 1 - start, pixels: number): { length: number; at: (i: number) => number } {
  const first = Math.max(0, Math.round(start * pixels));
  const end = Math.min(pixels, Math.round((start + Math.abs(size)) * pixels));
  if (end <= first) throw new Problem('request/malformed', { reason: 'the region lies outside the image' });
  return { length: end - first, at: (i) => (size < 0 ? end - 1 - i : first + i) };
}
