// An image as it was stored: its frame without loss (PS3.18 10.4.1.1.6, Explicit VR Little Endian), put on the screen by
// the same rendering as the server's, here. Loaded only when somebody asks for it.

import { fromJson } from '../dicom/json.ts';
import { imageOf } from '../pixels/image.ts';
import { renderFrame } from '../pixels/render.ts';
import { askOriginal, frameSamples } from './frame-samples.ts';
import { instancePath, type Place } from './image-url.ts';

/** Rejects with an Error for the person. */
export async function originalImage(
  place: Place,
  frame: number,
  window: { center: number; width: number } | undefined,
): Promise<HTMLCanvasElement> {
  const [metadata, samples] = await Promise.all([
    askOriginal(`${instancePath(place)}/metadata`, 'application/dicom+json').then((response) => response.json()),
    frameSamples(place, frame),
  ]);
  const image = imageOf(fromJson(metadata[0]));
  const wish = window === undefined ? {} : { window: { ...window, function: 'LINEAR' as const } };
  const { width, height, channels, data } = renderFrame(samples, image, frame, wish);
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d')!.putImageData(new ImageData(rgba(data, channels), width, height), 0, 0);
  return canvas;
}

function rgba(data: Uint8Array, channels: 1 | 3): Uint8ClampedArray<ArrayBuffer> {
  const pixels = data.length / channels;
  const out = new Uint8ClampedArray(pixels * 4);
  for (let at = 0; at < pixels; at++) {
    for (let channel = 0; channel < 3; channel++) out[at * 4 + channel] = data[at * channels + (channel % channels)]!;
    out[at * 4 + 3] = 255;
  }
  return out;
}
