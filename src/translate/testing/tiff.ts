// TIFF and BigTIFF files for tests: directories of the entries that a test gives, tiles where they are named.

const tags = { subfileType: 254, width: 256, height: 257, bits: 258, compression: 259, photometric: 262, description: 270, samples: 277, xResolution: 282, yResolution: 283, planar: 284, resolutionUnit: 296, predictor: 317, tileWidth: 322, tileHeight: 323, jpegTables: 347, ndpi: 65_420 } as const; // biome-ignore format: a table
const OFFSETS = 324;
const COUNTS = 325;
const STRIP_OFFSETS = 273;
const ROWS_PER_STRIP = 278;
const STRIP_COUNTS = 279;
const SUB_IFDS = 330;

export type TiffEntries = { [name in keyof typeof tags]?: number | readonly number[] | string | Uint8Array };

export interface TiffImage {
  entries: TiffEntries;
  /** An empty one was never scanned. */
  tiles?: readonly Uint8Array[];
  /** All of an image that is not tiled. */
  strip?: Uint8Array;
  below?: readonly TiffImage[];
}

export interface TiffForm {
  big?: boolean;
  little?: boolean;
}

export function tiff(images: readonly TiffImage[], { big = false, little = true }: TiffForm = {}): Uint8Array {
  const writer = new TiffWriter(big, little);
  return writer.file(images);
}

interface Entry {
  tag: number;
  type: number;
  count: number;
  value: Uint8Array;
}

class TiffWriter {
  readonly #big: boolean;
  readonly #little: boolean;
  readonly #bytes: number[] = [];

  constructor(big: boolean, little: boolean) {
    this.#big = big;
    this.#little = little;
  }

  file(images: readonly TiffImage[]): Uint8Array {
    const order = this.#little ? 0x49 : 0x4d;
    this.#bytes.push(order, order, ...this.#number(this.#big ? 43 : 42, 2));
    if (this.#big) this.#bytes.push(...this.#number(8, 2), ...this.#number(0, 2));
    const width = this.#big ? 8 : 4;
    let link = this.#bytes.length;
    this.#bytes.push(...new Array(width).fill(0));
    for (const image of images) {
      const { at, end } = this.#directory(image);
      this.#patch(link, at, width);
      link = end;
    }
    return Uint8Array.from(this.#bytes);
  }

  /** Where it lies, and where its link to the next does. */
  #directory({ entries, tiles, strip, below }: TiffImage): { at: number; end: number } {
    const written: Entry[] = Object.entries(entries).map(([name, value]) =>
      this.#entry(tags[name as keyof typeof tags], value),
    );
    const width = this.#big ? 16 : 4;
    const places = (tag: number, values: readonly number[]) => written.push(this.#numbers(tag, width, values));
    if (tiles !== undefined) {
      places(
        OFFSETS,
        tiles.map((tile) => (tile.length === 0 ? 0 : this.#append(tile))),
      );
      places(
        COUNTS,
        tiles.map((tile) => tile.length),
      );
    }
    if (strip !== undefined) {
      places(STRIP_OFFSETS, [this.#append(strip)]);
      places(STRIP_COUNTS, [strip.length]);
      written.push(this.#numbers(ROWS_PER_STRIP, 4, [Number(entries.height)]));
    }
    if (below !== undefined)
      places(
        SUB_IFDS,
        below.map((image) => this.#directory(image).at),
      );
    return this.#write(written.sort((a, b) => a.tag - b.tag));
  }

  #write(entries: readonly Entry[]): { at: number; end: number } {
    const [countBytes, offsetBytes] = this.#big ? [8, 8] : [2, 4];
    const placed = entries.map(({ value }) => (value.length <= offsetBytes ? undefined : this.#append(value)));
    this.#even();
    const at = this.#bytes.length;
    this.#bytes.push(...this.#number(entries.length, countBytes));
    for (const [number, { tag, type, count, value }] of entries.entries()) {
      this.#bytes.push(...this.#number(tag, 2), ...this.#number(type, 2), ...this.#number(count, offsetBytes));
      const place = placed[number];
      if (place === undefined) this.#bytes.push(...value, ...new Array(offsetBytes - value.length).fill(0));
      else this.#bytes.push(...this.#number(place, offsetBytes));
    }
    const end = this.#bytes.length;
    this.#bytes.push(...new Array(offsetBytes).fill(0));
    return { at, end };
  }

  /** Texts are ASCII, bytes UNDEFINED, whole numbers SHORT or LONG, others RATIONAL. */
  #entry(tag: number, value: NonNullable<TiffEntries[keyof TiffEntries]>): Entry {
    if (typeof value === 'string') {
      const text = new TextEncoder().encode(`${value}\0`);
      return { tag, type: 2, count: text.length, value: text };
    }
    if (value instanceof Uint8Array) return { tag, type: 7, count: value.length, value };
    const values = typeof value === 'number' ? [value] : value;
    const isRational = tag === tags.xResolution || tag === tags.yResolution;
    if (isRational) {
      const parts = values.flatMap((one) => [Math.round(one * 100), 100]);
      return { ...this.#numbers(tag, 4, parts), type: 5, count: values.length };
    }
    return this.#numbers(tag, values.some((one) => one > 0xffff) ? 4 : 3, values);
  }

  #numbers(tag: number, type: number, values: readonly number[]): Entry {
    const width = { 3: 2, 4: 4, 16: 8 }[type]!;
    return {
      tag,
      type,
      count: values.length,
      value: Uint8Array.from(values.flatMap((one) => this.#number(one, width))),
    };
  }

  #append(bytes: Uint8Array): number {
    this.#even();
    const at = this.#bytes.length;
    for (const byte of bytes) this.#bytes.push(byte);
    return at;
  }

  #even(): void {
    if (this.#bytes.length % 2 === 1) this.#bytes.push(0);
  }

  #patch(at: number, value: number, width: number): void {
    for (const [place, byte] of this.#number(value, width).entries()) this.#bytes[at + place] = byte;
  }

  #number(value: number, width: number): number[] {
    const bytes = Array.from({ length: width }, (_, at) => Math.floor(value / 256 ** at) & 0xff);
    return this.#little ? bytes : bytes.reverse();
  }
}

/** RGB of 8 bits in tiles of one colour each, as though scanned: `tile` gives the bytes of each. */
export function tiled(
  [rows, columns]: readonly [number, number],
  [tileHeight, tileWidth]: readonly [number, number],
  tile: (number: number) => Uint8Array,
  more: TiffEntries = {},
): TiffImage {
  const count = Math.ceil(rows / tileHeight) * Math.ceil(columns / tileWidth);
  const entries: TiffEntries = {
    width: columns,
    height: rows,
    bits: [8, 8, 8],
    compression: 1,
    photometric: 2,
    samples: 3,
    planar: 1,
    tileWidth,
    tileHeight,
    ...more,
  };
  return { entries, tiles: Array.from({ length: count }, (_, number) => tile(number)) };
}
