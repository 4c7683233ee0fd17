// What a JPEG (ISO 10918-1) or JPEG-LS (ISO 14495-1) codestream says of itself, from its markers up to the first scan, and
// the transfer syntax it can be kept in as it is (PS3.5 8.2.1 to 8.2.3).

import { viewOf } from './byte-source.ts';
import type { PixelDescription } from './pixel-description.ts';

/** Undefined where it is no such codestream, is cut before its scan, or has pixels that no transfer syntax takes. */
export function describeJpeg(head: Uint8Array): PixelDescription | undefined {
  if (head[0] !== 0xff || head[1] !== 0xd8) return undefined;
  const found: Segments = { isJfif: false };
  for (const segment of segments(head)) {
    const { marker, content } = segment;
    if (isStartOfFrame(marker)) found.frame ??= segment;
    if (marker === 0xe0 && startsWith(content, 'JFIF')) found.isJfif = true;
    if (marker === 0xee && startsWith(content, 'Adobe')) found.adobeTransform = content[11];
    if (marker === 0xda) return described(found, content);
  }
  return undefined;
}

export interface Segment {
  marker: number;
  /** Without the two bytes of its length. */
  content: Uint8Array;
}

interface Segments {
  frame?: Segment;
  isJfif: boolean;
  /** 0: the components are not transformed; 1: YCbCr. */
  adobeTransform?: number;
}

/** Up to the first scan, and as far as the bytes reach. */
export function* segments(head: Uint8Array): Generator<Segment> {
  const view = viewOf(head);
  for (let at = 2; at + 4 <= head.length; ) {
    if (head[at] !== 0xff) return;
    const marker = head[at + 1]!;
    // B.1.1.2: any marker may be preceded by fill bytes; these stand alone.
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (end > head.length || end < at + 4) return;
    yield { marker, content: head.subarray(at + 4, end) };
    at = end;
  }
}

/** SOF0 to SOF15 and SOF55 (JPEG-LS), without DHT, JPG and DAC, which lie among them. */
const isStartOfFrame = (marker: number): boolean =>
  marker === 0xf7 || (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker));

function described(found: Segments, scan: Uint8Array): PixelDescription | undefined {
  const content = found.frame?.content;
  if (content === undefined || content.length < 6) return undefined;
  const view = viewOf(content);
  const [precision, rows, columns] = [content[0]!, view.getUint16(1), view.getUint16(3)];
  const samplesPerPixel = content[5]!;
  const coding = codingOf(found.frame!.marker, precision, scan);
  if (coding === undefined || rows === 0 || columns === 0 || content.length < 6 + 3 * samplesPerPixel) return undefined;
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3) return undefined;
  return {
    transferSyntaxUid: `1.2.840.10008.1.2.4.${coding.syntax}`,
    rows,
    columns,
    samplesPerPixel,
    photometricInterpretation:
      samplesPerPixel === 1 ? 'MONOCHROME2' : colourOf(found, coding.lossyMethod !== undefined),
    bitsAllocated: precision > 8 ? 16 : 8,
    bitsStored: precision,
    pixelRepresentation: 0,
    lossyMethod: coding.lossyMethod,
  };
}

/** The last component of the transfer syntax, by the process of the frame and the parameters of the scan. */
function codingOf(
  marker: number,
  precision: number,
  scan: Uint8Array,
): { syntax: number; lossyMethod?: string } | undefined {
  // B.2.3 and ISO 14495-1 C.2.3: Ss, the predictor of a lossless scan, the error bound of JPEG-LS.
  const parameter = scan[1 + 2 * (scan[0] ?? 0)];
  const lossyMethod = 'ISO_10918_1';
  switch (marker) {
    case 0xc0:
      return { syntax: 50, lossyMethod };
    case 0xc1:
      return { syntax: precision === 8 ? 50 : 51, lossyMethod };
    case 0xc2:
      return { syntax: 55, lossyMethod };
    case 0xc3:
      return { syntax: parameter === 1 ? 70 : 57 };
    case 0xf7:
      return parameter === 0 ? { syntax: 80 } : { syntax: 81, lossyMethod: 'ISO_14495_1' };
    default:
      return undefined;
  }
}

/** PS3.3 C.7.6.3.1.2. A codestream that says nothing is YCbCr where it is lossy (JFIF), RGB where it is not. */
function colourOf({ frame, isJfif, adobeTransform }: Segments, isLossy: boolean): string {
  const component = (at: number): { id: number; sampling: number } => ({
    id: frame!.content[6 + 3 * at]!,
    sampling: frame!.content[7 + 3 * at]!,
  });
  const [first, second, third] = [component(0), component(1), component(2)];
  const namedRgb = first.id === 0x52 && second.id === 0x47 && third.id === 0x42;
  const isYcbcr = adobeTransform !== undefined ? adobeTransform === 1 : isJfif || (isLossy && !namedRgb);
  if (!isYcbcr) return 'RGB';
  return first.sampling === second.sampling ? 'YBR_FULL' : 'YBR_FULL_422';
}

function startsWith(content: Uint8Array, text: string): boolean {
  return [...text].every((character, at) => content[at] === character.charCodeAt(0));
}
