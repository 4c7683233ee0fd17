// What MPEG-2 video (ISO 13818-2), alone or in a program stream (ISO 13818-1), says of itself, and the transfer syntax it
// can be kept in as it is: Main Profile at Main and High Level (PS3.5 8.2.5 and 8.2.6).

import { Problem } from '../base/problem.ts';
import { type ByteSource, viewOf } from './byte-source.ts';
import type { PixelDescription } from './pixel-description.ts';

export const limits = {
  /** Read at once. */
  stepBytes: 256 * 1024,
} as const;

const PICTURE = 0x00;
const SEQUENCE_HEADER = 0xb3;
const EXTENSION = 0xb5;
const PACK_HEADER = 0xba;
const PROGRAM_END = 0xb9;

/** Table 6-4, by frame_rate_code. */
const framesPerSecond = [0, 24_000 / 1001, 24, 25, 30_000 / 1001, 30, 50, 60_000 / 1001, 60];

/** What follows the three bytes of a start code. */
const startCodeAt = (bytes: Uint8Array, at: number): number | undefined =>
  bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 1 ? bytes[at + 3] : undefined;

export const isMpeg2 = (head: Uint8Array): boolean =>
  startCodeAt(head, 0) === SEQUENCE_HEADER || startCodeAt(head, 0) === PACK_HEADER;

/** Throws dicom/unreadable, or dicom/not-expressible for a profile or level that DICOM has no transfer syntax for. */
export async function describeMpeg2(stream: ByteSource): Promise<PixelDescription> {
  let pictures = 0;
  let first: Uint8Array | undefined;
  for await (const step of videoOf(stream)) {
    first ??= step;
    pictures += countPictures(step);
  }
  if (first === undefined || startCodeAt(first, 0) !== SEQUENCE_HEADER) throw unreadable('no MPEG-2 video');
  const extension = sequenceExtension(first);
  // Table 8-2: escape bit, three bits of profile, four of level.
  const [profile, level] = [(extension.profileAndLevel >> 4) & 0x7, extension.profileAndLevel & 0xf];
  if (profile !== 4) throw notExpressible(`MPEG-2 of profile ${profile}; Main (4) is`);
  const rate = framesPerSecond[first[7]! & 0xf] ?? 0;
  if (rate === 0 || pictures === 0) throw unreadable('an MPEG-2 video without pictures or frame rate');
  return {
    transferSyntaxUid: `1.2.840.10008.1.2.4.${level === 8 || level === 10 ? 100 : 101}`,
    columns: (extension.columns << 12) | (first[4]! << 4) | (first[5]! >> 4),
    rows: (extension.rows << 12) | ((first[5]! & 0xf) << 8) | first[6]!,
    samplesPerPixel: 3,
    photometricInterpretation: 'YBR_PARTIAL_420',
    bitsAllocated: 8,
    bitsStored: 8,
    pixelRepresentation: 0,
    lossyMethod: 'ISO_13818_2',
    numberOfFrames: pictures,
    frameTimeMs: 1000 / rate,
  };
}

/** The video in steps, each with the last three bytes of the one before: a start code may lie across them. */
async function* videoOf(stream: ByteSource): AsyncGenerator<Uint8Array> {
  const isProgram = startCodeAt(await stream.read(0, 4), 0) === PACK_HEADER;
  let tail: Uint8Array = new Uint8Array(0);
  for await (const bytes of isProgram ? payloads(stream) : steps(stream)) {
    const step = new Uint8Array(tail.length + bytes.length);
    step.set(tail);
    step.set(bytes, tail.length);
    yield step;
    tail = step.slice(-3);
  }
}

async function* steps(stream: ByteSource): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < stream.sizeBytes; at += limits.stepBytes) yield stream.read(at, at + limits.stepBytes);
}

/** ISO 13818-1 2.5.3: the payloads of the first video stream's packets. */
async function* payloads(stream: ByteSource): AsyncGenerator<Uint8Array> {
  let video: number | undefined;
  for (let at = 0; at + 6 <= stream.sizeBytes; ) {
    // One packet, whose length is of 16 bits.
    const packet = await stream.read(at, at + 6 + 0xffff);
    const code = startCodeAt(packet, 0);
    if (code === undefined) throw unreadable('an MPEG-2 program stream that breaks off');
    if (code === PROGRAM_END) return;
    if (code === PACK_HEADER) {
      at += 14 + ((packet[13] ?? 0) & 0x7);
      continue;
    }
    const end = 6 + viewOf(packet).getUint16(4);
    if (code >= 0xe0 && code <= 0xef) video ??= code;
    if (code === video) yield packet.subarray(9 + (packet[8] ?? 0), end);
    at += end;
  }
}

/** 6.2.2.3: the upper bits of the sizes, profile and level. */
function sequenceExtension(video: Uint8Array): { profileAndLevel: number; columns: number; rows: number } {
  const view = viewOf(video);
  for (let at = 12; at + 8 <= video.length; at++) {
    if (startCodeAt(video, at) !== EXTENSION || video[at + 4]! >> 4 !== 1) continue;
    const bits = view.getUint32(at + 4);
    return { profileAndLevel: (bits >>> 20) & 0xff, columns: (bits >>> 15) & 3, rows: (bits >>> 13) & 3 };
  }
  throw notExpressible('MPEG-1 video');
}

/** One a frame where pictures are frames, as they are in progressive and in most interlaced video. */
function countPictures(step: Uint8Array): number {
  let count = 0;
  for (let found = step.indexOf(1, 2); found >= 0; found = step.indexOf(1, found + 1)) {
    if (startCodeAt(step, found - 2) === PICTURE) count += 1;
  }
  return count;
}

const unreadable = (reason: string): Problem => new Problem('dicom/unreadable', { offset: 0, reason });

const notExpressible = (what: string): Problem => new Problem('dicom/not-expressible', { what });
