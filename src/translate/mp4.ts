// What an MP4 file (ISO 14496-12, -14, -15) says of its video, and the transfer syntax it can be kept in as it is:
// H.264 High Profile up to level 4.2 and H.265 Main and Main 10 up to level 5.1 (PS3.5 8.2.7 to 8.2.12).

import { Problem } from '../base/problem.ts';
import { asciiAt, type ByteSource, viewOf } from './byte-source.ts';
import type { PixelDescription } from './pixel-description.ts';

export const limits = {
  /** Of the Movie box, which says everything but the samples. */
  movieBytes: 32 * 1024 * 1024,
  /** Boxes of one level that are looked at. */
  boxes: 100_000,
} as const;

/** Brands of files whose boxes are alike: QuickTime movies, and still images (HEIF), which DICOM does not hold (PS3.5 8.2.7). */
const otherBrands = ['qt  ', 'heic', 'heix', 'mif1', 'msf1', 'avif', 'avis'];

export function isMp4(head: Uint8Array): boolean {
  return asciiAt(head, 4, 4) === 'ftyp' && !otherBrands.includes(asciiAt(head, 8, 4));
}

/** Throws dicom/unreadable for a file that is broken, dicom/not-expressible for a video that DICOM has no transfer syntax for. */
export async function describeMp4(file: ByteSource): Promise<PixelDescription> {
  const movie = await movieBox(file);
  for (const track of boxesOf(movie, 'trak')) {
    const media = boxesOf(track, 'mdia')[0];
    const handler = media && boxesOf(media, 'hdlr')[0];
    if (media !== undefined && handler !== undefined && asciiAt(handler, 8, 4) === 'vide') return describeTrack(media);
  }
  throw unreadable('an MP4 without a video track');
}

async function movieBox(file: ByteSource): Promise<Uint8Array> {
  let looked = 0;
  for (let at = 0; at + 8 <= file.sizeBytes && looked < limits.boxes; looked++) {
    const head = await file.read(at, at + 16);
    const { headerBytes, sizeBytes } = boxHeader(head, file.sizeBytes - at);
    if (asciiAt(head, 4, 4) === 'moov') {
      if (sizeBytes > limits.movieBytes) throw new Problem('dicom/limit', { limit: 'movieBytes', offset: at });
      return file.read(at + headerBytes, at + sizeBytes);
    }
    at += sizeBytes;
  }
  throw unreadable('an MP4 without its Movie box');
}

/** ISO 14496-12 4.2. `left`: how many bytes there are to the end of what is around. */
function boxHeader(head: Uint8Array, left: number): { headerBytes: number; sizeBytes: number } {
  const view = viewOf(head);
  const short = view.getUint32(0);
  const isLong = short === 1 && head.length >= 16;
  const headerBytes = isLong ? 16 : 8;
  const sizeBytes = isLong ? Number(view.getBigUint64(8)) : short === 0 ? left : short;
  if (sizeBytes < headerBytes || sizeBytes > left) throw unreadable('an MP4 with a box that does not fit');
  return { headerBytes, sizeBytes };
}

/** The contents of the boxes of one type directly in `content`. */
function boxesOf(content: Uint8Array, type: string): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0; at + 8 <= content.length; ) {
    const { headerBytes, sizeBytes } = boxHeader(content.subarray(at), content.length - at);
    if (asciiAt(content, at + 4, 4) === type) found.push(content.subarray(at + headerBytes, at + sizeBytes));
    at += sizeBytes;
  }
  return found;
}

function boxAt(content: Uint8Array, ...types: string[]): DataView {
  let inside = content;
  for (const type of types) {
    const [first] = boxesOf(inside, type);
    if (first === undefined) throw unreadable(`an MP4 without its ${type} box`);
    inside = first;
  }
  return viewOf(inside);
}

