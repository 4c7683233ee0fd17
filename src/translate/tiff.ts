// The directories of a TIFF file (TIFF 6.0 2) or a BigTIFF, read from where they lie: what each says of its image, without the
// image. Values that do not fit an entry are read when they are asked for.

import { Problem } from '../base/problem.ts';
import { asciiAt, type ByteSource, viewOf } from './byte-source.ts';

export const limits = {
  /** Images of one file, those in SubIFDs among them. */
  directories: 1_000,
  /** Entries of one directory. */
  entries: 4_096,
  /** Of one value, as bytes and as numbers: the places of four million tiles. */
  valueBytes: 64 * 1024 * 1024,
  values: 4 * 1024 * 1024,
} as const;

/** Those that are asked for by name. */
const tiffTags = {
  newSubfileType: 254,
  imageWidth: 256,
  imageLength: 257,
  bitsPerSample: 258,
  compression: 259,
  photometricInterpretation: 262,
  imageDescription: 270,
  make: 271,
  model: 272,
  orientation: 274,
  samplesPerPixel: 277,
  xResolution: 282,
  yResolution: 283,
  planarConfiguration: 284,
  resolutionUnit: 296,
  software: 305,
  dateTime: 306,
  predictor: 317,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  subIfds: 330,
  jpegTables: 347,
  iccProfile: 34_675,
  /** Hamamatsu's own. */
  ndpiFormat: 65_420,
} as const;

export type TiffTag = keyof typeof tiffTags;

interface Entry {
  type: number;
  count: number;
  /** Where the value lies in the file. */
  at: number;
}

/** TIFF 6.0 2 and, from 16 on, BigTIFF: bytes of one value, by type. */
const widths: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8 }; // biome-ignore format: a table

export class TiffDirectory {
  readonly #file: ByteSource;
  readonly littleEndian: boolean;
  readonly #entries: ReadonlyMap<number, Entry>;
  /** Which of the chain it is, from 0; absent in those below another. */
  readonly page: number | undefined;
  /** Those that its SubIFDs name (TIFF Technical Note 1). */
  readonly below: TiffDirectory[] = [];

  constructor(file: ByteSource, little: boolean, entries: ReadonlyMap<number, Entry>, page: number | undefined) {
    this.#file = file;
    this.littleEndian = little;
    this.#entries = entries;
    this.page = page;
  }

  has(tag: TiffTag): boolean {
    return this.#entries.has(tiffTags[tag]);
  }

  /** Empty where it is absent or no number. Throws dicom/limit, dicom/unreadable. */
  async numbers(tag: TiffTag): Promise<number[]> {
    const entry = this.#entries.get(tiffTags[tag]);
    if (entry === undefined) return [];
    if (entry.count > limits.values) throw new Problem('dicom/limit', { limit: 'values', offset: entry.at });
    const view = viewOf(await this.#value(entry));
    const width = widths[entry.type]!;
    return Array.from({ length: entry.count }, (_, at) => numberAt(view, width * at, entry.type, this.littleEndian));
  }

  async number(tag: TiffTag): Promise<number | undefined> {
    return (await this.numbers(tag))[0];
  }

  async text(tag: TiffTag): Promise<string | undefined> {
    const bytes = await this.bytes(tag);
    const end = bytes?.indexOf(0) ?? -1;
    return new TextDecoder().decode(end < 0 ? bytes : bytes!.subarray(0, end)).trim() || undefined;
  }

  async bytes(tag: TiffTag): Promise<Uint8Array | undefined> {
    const entry = this.#entries.get(tiffTags[tag]);
    return entry && this.#value(entry);
  }

  async #value({ type, count, at }: Entry): Promise<Uint8Array> {
    const length = count * (widths[type] ?? 1);
    if (length > limits.valueBytes) throw new Problem('dicom/limit', { limit: 'valueBytes', offset: at });
    const bytes = await this.#file.read(at, at + length);
    if (bytes.length < length) throw unreadable(at, 'a TIFF whose values lie outside of it');
    return bytes;
  }
}

export const isTiff = (head: Uint8Array): boolean =>
  ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(asciiAt(head, 0, 4)) && head.length >= 8;

