// What a camera wrote into a JPEG beside the picture (Exif 3.0, CIPA DC-008: a TIFF in APP1), and what of it is personal. The
// codestream is kept as it is, so all of it stays in the instance, where no header shows it.

import type { Finding } from '../dicom/finding.ts';
import { asciiAt, viewOf } from './byte-source.ts';
import { segments } from './jpeg-header.ts';

export interface Exif {
  /** 1: as it lies; 2 to 8: to be turned or mirrored, which DICOM does not know. */
  orientation?: number;
  /** By the clock of the camera: `YYYYMMDD` and `HHMMSS`. */
  takenAt?: { date: string; time: string };
  /** What else there is, in words. */
  says: string[];
}

const APP1 = 0xe1;
const HEADER = 'Exif\0\0';
const [SHORT, LONG] = [3, 4];
const tags = { make: 0x010f, model: 0x0110, orientation: 0x0112, changed: 0x0132, artist: 0x013b } as const;
const pointers = { exif: 0x8769, position: 0x8825 } as const;
const ofExif = { taken: 0x9003, owner: 0xa430, serial: 0xa431 } as const;

export const limits = {
  /** Entries of one directory that are looked at. */
  entries: 512,
} as const;

/** Undefined where there is none, or none that can be read. */
export function exifOf(head: Uint8Array): Exif | undefined {
  for (const { marker, content } of segments(head)) {
    if (marker === APP1 && asciiAt(content, 0, HEADER.length) === HEADER)
      return exifIn(content.subarray(HEADER.length));
  }
  return undefined;
}

/** Undefined where the picture lies as it is to be seen and nothing is said of anybody. */
export function exifFinding({ orientation = 1, takenAt, says }: Exif): Finding | undefined {
  const personal = [...(takenAt === undefined ? [] : ['when it was taken']), ...says];
  if (personal.length === 0 && orientation === 1) return undefined;
  const kept = personal.length === 0 ? '' : `it is kept as it is, and says ${personal.join(', ')}`;
  const turned = orientation === 1 ? '' : `orientation ${orientation} is not followed: it is shown as it lies`;
  const assumed = [kept, turned].filter((part) => part !== '').join('; ');
  return { code: 'exif', path: '7FE00010', offset: -1, assumed };
}

type Directory = ReadonlyMap<number, { type: number; count: number; at: number }>;

/** Of the TIFF that EXIF is, wherever it lay. */
export function exifIn(tiff: Uint8Array): Exif | undefined {
  const order = asciiAt(tiff, 0, 2);
  if ((order !== 'II' && order !== 'MM') || tiff.length < 8) return undefined;
  const little = order === 'II';
  const view = viewOf(tiff);
  const first = directoryAt(view, view.getUint32(4, little), little);
  const within = (pointer: number): Directory => {
    const entry = first.get(pointer);
    return entry?.type !== LONG ? new Map() : directoryAt(view, view.getUint32(entry.at, little), little);
  };
  const exif = within(pointers.exif);
  const text = (directory: Directory, tag: number): string | undefined => {
    const { count = 0, at = 0 } = directory.get(tag) ?? {};
    const start = count <= 4 ? at : view.getUint32(at, little);
    if (count === 0 || start + count > tiff.length) return undefined;
    return asciiAt(tiff, start, Math.min(count, 256)).replace(/[\0 ]+$/, '') || undefined;
  };
  const orientation = first.get(tags.orientation);
  const isSaid: [string, boolean][] = [
    ['where it was taken', within(pointers.position).size > 0],
    [
      'by which camera',
      [tags.make, tags.model].some((tag) => text(first, tag) !== undefined) || exif.has(ofExif.serial),
    ],
    ['by whom', text(first, tags.artist) !== undefined || text(exif, ofExif.owner) !== undefined],
  ];
  return {
    orientation: orientation?.type === SHORT ? view.getUint16(orientation.at, little) : undefined,
    takenAt: moment(text(exif, ofExif.taken) ?? text(first, tags.changed)),
    says: isSaid.filter(([, said]) => said).map(([what]) => what),
  };
}

/** TIFF 6.0 2: entries of twelve bytes, whose last four hold the value or say where it is. */
function directoryAt(view: DataView, offset: number, little: boolean): Directory {
  const entries = new Map<number, { type: number; count: number; at: number }>();
  if (offset + 2 > view.byteLength) return entries;
  const count = Math.min(view.getUint16(offset, little), limits.entries);
  for (let at = offset + 2; entries.size < count && at + 12 <= view.byteLength; at += 12) {
    const [tag, type] = [view.getUint16(at, little), view.getUint16(at + 2, little)];
    // What occurs twice is no directory, but bytes that were taken for one.
    if (entries.has(tag)) return entries;
    entries.set(tag, { type, count: view.getUint32(at + 4, little), at: at + 8 });
  }
  return entries;
}

/** `2026:01:15 10:11:12`; a camera whose clock was never set says zeros or blanks. */
function moment(text: string | undefined): Exif['takenAt'] {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(text ?? '')?.map(Number) ?? [];
  if (year === undefined || year === 0 || !isWithin(month!, 1, 12) || !isWithin(day!, 1, 31)) return undefined;
  if (!isWithin(hour!, 0, 23) || !isWithin(minute!, 0, 59) || !isWithin(second!, 0, 59)) return undefined;
  const digits = text!.replace(/\D/g, '');
  return { date: digits.slice(0, 8), time: digits.slice(8, 14) };
}

const isWithin = (value: number, least: number, most: number): boolean => value >= least && value <= most;
