// The graphic character sets of PS3.3 Tables C.12-2 to C.12-4 as tables from code to character and back, each with the
// escape sequence that designates it (ISO 2022). The characters come from the platform's TextDecoder, at first use.

export interface GraphicSet {
  /** Number in the ISO-IR register. */
  ir: number;
  /** The code element it is designated to: G0 is invoked by bytes 21-7E, G1 by bytes A1-FE (PS3.5 6.1.2.5.1). */
  element: 'G0' | 'G1';
  /** Bytes of one character. */
  width: 1 | 2;
  /** What follows ESC, as characters (PS3.3 Table C.12-3 and C.12-4). */
  designation: string;
  /** UTF-16 code units by code; 0 where the set has no character. Index: see `indexOf`. */
  table(): Uint16Array;
  /** Code unit to index, the reverse of `table`. */
  reverse(): Map<number, number>;
}

/** By ISO-IR number. 14 is the romaji half of JIS X 0201; 6 and 14 are the only single-byte sets of G0. */
export const graphicSets: ReadonlyMap<number, GraphicSet> = new Map(
  [
    graphicSet(6, 'G0', 1, '(B', () => asciiTable()),
    graphicSet(14, 'G0', 1, '(J', () => asciiTable({ 92: '¥', 126: '‾' })),
    graphicSet(13, 'G1', 1, ')I', () => upperHalf((byte) => String.fromCharCode(byte - 0xa1 + 0xff61), 0xa1, 0xdf)),
    graphicSet(100, 'G1', 1, '-A', () => decodedHalf('windows-1252')),
    graphicSet(101, 'G1', 1, '-B', () => decodedHalf('iso-8859-2')),
    graphicSet(109, 'G1', 1, '-C', () => decodedHalf('iso-8859-3')),
    graphicSet(110, 'G1', 1, '-D', () => decodedHalf('iso-8859-4')),
    graphicSet(144, 'G1', 1, '-L', () => decodedHalf('iso-8859-5')),
    graphicSet(127, 'G1', 1, '-G', () => decodedHalf('iso-8859-6')),
    graphicSet(126, 'G1', 1, '-F', () => decodedHalf('iso-8859-7')),
    graphicSet(138, 'G1', 1, '-H', () => decodedHalf('iso-8859-8')),
    graphicSet(148, 'G1', 1, '-M', () => decodedHalf('windows-1254')),
    graphicSet(203, 'G1', 1, '-b', () => decodedHalf('iso-8859-15')),
    graphicSet(166, 'G1', 1, '-T', () => decodedHalf('windows-874')),
    graphicSet(87, 'G0', 2, '$B', () => decodedPlane('euc-jp')),
    graphicSet(159, 'G0', 2, '$(D', () => decodedPlane('euc-jp', [0x8f])),
    graphicSet(149, 'G1', 2, '$)C', () => decodedPlane('euc-kr')),
    graphicSet(58, 'G1', 2, '$)A', () => decodedPlane('gb18030')),
  ].map((set) => [set.ir, set]),
);

/** Index of a byte of a single-byte set, or of the two bytes of a 94x94 set, the high bits cleared. */
export function indexOf(set: GraphicSet, first: number, second = 0): number {
  return set.width === 1 ? first & 0x7f : ((first & 0x7f) - 0x21) * 94 + ((second & 0x7f) - 0x21);
}

/** The bytes of an index, the high bits set for G1. */
export function bytesOf(set: GraphicSet, index: number): number[] {
  const high = set.element === 'G1' ? 0x80 : 0;
  return set.width === 1 ? [index | high] : [(Math.floor(index / 94) + 0x21) | high, ((index % 94) + 0x21) | high];
}

function graphicSet(
  ir: number,
  element: 'G0' | 'G1',
  width: 1 | 2,
  designation: string,
  build: () => Uint16Array,
): GraphicSet {
  let table: Uint16Array | undefined;
  let reverse: Map<number, number> | undefined;
  const set: GraphicSet = {
    ir,
    element,
    width,
    designation,
    table() {
      table ??= build();
      return table;
    },
    reverse() {
      reverse ??= reversed(set.table());
      return reverse;
    },
  };
  return set;
}

function reversed(table: Uint16Array): Map<number, number> {
  const map = new Map<number, number>();
  table.forEach((unit, index) => {
    if (unit !== 0 && !map.has(unit)) map.set(unit, index);
  });
  for (const [standard, inTable] of vendorVariants) {
    const index = map.get(inTable);
    if (index !== undefined && !map.has(standard)) map.set(standard, index);
  }
  return map;
}

/** Characters that the platform's JIS tables place at the code of another one: wave dash, minus, double vertical line. */
const vendorVariants: readonly (readonly [number, number])[] = [
  [0x301c, 0xff5e],
  [0x2212, 0xff0d],
  [0x2016, 0x2225],
];

function asciiTable(replaced: Record<number, string> = {}): Uint16Array {
  return Uint16Array.from({ length: 128 }, (_, byte) =>
    byte < 0x20 || byte === 0x7f ? 0 : (replaced[byte] ?? String.fromCharCode(byte)).charCodeAt(0),
  );
}

function upperHalf(characterOf: (byte: number) => string, from: number, to: number): Uint16Array {
  return Uint16Array.from({ length: 128 }, (_, index) => {
    const byte = index | 0x80;
    const character = byte >= from && byte <= to ? characterOf(byte) : '\ufffd';
    return character === '\ufffd' ? 0 : character.charCodeAt(0);
  });
}

/** Bytes A0-FF: there the platform's windows-125x labels agree with ISO 8859; 80-9F are control characters. */
function decodedHalf(label: string): Uint16Array {
  const decoder = new TextDecoder(label);
  return upperHalf((byte) => decoder.decode(Uint8Array.of(byte)), 0xa0, 0xff);
}

/** A 94x94 set from its EUC form, in one call: every pair on a line of its own. */
function decodedPlane(label: string, prefix: readonly number[] = []): Uint16Array {
  const bytes: number[] = [];
  for (let first = 0xa1; first <= 0xfe; first++) {
    for (let second = 0xa1; second <= 0xfe; second++) bytes.push(...prefix, first, second, 0x0a);
  }
  const lines = new TextDecoder(label).decode(Uint8Array.from(bytes)).split('\n');
  return Uint16Array.from({ length: 94 * 94 }, (_, index) => {
    const line = lines[index]!;
    return line.length === 1 && line !== '\ufffd' ? line.charCodeAt(0) : 0;
  });
}