/** Its directories in the order of the file. Throws dicom/unreadable, dicom/limit. */
export async function readTiff(file: ByteSource): Promise<TiffDirectory[]> {
  const head = await file.read(0, 16);
  if (!isTiff(head)) throw unreadable(0, 'no TIFF');
  const reader = new DirectoryReader(file, head[0] === 0x49, head[2] === 43 || head[3] === 43);
  return reader.chain(reader.first(head));
}

class DirectoryReader {
  readonly #file: ByteSource;
  readonly #little: boolean;
  readonly #big: boolean;
  /** Each is read once: a chain that comes back to itself has no end. */
  readonly #seen = new Set<number>();

  constructor(file: ByteSource, little: boolean, big: boolean) {
    this.#file = file;
    this.#little = little;
    this.#big = big;
  }

  first(head: Uint8Array): number {
    if (this.#big && head.length < 16) throw unreadable(0, 'a TIFF that is cut');
    return this.#offsetAt(viewOf(head), this.#big ? 8 : 4);
  }

  async chain(first: number): Promise<TiffDirectory[]> {
    const directories: TiffDirectory[] = [];
    for (let offset = first; offset !== 0 && !this.#seen.has(offset); ) {
      const { directory, next } = await this.#directory(offset, directories.length);
      directories.push(directory);
      for (const place of await directory.numbers('subIfds')) await this.#below(directory, place);
      offset = next;
    }
    if (directories.length === 0) throw unreadable(0, 'a TIFF without an image');
    return directories;
  }

  async #below(directory: TiffDirectory, place: number): Promise<void> {
    if (place !== 0 && !this.#seen.has(place)) directory.below.push((await this.#directory(place)).directory);
  }

  async #directory(offset: number, page?: number): Promise<{ directory: TiffDirectory; next: number }> {
    this.#seen.add(offset);
    if (this.#seen.size > limits.directories) throw new Problem('dicom/limit', { limit: 'directories', offset });
    const [countBytes, entryBytes, offsetBytes] = this.#big ? [8, 20, 8] : [2, 12, 4];
    const counted = await this.#file.read(offset, offset + countBytes);
    if (counted.length < countBytes) throw unreadable(offset, 'a TIFF that is cut');
    const count = this.#big ? this.#offsetAt(viewOf(counted), 0) : viewOf(counted).getUint16(0, this.#little);
    if (count > limits.entries) throw new Problem('dicom/limit', { limit: 'entries', offset });
    const start = offset + countBytes;
    const bytes = await this.#file.read(start, start + count * entryBytes + offsetBytes);
    // The link to the next may be missing at the end of the file; an entry may not.
    if (bytes.length < count * entryBytes) throw unreadable(offset, 'a TIFF that is cut');
    const view = viewOf(bytes);
    const entries = new Map<number, Entry>();
    for (let at = 0; at < count * entryBytes; at += entryBytes) {
      entries.set(view.getUint16(at, this.#little), this.#entry(view, at, start));
    }
    const next = bytes.length === count * entryBytes + offsetBytes ? this.#offsetAt(view, count * entryBytes) : 0;
    return { directory: new TiffDirectory(this.#file, this.#little, entries, page), next };
  }

  #entry(view: DataView, at: number, start: number): Entry {
    const type = view.getUint16(at + 2, this.#little);
    const count = this.#big ? this.#offsetAt(view, at + 4) : view.getUint32(at + 4, this.#little);
    const [place, room] = this.#big ? [at + 12, 8] : [at + 8, 4];
    const isHere = count * (widths[type] ?? 1) <= room;
    return { type, count, at: isHere ? start + place : this.#offsetAt(view, place) };
  }

  #offsetAt(view: DataView, at: number): number {
    return this.#big ? Number(view.getBigUint64(at, this.#little)) : view.getUint32(at, this.#little);
  }
}

function numberAt(view: DataView, at: number, type: number, little: boolean): number {
  switch (type) {
    case 1:
    case 7:
      return view.getUint8(at);
    case 3:
      return view.getUint16(at, little);
    case 4:
    case 13:
      return view.getUint32(at, little);
    case 5:
      return view.getUint32(at, little) / view.getUint32(at + 4, little);
    case 11:
      return view.getFloat32(at, little);
    case 12:
      return view.getFloat64(at, little);
    case 16:
    case 18:
      return Number(view.getBigUint64(at, little));
    default:
      return Number.NaN;
  }
}

const unreadable = (offset: number, reason: string): Problem => new Problem('dicom/unreadable', { offset, reason });
