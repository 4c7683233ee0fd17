// A white picture as baseline JPEG (ISO 10918-1), for tiles that a scanner left out because there was nothing on the glass: one
// difference in the first block of each component, none after it.

const BLOCK = 8;
const WHITE = 255;

/** `rgb`: the components are red, green and blue, and not YCbCr. */
export function blankJpeg(rows: number, columns: number, components: 1 | 3, rgb: boolean): Uint8Array {
  const ids = Array.from({ length: components }, (_, at) => at + 1);
  const adobe = components === 3 ? segment(0xee, [...ascii('Adobe'), 0, 100, 0, 0, 0, 0, rgb ? 0 : 1]) : [];
  const head = [
    ...[0xff, 0xd8],
    ...adobe,
    // B.2.4.1: steps of 8 for all coefficients, so that white is 127 steps from the middle.
    ...segment(0xdb, [0, ...new Array(64).fill(8)]),
    ...segment(0xc0, [8, ...uint16(rows), ...uint16(columns), components, ...ids.flatMap((id) => [id, 0x11, 0])]),
    // B.2.4.2: differences of no bits are `0`, of seven bits `10`; the one code of the AC table ends a block.
    ...segment(0xc4, [0x00, 1, 1, ...new Array(14).fill(0), 0, 7, 0x10, 1, ...new Array(15).fill(0), 0]),
    ...segment(0xda, [components, ...ids.flatMap((id) => [id, 0]), 0, 63, 0]),
  ];
  const units = Math.ceil(rows / BLOCK) * Math.ceil(columns / BLOCK);
  return Uint8Array.from([...head, ...scan(units, components, rgb), 0xff, 0xd9]);
}

/** F.1.2: the bits of all blocks, filled up with ones. No byte of them is FF, so none has to be stuffed. */
function scan(units: number, components: 1 | 3, rgb: boolean): Uint8Array {
  const steps = (8 * (WHITE - 128)) / 8;
  const first = Array.from({ length: components }, (_, at) =>
    at === 0 || rgb ? `10${steps.toString(2)}0` : '00',
  ).join('');
  const bits = first.length + 2 * components * (units - 1);
  const bytes = new Uint8Array(Math.ceil(bits / 8));
  for (const [at, bit] of [...first].entries()) if (bit === '1') bytes[at >> 3]! |= 0x80 >> (at & 7);
  for (let at = bits; at < 8 * bytes.length; at++) bytes[at >> 3]! |= 0x80 >> (at & 7);
  return bytes;
}

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const uint16 = (value: number): number[] => [value >> 8, value & 0xff];
const segment = (code: number, content: number[]): number[] => [0xff, code, ...uint16(content.length + 2), ...content];