function describeTrack(media: Uint8Array): PixelDescription {
  const descriptions = boxAt(media, 'minf', 'stbl', 'stsd');
  if (descriptions.byteLength < 8 + 86) throw unreadable('an MP4 without a sample description');
  const entry = new Uint8Array(descriptions.buffer, descriptions.byteOffset + 8, descriptions.byteLength - 8);
  const sample = viewOf(entry);
  const { sizeBytes } = boxHeader(entry, entry.length);
  // ISO 14496-12 12.1.3: width and height lie behind 32 bytes of the entry; its own boxes behind 86.
  const coding = codingOf(asciiAt(entry, 4, 4), entry.subarray(86, sizeBytes));
  const { frames, frameTimeMs } = timing(media);
  return {
    transferSyntaxUid: `1.2.840.10008.1.2.4.${coding.syntax}`,
    rows: sample.getUint16(34),
    columns: sample.getUint16(32),
    samplesPerPixel: 3,
    photometricInterpretation: 'YBR_PARTIAL_420',
    bitsAllocated: coding.bits > 8 ? 16 : 8,
    bitsStored: coding.bits,
    pixelRepresentation: 0,
    lossyMethod: coding.lossyMethod,
    numberOfFrames: frames,
    frameTimeMs,
  };
}

interface Coding {
  syntax: number;
  bits: number;
  lossyMethod: string;
}

function codingOf(format: string, boxes: Uint8Array): Coding {
  if (format === 'avc1' || format === 'avc3') return h264(boxAt(boxes, 'avcC'));
  if (format === 'hvc1' || format === 'hev1') return h265(boxAt(boxes, 'hvcC'));
  throw notExpressible(`video in the format ${format.replace(/[^\x20-\x7e]/g, '?')}`);
}

/** ISO 14496-15 5.3.3.1.2: profile and ten times the level. */
function h264(configuration: DataView): Coding {
  const [profile, level] = [configuration.getUint8(1), configuration.getUint8(3)];
  if (profile !== 100) throw notExpressible(`H.264 of profile ${profile}; High Profile (100) is`);
  if (level > 42) throw notExpressible(`H.264 of level ${level / 10}; up to 4.2 is`);
  return { syntax: level <= 41 ? 102 : 104, bits: 8, lossyMethod: 'ISO_14496_10' };
}

/** ISO 14496-15 8.3.3.1.2: profile and thirty times the level. */
function h265(configuration: DataView): Coding {
  const [profile, level] = [configuration.getUint8(1) & 0x1f, configuration.getUint8(12)];
  if (profile !== 1 && profile !== 2) throw notExpressible(`H.265 of profile ${profile}; Main (1) and Main 10 (2) are`);
  if (level > 153) throw notExpressible(`H.265 of level ${level / 30}; up to 5.1 is`);
  return { syntax: profile === 1 ? 107 : 108, bits: profile === 1 ? 8 : 10, lossyMethod: 'ISO_23008_2' };
}

/** ISO 14496-12 8.6.1.2: how many samples, and how long each takes. */
function timing(media: Uint8Array): { frames: number; frameTimeMs: number } {
  const header = boxAt(media, 'mdhd');
  const timescale = header.getUint32(header.getUint8(0) === 1 ? 20 : 12);
  const times = boxAt(media, 'minf', 'stbl', 'stts');
  let frames = 0;
  let ticks = 0;
  const end = Math.min(times.byteLength, 8 + 8 * times.getUint32(4));
  for (let at = 8; at + 8 <= end; at += 8) {
    frames += times.getUint32(at);
    ticks += times.getUint32(at) * times.getUint32(at + 4);
  }
  if (frames === 0 || ticks === 0 || timescale === 0) throw notExpressible('an MP4 in fragments');
  return { frames, frameTimeMs: (1000 * ticks) / timescale / frames };
}

const unreadable = (reason: string): Problem => new Problem('dicom/unreadable', { offset: 0, reason });

const notExpressible = (what: string): Problem => new Problem('dicom/not-expressible', { what });
