// Code extension by escape sequences: ISO/IEC 2022 as PS3.5 6.1.2.5 restricts it. G0 is always invoked in the lower half
// of the code table, G1 in the upper half; both fall back to what Value 1 of Specific Character Set says at delimiters.

import { bytesOf, type GraphicSet, graphicSets, indexOf } from './graphic-sets.ts';

const ESC = 0x1b;

/** What is designated at the start of a value and again after every delimiter (PS3.5 6.1.2.5.3). */
export interface InitialSets {
  g0: GraphicSet;
  g1: GraphicSet | undefined;
}

export interface Decoded {
  text: string;
  /** ISO-IR numbers that were designated by an escape sequence. */
  designated: ReadonlySet<number>;
  /** Codes without a character in the set in force; they are read as windows-1252. */
  misfits: number;
}

/** Delimiters are bytes: those that reset the code elements besides TAB, LF, FF and CR, e.g. `\`, `^` and `=` in PN. */
export function decodeIso2022(bytes: Uint8Array, initial: InitialSets, delimiters: string): Decoded {
  const designated = new Set<number>();
  let { g0, g1 } = initial;
  let text = '';
  let misfits = 0;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at]!;
    const designation = byte === ESC ? designationAt(bytes, at + 1) : undefined;
    if (designation !== undefined) {
      const { set, length } = designation;
      if (set.element === 'G0') g0 = set;
      else g1 = set;
      designated.add(set.ir);
      at += 1 + length;
      continue;
    }
    const set = byte < 0x80 ? g0 : g1;
    const graphic = byte > 0x20 && byte !== 0x7f;
    if (set?.width === 2 && graphic && isPair(set, bytes, at)) {
      const unit = set.table()[indexOf(set, byte, bytes[at + 1]!)]!;
      if (unit === 0) misfits++;
      text += String.fromCharCode(unit === 0 ? 0xfffd : unit);
      at += 2;
      continue;
    }
    at++;
    const character = singleByte(byte, set, delimiters);
    if (character === undefined) {
      misfits++;
      text += windows1252[byte]!;
      continue;
    }
    text += character;
    if (isReset(byte, delimiters)) ({ g0, g1 } = initial);
  }
  return { text, designated, misfits };
}

/**
 * The bytes of a text, or undefined when a character is in none of the sets. Every designation is repeated after a
 * delimiter, and G0 (and G1, where Value 1 has one) is restored before it and at the end.
 */
export function encodeIso2022(
  text: string,
  initial: InitialSets,
  sets: readonly GraphicSet[],
  delimiters: string,
): Uint8Array | undefined {
  const out: number[] = [];
  let { g0, g1 } = initial;
  const designate = (set: GraphicSet): void => {
    out.push(ESC, ...Array.from(set.designation, (c) => c.charCodeAt(0)));
    if (set.element === 'G0') g0 = set;
    else g1 = set;
  };
  const restore = (): void => {
    if (g0 !== initial.g0) designate(initial.g0);
    if (g1 !== initial.g1 && initial.g1 !== undefined) designate(initial.g1);
    ({ g0, g1 } = initial);
  };
  for (const character of text) {
    const unit = character.codePointAt(0)!;
    if (unit < 0x20 || isReset(unit, delimiters)) {
      restore();
      out.push(unit);
      continue;
    }
    if (unit === 0x20) {
      // Space is in the default repertoire and in no 94x94 set; writing it there keeps readers in step.
      if (g0.width === 2) designate(initial.g0);
      out.push(unit);
      continue;
    }
    const active = [g0, g1].find((set) => set?.reverse().has(unit));
    const set = active ?? sets.find((candidate) => candidate.reverse().has(unit));
    if (set === undefined) return undefined;
    if (active === undefined) designate(set);
    out.push(...bytesOf(set, set.reverse().get(unit)!));
  }
  restore();
  return Uint8Array.from(out);
}

/** The set that the escape sequence after ESC designates, and how long the sequence is. */
function designationAt(bytes: Uint8Array, at: number): { set: GraphicSet; length: number } | undefined {
  const two = (bytes[at]! << 8) | bytes[at + 1]!;
  const short = designations.get(two);
  if (short !== undefined) return { set: short, length: 2 };
  const long = designations.get((two << 8) | bytes[at + 2]!);
  return long && { set: long, length: 3 };
}

/** The bytes of an escape sequence as one number. */
const sequence = (text: string): number => Array.from(text).reduce((bytes, c) => (bytes << 8) | c.charCodeAt(0), 0);

const designations: ReadonlyMap<number, GraphicSet> = new Map([
  ...[...graphicSets.values()].map((set) => [sequence(set.designation), set] as const),
  // Not DICOM's, but sent: JIS C 6226-1978 and the four-byte form of JIS X 0208, a superset at the same codes.
  [sequence('$@'), graphicSets.get(87)!],
  [sequence('$(B'), graphicSets.get(87)!],
]);

/** A lone byte of a 94x94 set, or one whose partner is a control character, is not a pair. */
function isPair(set: GraphicSet, bytes: Uint8Array, at: number): boolean {
  const second = bytes[at + 1];
  if (second === undefined || bytes[at]! === 0xff || (second & 0x7f) < 0x21 || (second & 0x7f) === 0x7f) return false;
  return set.element === 'G0' ? second < 0x80 : second >= 0x80;
}

function singleByte(byte: number, set: GraphicSet | undefined, delimiters: string): string | undefined {
  if (byte <= 0x20 || byte === 0x7f || isReset(byte, delimiters)) return String.fromCharCode(byte);
  if (set === undefined || set.width === 2) return undefined;
  const unit = set.table()[indexOf(set, byte)]!;
  return unit === 0 ? undefined : String.fromCharCode(unit);
}

/** PS3.5 6.1.2.5.3: end of line, end of page, TAB, and the delimiters of the VR. */
function isReset(byte: number, delimiters: string): boolean {
  if (byte < 0x20) return byte === 0x09 || byte === 0x0a || byte === 0x0c || byte === 0x0d;
  return byte < 0x80 && delimiters.includes(String.fromCharCode(byte));
}

/** What writers without a declaration most often mean. */
const windows1252 = Array.from(
  new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte)),
);
