// Formats of pictures and videos that DICOM has no transfer syntax for, known by their first bytes: what can become an
// instance only after somebody has decoded it, put it into another container or encoded it anew.

import { asciiAt, viewOf } from './byte-source.ts';
import { isTiff } from './tiff.ts';

/** ISO 23008-12 and AV1 Image File Format: still images in boxes. */
const heifBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'avif', 'avis'];

const isHeif = (head: Uint8Array): boolean =>
  asciiAt(head, 4, 4) === 'ftyp' && heifBrands.includes(asciiAt(head, 8, 4));

const isRiff = (head: Uint8Array, form: string): boolean =>
  asciiAt(head, 0, 4) === 'RIFF' && asciiAt(head, 8, 4) === form;

export const isOtherPicture = (head: Uint8Array): boolean =>
  isTiff(head) || isHeif(head) || isRiff(head, 'WEBP') || /^GIF8[79]a/.test(asciiAt(head, 0, 6));

/** QuickTime (its files may begin without `ftyp`), AVI, Matroska and WebM, Ogg, Flash, and transport streams. */
export const isOtherVideo = (head: Uint8Array): boolean =>
  (asciiAt(head, 4, 4) === 'ftyp' && asciiAt(head, 8, 4) === 'qt  ') ||
  ['moov', 'mdat', 'wide', 'pnot'].includes(asciiAt(head, 4, 4)) ||
  isRiff(head, 'AVI ') ||
  (head.length >= 4 && viewOf(head).getUint32(0) === 0x1a45_dfa3) ||
  asciiAt(head, 0, 4) === 'OggS' ||
  (head[0] === 0x47 && head[188] === 0x47 && head[376] === 0x47);

/** Electrocardiograms that no library of ours reads: named, so that whoever sent one knows what to ask for instead. */
export function electrocardiogramOf(head: Uint8Array): string | undefined {
  if (asciiAt(head, 14, 6) === 'SCPECG' || asciiAt(head, 16, 6) === 'SCPECG') return 'an ECG in SCP-ECG';
  const start = asciiAt(head, 0, Math.min(head.length, 4096));
  if (/<(\w+:)?AnnotatedECG[\s>]/.test(start)) return 'an ECG in HL7 aECG';
  if (/<(\w+:)?(RestingECG|restingecgdata|CardiologyXML)\b/.test(start)) return 'an ECG in the XML of its vendor';
  return undefined;
}
