// What is drawn into the pixels of a picture: the graphics of a presentation state, the words of a link, annotations.

import sharp from 'sharp';
import { type AnnotationLines, annotationGraphics } from '../../pixels/annotation.ts';
import { graphicsSvg } from '../../pixels/presentation/graphics-svg.ts';
import type { Raster } from '../../pixels/raster.ts';
import type { Rendered } from '../../pixels/render.ts';
import { watermarkSvg } from './watermark-svg.ts';

/** What a presentation state has drawn, laid over the pixels. */
export async function withGraphics(rendered: Rendered): Promise<Raster> {
  const { width, height, graphics } = rendered;
  return graphics.length === 0 ? rendered : overlaid(rendered, graphicsSvg(graphics, width, height));
}

/** After the region is cut: a part of an image says whose it is too. */
export async function withWatermark(raster: Raster, watermark: string | undefined): Promise<Raster> {
  return watermark === undefined ? raster : overlaid(raster, watermarkSvg(watermark, raster.width, raster.height));
}

/** Written when the picture has its size, which letters do not scale with. PS3.18 8.3.5.1.1. */
export async function withAnnotation(
  raster: Raster,
  lines: AnnotationLines,
  { width, height }: { width: number; height: number },
): Promise<Raster> {
  const sized = width === raster.width && height === raster.height ? raster : await resized(raster, { width, height });
  return overlaid(sized, graphicsSvg(annotationGraphics(lines, width, height), width, height));
}

async function resized(raster: Raster, size: { width: number; height: number }): Promise<Raster> {
  const { width, height, channels } = raster;
  const image = sharp(raster.data, { raw: { width, height, channels }, limitInputPixels: false });
  const { data } = await image
    .resize({ ...size, fit: 'fill' })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { ...size, channels, data };
}

async function overlaid({ width, height, channels, data: pixels }: Raster, svg: string): Promise<Raster> {
  const image = sharp(pixels, { raw: { width, height, channels }, limitInputPixels: false }).toColourspace('srgb');
  const { data } = await image
    .composite([{ input: Buffer.from(svg) }])
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width, height, channels: 3, data };
}
