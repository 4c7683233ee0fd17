// What a canvas of a page shows, and waiting until it is what it should be.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { readDicom } from '../../src/dicom/reader.ts';
import { imageOf } from '../../src/pixels/image.ts';
import type { Raster } from '../../src/pixels/raster.ts';
import { type RenderWish, renderFrame } from '../../src/pixels/render.ts';
import { samplesOf } from '../../src/pixels/testing/samples.ts';
import { type Likeness, likeness } from './likeness.ts';

export interface Tolerance {
  meanDifference: number;
  largestDifference: number;
  /** See `likeness`. */
  share?: number;
}

const limits = {
  /** Within which a page shows what it should, on a busy machine. */
  shownMs: 30_000,
  /** Whoever takes a picture of every frame takes the processor from the page that paints. */
  lookAgainMs: 150,
  /** Between the channels of what counts as gray, in levels of 255. */
  grayDifference: 16,
};

/** A frame (from 1) of a Part 10 file as `src/pixels` renders it, which DCMTK agrees with (src/pixels/corpus.test.ts). */
export async function reference(file: Uint8Array, wish: RenderWish = {}, frame = 1): Promise<Raster> {
  const read = readDicom(file);
  const image = imageOf(read.dataset);
  const samples = await samplesOf(read, image, frame);
  assert.ok(samples, `frame ${frame}`);
  return renderFrame(samples, image, frame, wish);
}

/** All tiles of a slide (PS3.3 C.8.12.14, TILED_FULL, one focal plane) where they lie. */
export async function slideReference(file: Uint8Array): Promise<Raster> {
  const { dataset } = readDicom(file);
  const number = (keyword: string) => dataset.number(keyword)!;
  const [width, height] = [number('TotalPixelMatrixColumns'), number('TotalPixelMatrixRows')];
  const [columns, rows] = [number('Columns'), number('Rows')];
  const whole: Raster = { width, height, channels: 3, data: new Uint8Array(width * height * 3) };
  const across = Math.ceil(width / columns);
  for (let frame = 1; frame <= number('NumberOfFrames'); frame++) {
    const { data } = await reference(file, {}, frame);
    const [left, top] = [((frame - 1) % across) * columns, Math.floor((frame - 1) / across) * rows];
    const shown = Math.min(columns, width - left) * 3;
    for (let row = 0; row < rows && top + row < height; row++) {
      whole.data.set(data.subarray(row * columns * 3, row * columns * 3 + shown), ((top + row) * width + left) * 3);
    }
  }
  return whole;
}

export function cut(
  { width, channels, data }: Raster,
  box: { left: number; top: number; width: number; height: number },
): Raster {
  const rows = Array.from({ length: box.height }, (_, row) => {
    const from = ((box.top + row) * width + box.left) * channels;
    return data.subarray(from, from + box.width * channels);
  });
  return { width: box.width, height: box.height, channels, data: Buffer.concat(rows) };
}

/** Turned by half a circle. */
export function turned({ data, ...raster }: Raster): Raster {
  const pixels = Array.from({ length: raster.width * raster.height }, (_, at) =>
    data.subarray(at * raster.channels, (at + 1) * raster.channels),
  );
  return { ...raster, data: Uint8Array.from(pixels.reverse().flatMap((pixel) => [...pixel])) };
}

/** What a page shows, undefined while there is none. */
export type Seen = (page: Page) => Promise<Raster | undefined>;

/** Resolves to how alike they are as soon as they are alike enough. */
export async function shows(page: Page, seen: Seen, picture: Raster, tolerance: Tolerance): Promise<Likeness> {
  const deadline = performance.now() + limits.shownMs;
  for (;;) {
    const screen = await seen(page);
    const found = screen && likeness(screen, picture, tolerance.share);
    const isAlike =
      found !== undefined &&
      found.meanDifference <= tolerance.meanDifference &&
      found.largestDifference <= tolerance.largestDifference;
    if (isAlike) return found;
    assert.ok(performance.now() < deadline, `something else is shown: ${JSON.stringify(found)}`);
    await pause(limits.lookAgainMs);
  }
}

/** The pixels of a canvas or video by itself. */
export const pixelsOf =
  (selector: string): Seen =>
  async (page) => {
    // What runs in the browser is text: its names are not those of Node.
    const url = await page.evaluate<string | undefined>(`(() => {
      const shown = document.querySelector(${JSON.stringify(selector)});
      if (shown?.tagName !== 'VIDEO') return shown?.width ? shown.toDataURL() : undefined;
      if (shown.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return undefined;
      const size = { width: shown.videoWidth, height: shown.videoHeight };
      const copy = Object.assign(document.createElement('canvas'), size);
      copy.getContext('2d').drawImage(shown, 0, 0);
      return copy.toDataURL();
    })()`);
    return url === undefined ? undefined : rasterOf(Buffer.from(url.split(',')[1]!, 'base64'));
  };

/** Where an element lies, with all that lies over it: WebGL gives the pixels of a canvas away to the screen alone. */
export const placeOf =
  (selector: string): Seen =>
  async (page) => {
    const found = page.locator(selector).first();
    return (await found.count()) === 0 ? undefined : rasterOf(await found.screenshot());
  };

/** White where there is colour. */
export const colourOf =
  (seen: Seen): Seen =>
  async (page) => {
    const raster = await seen(page);
    if (raster === undefined) return undefined;
    const { width, height, channels } = raster;
    const data = new Uint8Array(width * height).map((_, at) => {
      const pixel = raster.data.subarray(at * channels, (at + 1) * channels);
      return Math.max(...pixel) - Math.min(...pixel) > limits.grayDifference ? 255 : 0;
    });
    return { width, height, channels: 1, data };
  };

/** A picture of any kind that browsers know. */
export async function rasterOf(picture: Uint8Array): Promise<Raster> {
  const { data, info } = await sharp(picture)
    .flatten({ background: '#000' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels as 1 | 3, data };
}
