// What a canvas of a page shows, and waiting until it is what it should be.

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { readDicom } from '../../src/dicom/reader.ts';
import { imageOf } from '../../src/pixels/image.ts';
import type { Raster } from '../../src/pixels/raster.ts';
import { renderFrame } from '../../src/pixels/render.ts';
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
};

/** A frame (from 1) of a Part 10 file as `src/pixels` renders it, which DCMTK agrees with (src/pixels/corpus.test.ts). */
export async function reference(file: Uint8Array, frame = 1): Promise<Raster> {
  const read = readDicom(file);
  const image = imageOf(read.dataset);
  const samples = await samplesOf(read, image, frame);
  assert.ok(samples, `frame ${frame}`);
  return renderFrame(samples, image, frame, {});
}

/** Resolves to how alike they are as soon as they are alike enough. */
export async function shows(page: Page, canvas: string, picture: Raster, tolerance: Tolerance): Promise<Likeness> {
  const deadline = performance.now() + limits.shownMs;
  for (;;) {
    const screen = await canvasRaster(page, canvas);
    const found = screen && likeness(screen, picture, tolerance.share);
    const isAlike =
      found !== undefined &&
      found.meanDifference <= tolerance.meanDifference &&
      found.largestDifference <= tolerance.largestDifference;
    if (isAlike) return found;
    assert.ok(performance.now() < deadline, `${canvas} shows something else: ${JSON.stringify(found)}`);
    await page.evaluate('new Promise(requestAnimationFrame)');
  }
}

/** Undefined while there is none. */
export async function canvasRaster(page: Page, selector: string): Promise<Raster | undefined> {
  // What runs in the browser is text: its names are not those of Node.
  const url = await page.evaluate<string | undefined>(`(() => {
    const canvas = document.querySelector(${JSON.stringify(selector)});
    return canvas?.width ? canvas.toDataURL() : undefined;
  })()`);
  if (url === undefined) return undefined;
  const { data, info } = await sharp(Buffer.from(url.split(',')[1]!, 'base64'))
    .flatten({ background: '#000' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels as 1 | 3, data };
}
