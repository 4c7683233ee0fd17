// The bytes of a value as text and numbers, and back. PS3.5 6.2 (VRs), 6.4 (several values, backslash), 7.3 (byte order:
// Element gives little endian). Never throws on what a sender wrote: what is no number is NaN, what is no text is ''.

import { asciiBytes } from './bytes.ts';
import type { CharacterSet } from './character-set.ts';
import type { Element } from './element.ts';
import { hexOf } from './tag.ts';
import { type VR, vrs } from './vr.ts';

/** All values as text, padding trimmed, in order; empty when the element has none or its VR has no text. */
export function textsOf(element: Element, characterSet: CharacterSet): string[] {
  const bytes = element.value;
  if (!(bytes instanceof Uint8Array) || bytes.length === 0) return [];
  switch (vrs[element.vr].kind) {
    case 'text': {
      const text = characterSet.decode(bytes, element.vr);
      if (!vrs[element.vr].multiple || !text.includes('\\')) return [trimPadding(text, element.vr)];
      return text.split('\\').map((value) => trimPadding(value, element.vr));
    }
    case 'tag':
      return tagsOf(bytes).map(hexOf);
    case 'number':
      return isWideInteger(element.vr)
        ? bigintsOf(element).map(String)
        : numbersOf(element, characterSet).map(numberText);
    default:
      return [];
  }
}

/** Minus zero keeps its sign, which a DS or FD may carry. */
const numberText = (number: number): string => (Object.is(number, -0) ? '-0' : String(number));

/** All values as numbers; NaN where a DS or IS is malformed or empty. Beyond 2^53 see `bigintsOf`. */
export function numbersOf(element: Element, characterSet: CharacterSet): number[] {
  const bytes = element.value;
  if (!(bytes instanceof Uint8Array) || bytes.length === 0) return [];
  const read = binaryNumbers[element.vr];
  if (read === undefined) {
    return vrs[element.vr].kind === 'text' ? textsOf(element, characterSet).map(numberOfText) : [];
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = vrs[element.vr].width;
  const numbers: number[] = [];
  for (let at = 0; at + width <= bytes.length; at += width) numbers.push(read(view, at));
  return numbers;
}

/** All values of a SV or UV. */
export function bigintsOf(element: Element): bigint[] {
  const bytes = element.value;
  if (!(bytes instanceof Uint8Array) || !isWideInteger(element.vr)) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers: bigint[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    numbers.push(element.vr === 'SV' ? view.getBigInt64(at, true) : view.getBigUint64(at, true));
  }
  return numbers;
}

/** Text values as bytes, joined by backslashes and padded to even length; undefined when the character set lacks a character. */
export function encodeTexts(texts: readonly string[], vr: VR, characterSet: CharacterSet): Uint8Array | undefined {
  const text = texts.join('\\');
  const encoded = (vrs[vr].extended ? undefined : asciiBytes(text)) ?? characterSet.encode(text, vr);
  if (encoded === undefined || encoded.length % 2 === 0) return encoded;
  const padded = new Uint8Array(encoded.length + 1);
  padded.set(encoded);
  padded[encoded.length] = vrs[vr].padding;
  return padded;
}

/** Numbers (or tags, for AT) as bytes of a binary VR, little endian. */
export function encodeNumbers(numbers: readonly (number | bigint)[], vr: VR): Uint8Array {
  const write = numberWriters[vr];
  if (write === undefined) throw new TypeError(`${vr} is not a binary number`);
  const width = vr === 'AT' ? 4 : vrs[vr].width;
  const bytes = new Uint8Array(numbers.length * width);
  const view = new DataView(bytes.buffer);
  numbers.forEach((number, i) => {
    write(view, i * width, number);
  });
  return bytes;
}

/** PS3.5 6.2: a DS has at most 16 characters; the nearest number that fits is written. */
export function decimalString(number: number): string {
  const text = String(number);
  if (text.length <= 16) return text;
  for (let digits = 16; digits > 0; digits--) {
    const shorter = String(Number(number.toPrecision(digits)));
    if (shorter.length <= 16) return shorter;
    const exponential = number.toExponential(digits - 1).replace('e+', 'e');
    if (exponential.length <= 16) return exponential;
  }
  return '0';
}

/** PS3.5 6.2.1.1: empty component groups at the end of a name, and their delimiters, mean nothing. */
const EQUALS_SIGN = 0x3d;

/** PS3.5 6.2: leading spaces have no meaning in these. Trailing spaces have none anywhere; a NUL pads UI, and others by mistake. */
const leadingSpaces: ReadonlySet<VR> = new Set<VR>(['AE', 'CS', 'DS', 'IS', 'LO', 'SH', 'UI']);

function trimPadding(text: string, vr: VR): string {
  let end = text.length;
  while (end > 0 && isPadding(text.charCodeAt(end - 1))) end--;
  if (vr === 'PN') while (end > 0 && text.charCodeAt(end - 1) === EQUALS_SIGN) end--;
  let start = 0;
  if (leadingSpaces.has(vr)) while (start < end && text.charCodeAt(start) === 0x20) start++;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

const isPadding = (code: number): boolean => code === 0x20 || code === 0;

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function numberOfText(text: string): number {
  return decimal.test(text) ? Number(text) : Number.NaN;
}

function tagsOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tags: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    tags.push(((view.getUint16(at, true) << 16) | view.getUint16(at + 2, true)) >>> 0);
  }
  return tags;
}

