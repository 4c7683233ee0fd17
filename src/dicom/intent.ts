// What a writer must have meant where the bytes alone do not say or say something impossible: the VR of an element, the
// encoding of a data set, whether bytes are elements at all. All guesses of the reader are made here.

import { entryOf, vrOf } from './dictionary.ts';
import { type ElementHeader, encodingAt, hasVrLetters, UNDEFINED_LENGTH, uint32, vrAt } from './element-header.ts';
import { type Encoding, explicitLittle, implicitLittle } from './encoding.ts';
import { groupOf, isPrivate, isPrivateCreator, privateCreatorOf, tag as tagFrom } from './tag.ts';
import type { Token } from './token-sink.ts';
import { type VR, vrs } from './vr.ts';

const PIXEL_DATA = 0x7fe0_0010;

/**
 * The VR of an element: as written; where none, UN or an impossible one was written, that of the dictionary, which for
 * `US or SS` depends on Pixel Representation (PS3.5 A.1). PS3.5 6.2.2: a UN of defined length is little endian in the VR
 * it would have had; one that holds items is left alone.
 */
export function meantVr(header: ElementHeader, token: Token, creator: string | undefined, signed: boolean): VR {
  const { vr } = header;
  const { encoding } = token;
  if (vr === undefined) {
    const known = vrOf(header.tag, creator);
    return signed && known === 'US' && entryOf(header.tag, creator)?.vrs.includes('SS') ? 'SS' : known;
  }
  if (vr !== 'UN') return fits(token.length, vr) ? vr : (fallback(header.tag, creator, token.length) ?? vr);
  if (token.undefinedLength || !encoding.littleEndian) return 'UN';
  return fallback(header.tag, creator, token.length) ?? 'UN';
}

/** Whether the dictionary knows a standard element, and knows it with other VRs than this one. */
export function isWrongVr(tag: number, vr: VR): boolean {
  if (isPrivate(tag)) return false;
  const known = entryOf(tag)?.vrs;
  return known !== undefined && known.length > 0 && !known.includes(vr);
}

/** The encoding of an item whose first element lies at `at`, where `left` bytes are left for its value. */
export function encodingOfItem(bytes: Uint8Array, at: number, around: Encoding, left: number): Encoding {
  const tag = tagAt(bytes, at);
  if (!around.littleEndian || groupOf(tag) === 0xfffe) return around;
  const vr = vrAt(bytes, at + 4);
  if (!around.explicitVr) return vr !== undefined && !isWrongVr(tag, vr) ? explicitLittle : around;
  return vr === undefined && isImplicitElement(bytes, at, left) ? implicitLittle : around;
}

/**
 * The encoding of a data set whose first element lies at `at`, given the one declared for it. A declared encoding is
 * doubted only where the bytes cannot be read in it and make sense in another.
 */
export function encodingOfDataSet(bytes: Uint8Array, at: number, declared: Encoding): Encoding {
  const found = encodingAt(bytes, at);
  if (found === declared || (found.explicitVr && declared.explicitVr && isKnownFirst(bytes, at, declared)))
    return declared;
  if (found.explicitVr) return isKnownFirst(bytes, at, found) ? found : declared;
  if (declared.explicitVr && hasVrLetters(bytes, at)) return declared;
  return isImplicitElement(bytes, at, Number.POSITIVE_INFINITY) ? implicitLittle : declared;
}

/** Whether bytes at the place of an element of the outermost data set are zeros or junk that follow its end. */
export function isJunk(
  after: { lastTag: number; encoding: Encoding; creators?: Map<number, string> },
  header: ElementHeader,
): boolean {
  const { tag } = header;
  const beyond = tag <= after.lastTag || after.lastTag >= PIXEL_DATA;
  if (groupOf(tag) < 0x0002) return groupOf(after.lastTag) >= 0x0008;
  const known = isPrivate(tag)
    ? isPrivateCreator(tag) || after.creators?.get(privateCreatorOf(tag)) !== undefined
    : entryOf(tag) !== undefined;
  if (after.encoding.explicitVr)
    return header.defect === 'no-vr' ? beyond || !known : beyond && header.defect !== undefined;
  return beyond && !known;
}

/** Whether a data set may begin with this element: with nearly any that is defined, or a private one. */
export function isPlausibleFirst(tag: number): boolean {
  return groupOf(tag) <= 0x00ff || isPrivate(tag) || entryOf(tag) !== undefined;
}

/** Whether a data set may begin here in an explicit VR encoding: with a standard element of low group. */
function isKnownFirst(bytes: Uint8Array, at: number, { littleEndian }: Encoding): boolean {
  const tag = littleEndian ? tagAt(bytes, at) : uint32(bytes, at, false);
  return isPlausibleFirst(tag);
}

function isImplicitElement(bytes: Uint8Array, at: number, left: number): boolean {
  const tag = tagAt(bytes, at);
  const length = uint32(bytes, at + 4, true);
  if (length === UNDEFINED_LENGTH) return vrOf(tag) === 'SQ' || isPrivate(tag);
  return length <= Math.min(left, 0xffff) && (entryOf(tag) !== undefined || isPrivate(tag));
}

const tagAt = (bytes: Uint8Array, at: number): number =>
  tagFrom(bytes[at]! | (bytes[at + 1]! << 8), bytes[at + 2]! | (bytes[at + 3]! << 8));

/** The dictionary's VR, where a value of `length` bytes can have it. */
function fallback(tag: number, creator: string | undefined, length: number): VR | undefined {
  const vr = vrOf(tag, creator);
  return vr !== 'SQ' && vr !== 'UN' && fits(length, vr) ? vr : undefined;
}

function fits(length: number, vr: VR): boolean {
  const width = vr === 'AT' ? 4 : vrs[vr].width;
  return width === 1 || length % width === 0;
}
