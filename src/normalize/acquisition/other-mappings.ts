// Private elements of United Imaging that have a standard equivalent. Canon (Toshiba), Fujifilm (Hitachi) write what we
// read of MR into standard attributes, Canon gradient directions into a comment (see canon.ts).

import { type Mapping, map } from './mapping.ts';
import { privateTags } from './private-tag.ts';

const image = privateTags('Image Private Header', 0x0065);

/** Elements without a standard equivalent, from which quantities are derived. */
export const uihTags = {
  numberOfImagesInGrid: image(0x50, 'DS'),
  volumeFrames: image(0x51, 'SQ'),
} as const;

export const uihMappings: readonly Mapping[] = [
  map(image(0x09, 'FD'), 'DiffusionBValue'),
  map(image(0x37, 'FD'), 'DiffusionGradientOrientation'),
  // `F:2S`, `2.5P`: what is before the letter that names the way.
  map(image(0x0d, 'SH'), 'ParallelReductionFactorInPlane', { kind: 'within', pattern: '(\\d+(?:\\.\\d+)?)' }),
];
