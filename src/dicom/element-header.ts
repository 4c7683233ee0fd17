// The first bytes of a data element: tag, VR and length in any encoding, PS3.5 7.1.2 (explicit), 7.1.3 (implicit) and
// 7.5 (items and delimiters). Explicit VR data sets whose bytes are not a VR are read as their writers must have meant.

import { type Encoding, explicitBig, explicitLittle, implicitLittle } from './encoding.ts';
import type { VR } from './vr.ts';
import { isVr, vrs } from './vr.ts';

export const UNDEFINED_LENGTH = 0xffff_ffff;
export const ITEM = 0xfffe_e000;
export const ITEM_DELIMITATION = 0xfffe_e00d;
export const SEQUENCE_DELIMITATION = 0xfffe_e0dd;

/** Where `readHeader` puts what it read. One object serves a whole parse. */
export interface ElementHeader {
  tag: number;
  /** As written; undefined in implicit VR and for items and delimiters. */
  vr: VR | undefined;
  length: number;
  /** Bytes from the tag to the value. */
  headerLength: number;
  /** What was wrong with the VR: two letters that are no VR, or an element without VR where one belongs. */
  defect: 'unknown-vr' | 'no-vr' | undefined;
}

export const emptyHeader = (): ElementHeader => ({
  tag: 0,
  vr: undefined,
  length: 0,
  headerLength: 8,
  defect: undefined,
});

/** Reads the header that begins at `at`. Returns false when more than the `available` bytes are needed to tell. */
export function readHeader(
  bytes: Uint8Array,
  at: number,
  available: number,
  encoding: Encoding,
  header: ElementHeader,
): boolean {
  if (available < 8) return false;
  const little = encoding.littleEndian;
  const tag = little
    ? ((bytes[at + 1]! << 24) | (bytes[at]! << 16) | (bytes[at + 3]! << 8) | bytes[at + 2]!) >>> 0
    : uint32(bytes, at, false);
  header.tag = tag;
  header.vr = undefined;
  header.defect = undefined;
  header.headerLength = 8;
  if (!encoding.explicitVr || tag >>> 16 === 0xfffe) {
    header.length = uint32(bytes, at + 4, little);
    return true;
  }
  return readExplicit(bytes, at, available, little, header);
}

/** The VR that the two bytes at `at` name, if any. */
export function vrAt(bytes: Uint8Array, at: number): VR | undefined {
  const first = bytes[at]! - 0x41;
  const second = bytes[at + 1]! - 0x41;
  return first >= 0 && first < 26 && second >= 0 && second < 26 ? vrsByLetters[first * 26 + second] : undefined;
}

/** Whether an element at `at` has two characters where a VR belongs, be it one or not. */
export function hasVrLetters(bytes: Uint8Array, at: number): boolean {
  return isText(bytes[at + 4]!) && isText(bytes[at + 5]!);
}

/**
 * The encoding that the element at `at` (8 bytes at hand) seems to have been written in. Little and big endian are told
 * apart by the group number: those that a data set or item begins with are small.
 */
export function encodingAt(bytes: Uint8Array, at: number): Encoding {
  if (vrAt(bytes, at + 4) === undefined) return implicitLittle;
  return uint16(bytes, at, true) <= uint16(bytes, at, false) ? explicitLittle : explicitBig;
}

export function uint16(bytes: Uint8Array, at: number, littleEndian: boolean): number {
  return littleEndian ? bytes[at]! | (bytes[at + 1]! << 8) : (bytes[at]! << 8) | bytes[at + 1]!;
}

export function uint32(bytes: Uint8Array, at: number, littleEndian: boolean): number {
  const high = uint16(bytes, littleEndian ? at + 2 : at, littleEndian);
  const low = uint16(bytes, littleEndian ? at : at + 2, littleEndian);
  return ((high << 16) | low) >>> 0;
}

function readExplicit(
  bytes: Uint8Array,
  at: number,
  available: number,
  little: boolean,
  header: ElementHeader,
): boolean {
  const vr = vrAt(bytes, at + 4);
  let longLength: boolean;
  if (vr !== undefined) {
    longLength = vrs[vr].longLength;
    header.vr = vr;
  } else if (isText(bytes[at + 4]!) && isText(bytes[at + 5]!)) {
    // PS3.5 7.1.2: VRs to come have a long length, after two bytes that are zero.
    longLength = bytes[at + 6] === 0 && bytes[at + 7] === 0;
    header.vr = 'UN';
    header.defect = 'unknown-vr';
  } else {
    header.length = uint32(bytes, at + 4, little);
    header.defect = 'no-vr';
    return true;
  }
  if (!longLength) {
    header.length = uint16(bytes, at + 6, little);
    return true;
  }
  if (available < 12) return false;
  header.length = uint32(bytes, at + 8, little);
  header.headerLength = 12;
  return true;
}

/** Letters, and the `?` that writers put where they did not know. */
const isText = (code: number): boolean => (code >= 0x41 && code <= 0x5a) || code === 0x3f;

const vrsByLetters: (VR | undefined)[] = new Array(26 * 26).fill(undefined);
for (const vr of Object.keys(vrs)) {
  if (isVr(vr)) vrsByLetters[(vr.charCodeAt(0) - 0x41) * 26 + vr.charCodeAt(1) - 0x41] = vr;
}
