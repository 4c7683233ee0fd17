// Files of other formats for tests, made here: as much of each as says what it is. Their pictures are not looked at.

import { zlibSync } from 'fflate';

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const uint16 = (value: number): number[] => [value >> 8, value & 0xff];
const uint32 = (value: number): number[] => [...uint16(value >>> 16), ...uint16(value & 0xffff)];

/** A JPEG of `marker` (SOF0 unless given), JFIF, 4:2:0 where it has colour; `more` bytes of scan. */
export function baselineJpeg(rows: number, columns: number, components: 1 | 3, more = 0): Uint8Array {
  return jpeg({ rows, columns, components, more });
}

export interface JpegOptions {
  rows?: number;
  columns?: number;
  components?: number;
  marker?: number;
  precision?: number;
  /** Ss of a lossless scan, NEAR of JPEG-LS. */
  parameter?: number;
  /** H and V of the first component. */
  sampling?: number;
  /** The transform of an Adobe segment in the place of JFIF. */
  adobe?: number;
  more?: number;
}

export function jpeg(options: JpegOptions): Uint8Array {
  const { rows = 8, columns = 8, components = 3, marker = 0xc0, precision = 8, parameter = 0, more = 0 } = options;
  const { sampling = components === 3 ? 0x22 : 0x11, adobe } = options;
  const ids = Array.from({ length: components }, (_, at) => at + 1);
  const segment = (code: number, content: number[]): number[] => [
    0xff,
    code,
    ...uint16(content.length + 2),
    ...content,
  ];
  const application =
    adobe === undefined
      ? segment(0xe0, [...ascii('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0])
      : segment(0xee, [...ascii('Adobe'), 0, 100, 0, 0, 0, 0, adobe]);
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...application,
    ...segment(marker, [
      precision,
      ...uint16(rows),
      ...uint16(columns),
      components,
      ...ids.flatMap((id) => [id, id === 1 ? sampling : 0x11, 0]),
    ]),
    ...segment(0xda, [components, ...ids.flatMap((id) => [id, 0]), parameter, 63, 0]),
    ...new Array(5 + more).fill(0x15),
    ...[0xff, 0xd9],
  ]);
}

export interface Jpeg2000Options {
  reversible?: boolean;
  highThroughput?: boolean;
  components?: number;
  /** In a JP2 file. */
  boxed?: boolean;
}

export function jpeg2000(rows: number, columns: number, options: Jpeg2000Options = {}): Uint8Array {
  const { reversible = false, highThroughput = false, components = 3, boxed = false } = options;
  const segment = (code: number, content: number[]): number[] => [
    ...uint16(code),
    ...uint16(content.length + 2),
    ...content,
  ];
  const sizes = [columns, rows, 0, 0, columns, rows, 0, 0].flatMap(uint32);
  const codestream = [
    ...[0xff, 0x4f],
    ...segment(0xff51, [
      ...uint16(0),
      ...sizes,
      ...uint16(components),
      ...new Array(components).fill([7, 1, 1]).flat(),
    ]),
    ...(highThroughput ? segment(0xff50, [...uint32(0x0002_0000), 0, 0]) : []),
    ...segment(0xff52, [0, 0, 0, 1, components === 3 ? 1 : 0, 5, 4, 4, 0, reversible ? 1 : 0]),
    ...segment(0xff90, [0, 0, 0, 0, 0, 0, 0, 1]),
    ...[0xff, 0xd9],
  ];
  if (!boxed) return Uint8Array.from(codestream);
  const signature = box('jP  ', [0x0d, 0x0a, 0x87, 0x0a]);
  return Uint8Array.from([...signature, ...box('ftyp', ascii('jp2 ')), ...box('jp2c', codestream)]);
}

function box(type: string, content: number[]): number[] {
  return [...uint32(content.length + 8), ...ascii(type), ...content];
}

export interface Mp4Options {
  format?: string;
  configuration?: number[];
  brand?: string;
}

/** An MP4 of so many frames, 40 ms each, whose movie comes last as cameras write it. */
export function h264Mp4(rows: number, columns: number, frames: number, options: Mp4Options = {}): Uint8Array {
  const { format = 'avc1', brand = 'isom', configuration = box('avcC', [1, 100, 0, 41]) } = options;
  const entry = [
    ...new Array(24).fill(0),
    ...uint16(columns),
    ...uint16(rows),
    ...new Array(50).fill(0),
    ...configuration,
  ];
  const table = [
    ...box('stsd', [...uint32(0), ...uint32(1), ...box(format, entry)]),
    ...box('stts', [...uint32(0), ...uint32(1), ...uint32(frames), ...uint32(40)]),
  ];
  const media = [
    ...box('mdhd', [...uint32(0), ...uint32(0), ...uint32(0), ...uint32(1000), ...uint32(40 * frames), ...uint32(0)]),
    ...box('hdlr', [...uint32(0), ...uint32(0), ...ascii('vide'), ...uint32(0)]),
    ...box('minf', box('stbl', table)),
  ];
  return Uint8Array.from([
    ...box('ftyp', [...ascii(brand), ...uint32(0)]),
    ...box('mdat', new Array(64).fill(7)),
    ...box('moov', box('trak', box('mdia', media))),
  ]);
}

export interface PngOptions {
  depth?: number;
  colourType?: number;
  interlaced?: boolean;
  palette?: number[];
  transparency?: number[];
}

/** From scanlines with their filters. */
export function png(rows: number, columns: number, scanlines: readonly number[], options: PngOptions = {}): Uint8Array {
  const { depth = 8, colourType = 2, interlaced = false, palette, transparency } = options;
  // Checksums are not looked at.
  const chunk = (type: string, content: readonly number[]): number[] => [
    ...uint32(content.length),
    ...ascii(type),
    ...content,
    ...uint32(0),
  ];
  return Uint8Array.from([
    ...[0x89, ...ascii('PNG\r\n\x1a\n')],
    ...chunk('IHDR', [...uint32(columns), ...uint32(rows), depth, colourType, 0, 0, interlaced ? 1 : 0]),
    ...(palette === undefined ? [] : chunk('PLTE', palette)),
    ...(transparency === undefined ? [] : chunk('tRNS', transparency)),
    ...chunk('IDAT', [...zlibSync(Uint8Array.from(scanlines))]),
    ...chunk('IEND', []),
  ]);
}

/** Red and blue, side by side. */
export const tinyPng = (): Uint8Array => png(1, 2, [0, 255, 0, 0, 0, 0, 255]);

export interface Mpeg2Options {
  profileAndLevel?: number;
  frameRateCode?: number;
  /** In a program stream of packets so long. */
  packetBytes?: number;
}

/** A video of so many pictures. */
export function mpeg2(rows: number, columns: number, pictures: number, options: Mpeg2Options = {}): Uint8Array {
  const { profileAndLevel = 0x48, frameRateCode = 3, packetBytes } = options;
  const sizes = [(columns >> 4) & 0xff, ((columns & 0xf) << 4) | ((rows >> 8) & 0xf), rows & 0xff];
  const upper = ((columns >> 12) << 15) | ((rows >> 12) << 13);
  const video = [
    ...[0, 0, 1, 0xb3, ...sizes, 0x10 | frameRateCode, 0, 0, 0x20, 0],
    ...[0, 0, 1, 0xb5, ...uint32(0x1000_0000 | (profileAndLevel << 20) | upper)],
    ...Array.from({ length: pictures }, () => [0, 0, 1, 0x00, 0x55, 0x55, 0x55]).flat(),
  ];
  if (packetBytes === undefined) return Uint8Array.from(video);
  const packets: number[] = [];
  for (let at = 0; at < video.length; at += packetBytes) {
    const payload = video.slice(at, at + packetBytes);
    packets.push(...[0, 0, 1, 0xe0, ...uint16(payload.length + 3), 0x80, 0, 0], ...payload);
  }
  const pack = [0, 0, 1, 0xba, 0x44, 0, 4, 0, 4, 1, 0, 0, 3, 0xf8];
  return Uint8Array.from([...pack, ...[0, 0, 1, 0xbb, 0, 2, 0, 0], ...packets, 0, 0, 1, 0xb9]);
}

export interface ExifOptions {
  little?: boolean;
  orientation?: number;
  model?: string;
  artist?: string;
  /** `2026:01:15 10:11:12`. */
  takenAt?: string;
  /** Whether it has a directory of its position. */
  position?: boolean;
}

/** A JPEG with EXIF before its other segments. */
export function withExif(codestream: Uint8Array, options: ExifOptions): Uint8Array {
  const tiff = exif(options);
  const head = [0xff, 0xd8, 0xff, 0xe1, ...uint16(tiff.length + 8), ...ascii('Exif\0\0')];
  return Uint8Array.from([...head, ...tiff, ...codestream.subarray(2)]);
}

type Entry = [tag: number, type: 2 | 3 | 4, value: number | string | Entry[]];

function exif({ little = true, orientation, model, artist, takenAt, position }: ExifOptions): Uint8Array {
  const taken: Entry[] = takenAt === undefined ? [] : [[0x9003, 2, takenAt]];
  const entries: Entry[] = [
    ...(model === undefined ? [] : [[0x0110, 2, model] satisfies Entry]),
    ...(orientation === undefined ? [] : [[0x0112, 3, orientation] satisfies Entry]),
    ...(artist === undefined ? [] : [[0x013b, 2, artist] satisfies Entry]),
    [0x8769, 4, taken],
    ...(position ? [[0x8825, 4, [[1, 2, 'N']]] satisfies Entry] : []),
  ];
  const out = new DataView(new ArrayBuffer(2048));
  let end = 8;
  const write = (directory: Entry[]): number => {
    const at = end;
    end += 2 + 12 * directory.length + 4;
    out.setUint16(at, directory.length, little);
    for (const [index, [tag, type, value]] of directory.entries()) {
      const entry = at + 2 + 12 * index;
      out.setUint16(entry, tag, little);
      out.setUint16(entry + 2, type, little);
      out.setUint32(entry + 4, typeof value === 'string' ? value.length + 1 : 1, little);
      if (typeof value === 'number') out.setUint16(entry + 8, value, little);
      else if (typeof value !== 'string') out.setUint32(entry + 8, write(value), little);
      else {
        const text = value.length < 4 ? entry + 8 : end;
        if (text === end) {
          out.setUint32(entry + 8, end, little);
          end += value.length + 1;
        }
        for (const [place, code] of ascii(value).entries()) out.setUint8(text + place, code);
      }
    }
    return at;
  };
  for (const [place, code] of ascii(little ? 'II' : 'MM').entries()) out.setUint8(place, code);
  out.setUint16(2, 42, little);
  out.setUint32(4, write(entries), little);
  return new Uint8Array(out.buffer, 0, end);
}
