// HEIC (ISO 23008-12 with HEVC), as telephones write it, by libheif: turned and cropped as the file says.

import { readFile } from 'node:fs/promises';
import libheif from 'libheif-js/wasm-bundle.js';
import { Problem } from '../../base/problem.ts';
import type { NativeImage } from '../../translate/png.ts';

/** Its primary picture. Throws dicom/unreadable. */
export async function heifImage(input: string | Uint8Array): Promise<NativeImage> {
  const bytes = typeof input === 'string' ? await readFile(input) : input;
  const images = new libheif.HeifDecoder().decode(bytes);
  const image = images.find((one) => one.is_primary()) ?? images[0];
  if (image === undefined) throw unreadable();
  try {
    const [columns, rows] = [image.get_width(), image.get_height()];
    const rgba = { data: new Uint8ClampedArray(4 * columns * rows), width: columns, height: rows };
    const shown = await new Promise<typeof rgba | null>((resolve) => image.display(rgba, resolve));
    if (shown === null) throw unreadable();
    return { rows, columns, samplesPerPixel: 3, bitsAllocated: 8, samples: onWhite(shown.data) };
  } finally {
    for (const one of images) one.free();
  }
}

function onWhite(rgba: Uint8ClampedArray): Uint8Array {
  const samples = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const alpha = rgba[from + 3]!;
    for (let c = 0; c < 3; c++) {
      samples[to + c] =
        alpha === 255 ? rgba[from + c]! : Math.round((rgba[from + c]! * alpha + 255 * (255 - alpha)) / 255);
    }
  }
  return samples;
}

const unreadable = (): Problem =>
  new Problem('dicom/unreadable', { offset: 0, reason: 'a HEIC picture that is broken' });
