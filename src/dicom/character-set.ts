// Text of the VRs that Specific Character Set (0008,0005) governs, from bytes and back. PS3.3 C.12.1.1.2, PS3.5 6.1.2.
// Wrong and missing declarations are understood where the bytes leave no doubt; what was assumed is said.

import { asciiBytes } from './bytes.ts';
import { type Understood, understand } from './character-set-terms.ts';
import type { FindingCode } from './finding.ts';
import { type GraphicSet, graphicSets } from './graphic-sets.ts';
import { decodeIso2022, encodeIso2022, type InitialSets } from './iso2022.ts';
import { type VR, vrs } from './vr.ts';
import { wholeEncoding } from './whole-encodings.ts';

export interface CharacterSet {
  /** The values of (0008,0005) as they stand. */
  declared: readonly string[];
  /** The defined terms they were understood as; an empty first term is the default repertoire. */
  terms: readonly string[];
  /** What was odd about the declaration itself. */
  findings: readonly { code: FindingCode; assumed: string }[];
  /**
   * The whole value as text, padding kept. Backslashes of it separate values: a byte 5C inside a character is decoded
   * with it, so split the text, never the bytes.
   */
  decode(bytes: Uint8Array, vr: VR): string;
  /** As `decode`, and when the bytes do not fit the declaration, what they were taken for (finding `charset-wrong`). */
  read(bytes: Uint8Array, vr: VR): DecodedText;
  /** The bytes of a text, or undefined when this character set cannot express it. Padding is the writer's. */
  encode(text: string, vr: VR): Uint8Array | undefined;
}

export interface DecodedText {
  text: string;
  /** The character set that was assumed instead of the declared one. */
  misfit?: string;
}

export const limits = {
  /** Character sets remembered: inputs may name any number of wrong ones. */
  characterSetsKept: 256,
  /** Values of (0008,0005) that are read; the standard has fewer terms. */
  characterSetValues: 16,
} as const;

const kept = new Map<string, CharacterSet>();

/** The character set that these values of (0008,0005) declare. Never throws: what is not understood is a finding. */
export function characterSet(values: readonly string[]): CharacterSet {
  const declared = values.slice(0, limits.characterSetValues);
  const key = declared.join('\\');
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = makeCharacterSet(declared);
  if (kept.size >= limits.characterSetsKept) kept.clear();
  kept.set(key, made);
  return made;
}

interface Coder {
  /** Whether bytes 5C and 7E may be other characters than backslash and tilde (JIS X 0201). */
  romaji: boolean;
  read(bytes: Uint8Array, vr: VR): DecodedText;
  write(text: string, vr: VR): Uint8Array | undefined;
}

function makeCharacterSet(declared: readonly string[]): CharacterSet {
  const findings: { code: FindingCode; assumed: string }[] = [];
  const understood: Understood[] = [];
  for (const value of declared.length === 0 ? [''] : declared) {
    const one = understand(value);
    if (one === undefined) findings.push({ code: 'charset-unknown', assumed: 'the default repertoire' });
    else understood.push(one);
    if (one?.misspelt) findings.push({ code: 'charset-misspelt', assumed: one.term });
  }
  const alone = understood.find((one) => one.kind === 'whole' || one.kind === 'foreign');
  if (alone !== undefined && understood.length > 1) {
    // C.12.1.1.2: these terms prohibit code extension. They contain the default repertoire, so they read it too.
    findings.push({ code: 'charset-wrong', assumed: alone.term });
  }
  const governed = alone === undefined ? extendedCoder(understood) : wholeCoder(alone);
  const coderOf = (vr: VR): Coder => (vrs[vr].extended ? governed : defaultCoder);
  return {
    declared,
    terms: understood.map((one) => one.term),
    findings,
    decode: (bytes, vr) => plainText(bytes, governed.romaji) ?? coderOf(vr).read(bytes, vr).text,
    read: (bytes, vr) => {
      const text = plainText(bytes, governed.romaji);
      return text === undefined ? coderOf(vr).read(bytes, vr) : { text };
    },
    encode: (text, vr) => coderOf(vr).write(text, vr),
  };
}

/** Bytes up to which one call of fromCharCode is quicker than a TextDecoder. */
const SHORT_TEXT = 64;
const asciiDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of bytes that mean the same in every character set; undefined when one of them does not. */
function plainText(bytes: Uint8Array, romaji: boolean): string | undefined {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte >= 0x80 || byte === 0x1b || (romaji && (byte === 0x5c || byte === 0x7e))) return undefined;
  }
  return bytes.length > SHORT_TEXT
    ? asciiDecoder.decode(bytes)
    : String.fromCharCode.apply(null, bytes as unknown as number[]);
}

