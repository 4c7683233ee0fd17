// Fonts for every script that a report is written in, all of licences that let them be embedded: DejaVu (Latin, Greek, Cyrillic,
// Hebrew, Arabic), Chocolate Classical Sans (Han, kana), Gowun Dodum (Hangul), and Unifont for what none of these has. Of each a
// document holds the characters it uses and no others.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export type FontName = 'text' | 'bold' | 'han' | 'hangul' | 'others';

const files: Readonly<Record<FontName, string>> = {
  text: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  bold: 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
  han: '@expo-google-fonts/chocolate-classical-sans/400Regular/ChocolateClassicalSans_400Regular.ttf',
  hangul: '@expo-google-fonts/gowun-dodum/400Regular/GowunDodum_400Regular.ttf',
  others: '@fontsource/unifontex/files/unifontex-latin-400-normal.woff2',
};

/** Asked in this order. */
export const fallbacks: readonly FontName[] = ['han', 'hangul', 'others'];

const { resolve } = createRequire(import.meta.url);
const read = new Map<FontName, Buffer>();

/** Read once, when it is first needed. */
export function fontFile(name: FontName): Buffer {
  let bytes = read.get(name);
  if (bytes === undefined) {
    bytes = readFileSync(resolve(files[name]));
    read.set(name, bytes);
  }
  return bytes;
}
