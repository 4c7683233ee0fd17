// ICC profiles of RGB spaces as they are published: three primaries, a white, a tone curve. ICC.1:2001-04 (version 2.4), which
// every reader knows: 6.1 (header), 6.3.4.1 (three-component matrix-based profile), 6.5 (tag types).

/** A chromaticity, CIE 1931. */
type Chromaticity = readonly [x: number, y: number];

export interface RgbSpace {
  /** As people read it. */
  name: string;
  white: Chromaticity;
  red: Chromaticity;
  green: Chromaticity;
  blue: Chromaticity;
  /** Share of light of a sample, both from 0 to 1: a power, or the values of evenly spaced samples. */
  light: number | readonly number[];
}

export const D50: Chromaticity = [0.3457, 0.3585];
export const D65: Chromaticity = [0.3127, 0.329];

/** Adobe RGB (1998) Color Image Encoding, 4.3: the exponent is 2 + 51/256. */
export const adobeRgb: RgbSpace = {
  name: 'Adobe RGB (1998) compatible',
  white: D65,
  red: [0.64, 0.33],
  green: [0.21, 0.71],
  blue: [0.15, 0.06],
  light: 563 / 256,
};

/** ISO 22028-2: a power of 1.8 that begins as a straight line of slope 1/16. */
export const rommRgb: RgbSpace = {
  name: 'ROMM RGB (ISO 22028-2)',
  white: D50,
  red: [0.7347, 0.2653],
  green: [0.1596, 0.8404],
  blue: [0.0366, 0.0001],
  light: Array.from({ length: 4096 }, (_, at) => {
    const sample = at / 4095;
    return sample < 1 / 32 ? sample / 16 : sample ** 1.8;
  }),
};

/** What profiles connect by: D50, with these very numbers (ICC.1 6.1, Annex A). */
const ILLUMINANT = [0.9642, 1, 0.8249];

export function iccProfile(space: RgbSpace): Uint8Array {
  const [red, green, blue] = columns(space);
  const light = curve(space.light);
  const tags: [signature: string, data: Uint8Array][] = [
    ['desc', description(space.name)],
    ['cprt', typed('text', ascii('No copyright, use freely\0'))],
    ['wtpt', xyz(ILLUMINANT)],
    ['rXYZ', xyz(red!)],
    ['gXYZ', xyz(green!)],
    ['bXYZ', xyz(blue!)],
    ['rTRC', light],
    ['gTRC', light],
    ['bTRC', light],
  ];
  return file(tags);
}

/** Tags that are the same object are written once. */
function file(tags: readonly [signature: string, data: Uint8Array][]): Uint8Array {
  const blocks = [...new Set(tags.map(([, data]) => data))];
  const first = HEADER_BYTES + 4 + 12 * tags.length;
  const offsets = blocks.map((_, at) => blocks.slice(0, at).reduce((sum, { length }) => sum + length, first));
  const profile = new Uint8Array(offsets.at(-1)! + blocks.at(-1)!.length);
  const view = new DataView(profile.buffer);
  view.setUint32(0, profile.length);
  view.setUint32(8, 0x02400000);
  profile.set(ascii('mntrRGB XYZ '), 12);
  // A date is wanted, and the same profile has the same bytes whenever it is made.
  for (const [at, part] of [2026, 1, 1].entries()) view.setUint16(24 + 2 * at, part);
  profile.set(ascii('acsp'), 36);
  profile.set(xyz(ILLUMINANT).subarray(8), 68);
  view.setUint32(HEADER_BYTES, tags.length);
  for (const [at, [signature, data]] of tags.entries()) {
    const entry = HEADER_BYTES + 4 + 12 * at;
    profile.set(ascii(signature), entry);
    view.setUint32(entry + 4, offsets[blocks.indexOf(data)]!);
    view.setUint32(entry + 8, data.length);
  }
  for (const [at, data] of blocks.entries()) profile.set(data, offsets[at]!);
  return profile;
}

const HEADER_BYTES = 128;

type Triple = readonly number[];
type Matrix = readonly Triple[];

/** XYZ of full red, green and blue as seen under D50. */
function columns({ white, red, green, blue }: RgbSpace): Matrix {
  const primaries = transposed([red, green, blue].map(lightOf));
  const amounts = times(inverse(primaries), lightOf(white));
  const adapted = adaptation(lightOf(white));
  return transposed(primaries).map((primary, at) =>
    times(
      adapted,
      primary.map((value) => value * amounts[at]!),
    ),
  );
}

/** XYZ of luminance 1. */
const lightOf = ([x, y]: Chromaticity): Triple => [x / y, 1, (1 - x - y) / y];

/** Bradford: cone responses by their ratio under both whites. */
function adaptation(white: Triple): Matrix {
  const seen = times(BRADFORD, white);
  const wanted = times(BRADFORD, ILLUMINANT);
  const scaled = BRADFORD.map((row, at) => row.map((value) => (value * wanted[at]!) / seen[at]!));
  return product(inverse(BRADFORD), scaled);
}

const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

const transposed = (matrix: Matrix): Matrix => [0, 1, 2].map((column) => matrix.map((row) => row[column]!));
const times = (matrix: Matrix, vector: Triple): Triple =>
  matrix.map((row) => row.reduce((sum, value, at) => sum + value * vector[at]!, 0));
const product = (a: Matrix, b: Matrix): Matrix => transposed(transposed(b).map((column) => times(a, column)));

/** By cofactors. */
function inverse(matrix: Matrix): Matrix {
  const at = (row: number, column: number): number => matrix[row % 3]![column % 3]!;
  const cofactor = (row: number, column: number): number =>
    at(row + 1, column + 1) * at(row + 2, column + 2) - at(row + 1, column + 2) * at(row + 2, column + 1);
  const determinant = [0, 1, 2].reduce((sum, column) => sum + at(0, column) * cofactor(0, column), 0);
  return [0, 1, 2].map((row) => [0, 1, 2].map((column) => cofactor(column, row) / determinant));
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Type signature, four reserved bytes, content; padded to whole words. */
function typed(type: string, ...content: Uint8Array[]): Uint8Array {
  const bytes = [...ascii(type), 0, 0, 0, 0, ...content.flatMap((part) => [...part])];
  while (bytes.length % 4 !== 0) bytes.push(0);
  return Uint8Array.from(bytes);
}

/** 6.5.17: in ASCII, and in no other language. */
function description(name: string): Uint8Array {
  const text = ascii(`${name}\0`);
  return typed('desc', Uint8Array.of(0, 0, 0, text.length), text, new Uint8Array(78));
}

/** s15Fixed16 numbers. */
function xyz(numbers: Triple): Uint8Array {
  const data = typed('XYZ ', new Uint8Array(12));
  const view = new DataView(data.buffer);
  for (const [at, number] of numbers.entries()) view.setInt32(8 + 4 * at, Math.round(number * 65536));
  return data;
}

/** 6.5.3: no entry is the identity, one a power (u8Fixed8), more a table. */
function curve(light: RgbSpace['light']): Uint8Array {
  const entries = light === 1 ? [] : typeof light === 'number' ? [light * 256] : light.map((share) => share * 65535);
  const data = typed('curv', new Uint8Array(4 + 2 * entries.length));
  const view = new DataView(data.buffer);
  view.setUint32(8, entries.length);
  for (const [at, entry] of entries.entries()) view.setUint16(12 + 2 * at, Math.round(entry));
  return data;
}
