// Colour images to 8-bit red, green, blue: RGB of any depth, the YBR forms and palettes. PS3.3 C.7.6.3.1.2 (Photometric
// Interpretation) and C.7.6.19 (supplemental palettes). What codecs turned to RGB themselves (YBR_RCT, YBR_ICT) is RGB here.

import { Problem } from '../base/problem.ts';
import type { ImageDescription } from './image.ts';
import { type Palette, paletteIndex } from './palette.ts';
import { signedValue, storedBits, storedValues, type Words, wordsOf } from './stored-values.ts';
import { ybrToRgb } from './ybr.ts';

/** A native frame of three samples a pixel, colour by pixel. Throws request/malformed where it is of another number. */
export function toRgb(samples: Uint8Array, image: ImageDescription): Uint8Array {
  if (image.samplesPerPixel !== 3) {
    throw new Problem('request/malformed', { reason: `${image.samplesPerPixel} Samples per Pixel cannot be shown` });
  }
  const pixels = image.rows * image.columns;
  const { photometricInterpretation: interpretation } = image;
  // C.7.6.3.1.2: natively, 4:2:2 has two luminances, then the two colour differences they share.
  const isPaired = /_422$/.test(interpretation) && samples.length * 8 < pixels * 3 * image.bitsAllocated;
  const eightBit = isPaired
    ? unpaired(toEightBits(wordsOf(samples, image, pixels * 2), image))
    : toEightBits(wordsOf(samples, image, pixels * 3), image);
  const convert = ybrToRgb[interpretation];
  return convert === undefined ? eightBit.slice() : convert(eightBit);
}

/** Y1 Y2 Cb Cr as Y1 Cb Cr Y2 Cb Cr. */
function unpaired(pairs: Uint8Array): Uint8Array {
  const out = new Uint8Array((pairs.length / 2) * 3);
  for (let from = 0, to = 0; from + 3 < pairs.length; from += 4, to += 6) {
    out[to] = pairs[from]!;
    out[to + 3] = pairs[from + 1]!;
    out[to + 1] = out[to + 4] = pairs[from + 2]!;
    out[to + 2] = out[to + 5] = pairs[from + 3]!;
  }
  return out;
}

function toEightBits(words: Words, image: ImageDescription): Uint8Array {
  if (words instanceof Uint8Array && image.bitsStored === 8) return words;
  const full = 2 ** image.bitsStored - 1;
  return Uint8Array.from(storedValues(words, image), (value) => (value / full) * 255 + 0.5);
}

/** Stored values through a palette. */
export function throughPalette(words: Words, image: ImageDescription, palette: Palette): Uint8Array {
  const rgb = new Uint8Array(words.length * 3);
  const bits = storedBits(image);
  for (let i = 0, to = 0; i < words.length; i++, to += 3) {
    const stored = signedValue((words[i]! >>> bits.shift) & (bits.codes - 1), bits);
    paint(rgb, to, palette, paletteIndex(palette, stored));
  }
  return rgb;
}

/** C.7.6.19: stored values from the palette's first on are coloured, those below stay the gray they have. */
export function withSupplementalPalette(
  gray: Uint8Array,
  words: Words,
  image: ImageDescription,
  palette: Palette,
): Uint8Array {
  const rgb = new Uint8Array(words.length * 3);
  const bits = storedBits(image);
  for (let i = 0, to = 0; i < words.length; i++, to += 3) {
    const stored = signedValue((words[i]! >>> bits.shift) & (bits.codes - 1), bits);
    if (stored >= palette.firstMapped) paint(rgb, to, palette, paletteIndex(palette, stored));
    else rgb.fill(gray[i]!, to, to + 3);
  }
  return rgb;
}

/** PS3.3 C.11.13: the output of the grayscale pipeline spread over all of a palette. */
export function withPseudoColour(gray: Uint8Array, palette: Palette): Uint8Array {
  const rgb = new Uint8Array(gray.length * 3);
  const last = palette.red.length - 1;
  for (let i = 0, to = 0; i < gray.length; i++, to += 3) paint(rgb, to, palette, Math.round((gray[i]! * last) / 255));
  return rgb;
}

function paint(rgb: Uint8Array, to: number, { red, green, blue }: Palette, index: number): void {
  rgb[to] = red[index]!;
  rgb[to + 1] = green[index]!;
  rgb[to + 2] = blue[index]!;
}