/** Single-byte sets and code extension: PS3.3 Tables C.12-2 to C.12-4. */
function extendedCoder(understood: readonly Understood[]): Coder {
  const first = understood[0]?.ir ?? 6;
  const initial = initialSets(first);
  const declared = new Set(understood.map((one) => one.ir));
  const extensible = understood.length > 1 || understood[0]?.kind === 'iso-2022';
  const designable = extensible ? designableSets(declared) : [];
  const firstIsLatin = [100, 148, 203].includes(first);
  return {
    romaji: initial.g0.ir === 14,
    read(bytes, vr) {
      const { text, designated, misfits } = decodeIso2022(bytes, initial, delimitersOf(vr));
      const undeclared = [...designated].find((ir) => ir !== 6 && ir !== 14 && !(extensible && declared.has(ir)));
      if (designated.size === 0 && (misfits > 0 || firstIsLatin)) {
        const other =
          misfits > 0
            ? (withoutEscape(bytes, initial, declared) ?? otherReading(bytes, declared))
            : otherReading(bytes, new Set());
        if (other !== undefined) return other;
      }
      if (misfits > 0) return { text, misfit: 'windows-1252' };
      return undeclared === undefined ? { text } : { text, misfit: `ISO 2022 IR ${undeclared}` };
    },
    write: (text, vr) => encodeIso2022(text, initial, designable, delimitersOf(vr)),
  };
}

/** PS3.5 6.1.2.5.3: what Value 1 designates. 87 and 159 do not stand there by the standard; ASCII is in force then. */
function initialSets(ir: number): InitialSets {
  const set = graphicSets.get(ir)!;
  return { g0: graphicSets.get(ir === 13 ? 14 : 6)!, g1: set.element === 'G1' ? set : undefined };
}

function designableSets(declared: ReadonlySet<number>): GraphicSet[] {
  const numbers = new Set([6, ...declared, ...(declared.has(13) ? [14] : [])]);
  return [...numbers].map((ir) => graphicSets.get(ir)!);
}

const delimitersOf = (vr: VR): string => (vr === 'PN' ? '\\^=' : vrs[vr].multiple ? '\\' : '');

/** Korean and Chinese senders leave the escape out and write G1 as if Value 1 had designated it. */
function withoutEscape(
  bytes: Uint8Array,
  initial: InitialSets,
  declared: ReadonlySet<number>,
): DecodedText | undefined {
  for (const ir of [149, 58]) {
    if (!declared.has(ir)) continue;
    const { text, misfits } = decodeIso2022(bytes, { g0: initial.g0, g1: graphicSets.get(ir)! }, '');
    if (misfits === 0) return { text, misfit: `ISO 2022 IR ${ir} without its escape` };
  }
  return undefined;
}

/**
 * Bytes that do not fit: valid UTF-8 is hardly ever anything else (in the Latin sets it would read as a capital with an
 * accent and a symbol, `Ã¼`); beside Japanese or Korean terms, the encodings of the sender's operating system.
 */
function otherReading(bytes: Uint8Array, declared: ReadonlySet<number>): DecodedText | undefined {
  const candidates = ['ISO_IR 192'];
  if ([13, 87, 159].some((ir) => declared.has(ir))) candidates.push('shift_jis');
  if (declared.has(149)) candidates.push('euc-kr');
  if (declared.has(58)) candidates.push('GB18030');
  for (const candidate of candidates) {
    const text = wholeEncoding(candidate).decode(bytes);
    if (text !== undefined) return { text, misfit: candidate };
  }
  return undefined;
}

/** UTF-8, GB18030, GBK, and encodings that DICOM does not define. */
function wholeCoder({ term }: Understood): Coder {
  const encoding = wholeEncoding(term);
  return {
    romaji: false,
    read(bytes) {
      const text = encoding.decode(bytes);
      if (text !== undefined) return { text };
      // Which encoding it is instead cannot be told, and a wrong name is worse than one with a visible gap.
      return (
        otherReading(bytes, new Set()) ?? {
          text: encoding.decodeLeniently(bytes),
          misfit: `${term} with U+FFFD for what is damaged`,
        }
      );
    },
    write: (text) => asciiBytes(text) ?? encoding.encode(text),
  };
}

/** The default repertoire (ISO-IR 6), for VRs that (0008,0005) does not govern. */
const defaultCoder = extendedCoder([]);

/** ISO_IR 192: what DICOM JSON and our own objects use. */
export const utf8 = characterSet(['ISO_IR 192']);
