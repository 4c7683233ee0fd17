// The colour space sRGB (IEC 61966-2-1) as an ICC profile (ICC.1:2010, version 4), for colour whose file brings none: PS3.3
// C.8.12.5 demands one of every colour optical path.

const HEADER_BYTES = 128;

/** s15Fixed16Number, relative to the white of the connection space (D50). */
const matrix = {
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
} as const;
const D50 = [0.9642, 1, 0.8249];
/** From D65 to D50 (Bradford). */
const adaptation = [1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168];
/** Parametric curve of type 3: ((a x + b) ^ g above d, c x below it). */
const curve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];

export function srgbProfile(): Uint8Array {
  const values: [string, number[]][] = [
    ['desc', text('sRGB')],
    ['cprt', text('No copyright')],
    ['wtpt', xyz(D50)],
    ['chad', [...ascii('sf32'), ...uint32(0), ...adaptation.flatMap(fixed)]],
    ...Object.entries(matrix).map(([name, column]): [string, number[]] => [name, xyz(column)]),
    ...['rTRC', 'gTRC', 'bTRC'].map((name): [string, number[]] => [
      name,
      [...ascii('para'), ...uint32(0), 0, 3, 0, 0, ...curve.flatMap(fixed)],
    ]),
  ];
  const table: number[] = uint32(values.length);
  const content: number[] = [];
  for (const [name, value] of values) {
    table.push(
      ...ascii(name),
      ...uint32(HEADER_BYTES + 4 + 12 * values.length + content.length),
      ...uint32(value.length),
    );
    content.push(...value, ...new Array((4 - (value.length % 4)) % 4).fill(0));
  }
  const sizeBytes = HEADER_BYTES + table.length + content.length;
  return Uint8Array.from([...header(sizeBytes), ...table, ...content]);
}

/** 7.2: a display device class profile, whose creation is said as nothing. */
function header(sizeBytes: number): number[] {
  const bytes = [
    ...uint32(sizeBytes),
    ...uint32(0),
    ...uint32(0x0420_0000),
    ...ascii('mntrRGB XYZ '),
    ...[2026, 1, 1, 0, 0, 0].flatMap((part) => [part >> 8, part & 0xff]),
    ...ascii('acsp'),
    ...new Array(28).fill(0),
    ...D50.flatMap(fixed),
  ];
  return [...bytes, ...new Array(HEADER_BYTES - bytes.length).fill(0)];
}

const ascii = (words: string): number[] => [...words].map((character) => character.charCodeAt(0));
const uint32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
const fixed = (value: number): number[] => uint32(Math.round(value * 65_536) >>> 0);
const xyz = (values: readonly number[]): number[] => [...ascii('XYZ '), ...uint32(0), ...values.flatMap(fixed)];

/** 10.15 multiLocalizedUnicodeType, in English. */
const text = (words: string): number[] => [
  ...ascii('mluc'),
  ...[0, 1, 12].flatMap(uint32),
  ...ascii('enUS'),
  ...uint32(2 * words.length),
  ...uint32(28),
  ...[...words].flatMap((character) => [0, character.charCodeAt(0)]),
];