const isWideInteger = (vr: VR): boolean => vr === 'SV' || vr === 'UV';

const binaryNumbers: Partial<Record<VR, (view: DataView, at: number) => number>> = {
  US: (view, at) => view.getUint16(at, true),
  SS: (view, at) => view.getInt16(at, true),
  UL: (view, at) => view.getUint32(at, true),
  SL: (view, at) => view.getInt32(at, true),
  FL: (view, at) => view.getFloat32(at, true),
  FD: (view, at) => view.getFloat64(at, true),
  UV: (view, at) => Number(view.getBigUint64(at, true)),
  SV: (view, at) => Number(view.getBigInt64(at, true)),
  OB: (view, at) => view.getUint8(at),
  OW: (view, at) => view.getUint16(at, true),
  OL: (view, at) => view.getUint32(at, true),
  OF: (view, at) => view.getFloat32(at, true),
  OD: (view, at) => view.getFloat64(at, true),
  OV: (view, at) => Number(view.getBigUint64(at, true)),
};

const numberWriters: Partial<Record<VR, (view: DataView, at: number, number: number | bigint) => void>> = {
  US: (view, at, number) => view.setUint16(at, Number(number), true),
  SS: (view, at, number) => view.setInt16(at, Number(number), true),
  UL: (view, at, number) => view.setUint32(at, Number(number), true),
  SL: (view, at, number) => view.setInt32(at, Number(number), true),
  FL: (view, at, number) => view.setFloat32(at, Number(number), true),
  FD: (view, at, number) => view.setFloat64(at, Number(number), true),
  UV: (view, at, number) => view.setBigUint64(at, BigInt(number), true),
  SV: (view, at, number) => view.setBigInt64(at, BigInt(number), true),
  OB: (view, at, number) => view.setUint8(at, Number(number)),
  OW: (view, at, number) => view.setUint16(at, Number(number), true),
  OL: (view, at, number) => view.setUint32(at, Number(number), true),
  OF: (view, at, number) => view.setFloat32(at, Number(number), true),
  OD: (view, at, number) => view.setFloat64(at, Number(number), true),
  OV: (view, at, number) => view.setBigUint64(at, BigInt(number), true),
  AT: (view, at, tag) => {
    view.setUint16(at, Number(tag) >>> 16, true);
    view.setUint16(at + 2, Number(tag) & 0xffff, true);
  },
};
