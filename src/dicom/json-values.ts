// The values of one element as PS3.18 F.2.2 to F.2.5 write them. Nearly all text is ASCII that needs no escapes, and goes
// from the bytes of the value to those of the JSON without becoming a string.

import type { CharacterSet } from './character-set.ts';
import type { Element } from './element.ts';
import { bigintsOf, numbersOf, textsOf } from './element-values.ts';
import type { JsonSink } from './json-sink.ts';
import { type VR, vrs } from './vr.ts';

/**
 * Writes the member `Value` of an element whose bytes are numbers, tags or text; nothing where no value says anything.
 * Returns whether a character beyond ASCII is among what was written.
 */
export function writeValues(out: JsonSink, element: Element, bytes: Uint8Array, characterSet: CharacterSet): boolean {
  const { vr } = element;
  const { kind } = vrs[vr];
  if (kind === 'text' && writePlainText(out, bytes, vr)) return false;
  if (kind !== 'number') return writeTexts(out, textsOf(element, characterSet), vr);
  const isWide = vr === 'SV' || vr === 'UV';
  writeNumbers(out, isWide ? bigintsOf(element).map(wideInteger) : numbersOf(element, characterSet).map(binaryNumber));
  return false;
}

const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const EQUALS_SIGN = 0x3d;
const BACKSLASH = 0x5c;

/** Of each byte, whether it is the same character in every character set, and JSON writes it as it is. */
const isPlain = Uint8Array.from({ length: 256 }, (_, byte) => {
  // JIS X 0201 has other characters in the places of backslash and tilde.
  return byte >= 0x20 && byte < 0x7e && byte !== 0x22 && byte !== BACKSLASH ? 1 : 0;
});

/** Writes values that need neither decoding nor escapes nor trimming but at the end; else returns false and writes nothing. */
function writePlainText(out: JsonSink, bytes: Uint8Array, vr: VR): boolean {
  let end = bytes.length;
  while (end > 0 && isPadding(bytes[end - 1]!)) end--;
  if (vr === 'DS' || vr === 'IS') {
    if (!areJsonNumbers(bytes, end)) return false;
    writeSeparated(out, bytes, end, ',"Value":[', ',', ']');
  } else if (!arePlain(bytes, end, vr)) {
    return false;
  } else if (vr === 'PN') {
    writeSeparated(out, bytes, end, ',"Value":[{"Alphabetic":"', '', '"}]');
  } else {
    writeSeparated(out, bytes, end, ',"Value":["', '","', '"]');
  }
  return true;
}

/** Whether no value is empty, has spaces around it, or has characters that need a closer look. */
function arePlain(bytes: Uint8Array, end: number, vr: VR): boolean {
  const { extended, multiple } = vrs[vr];
  let before = BACKSLASH;
  for (let at = 0; at < end; at++) {
    const byte = bytes[at]!;
    if (isPlain[byte] === 0) {
      // Only where (0008,0005) does not govern is this byte a backslash in all character sets.
      if (byte !== BACKSLASH || extended || !multiple || before === BACKSLASH || isPadding(before)) return false;
    } else if ((before === BACKSLASH && isPadding(byte)) || (byte === EQUALS_SIGN && vr === 'PN')) {
      return false;
    }
    before = byte;
  }
  return before !== BACKSLASH;
}

const isPadding = (byte: number): boolean => byte === 0x20 || byte === 0;
const isDigit = (byte: number): boolean => byte >= ZERO && byte < ZERO + 10;

/** Digits of a number that is not looked at more closely; the standard has 16 characters for it. */
const NUMBER_DIGITS = 32;

/** Whether the values of a DS or IS are each a number in the form that JSON has for it, without exponent. */
function areJsonNumbers(bytes: Uint8Array, end: number): boolean {
  for (let at = 0; ; at++) {
    if (bytes[at] === MINUS) at++;
    const whole = at;
    while (isDigit(bytes[at]!)) at++;
    const digits = at - whole;
    if (digits === 0 || digits > NUMBER_DIGITS || (digits > 1 && bytes[whole] === ZERO)) return false;
    if (bytes[at] === POINT) {
      const fraction = ++at;
      while (isDigit(bytes[at]!)) at++;
      if (at === fraction) return false;
    }
    if (at === end) return true;
    if (bytes[at] !== BACKSLASH) return false;
  }
}

function writeSeparated(out: JsonSink, bytes: Uint8Array, end: number, open: string, between: string, close: string) {
  out.ascii(open);
  let from = 0;
  for (let to = bytes.indexOf(BACKSLASH); to >= 0 && to < end; to = bytes.indexOf(BACKSLASH, from)) {
    out.bytes(bytes, from, to);
    out.ascii(between);
    from = to + 1;
  }
  out.bytes(bytes, from, end);
  out.ascii(close);
}

function writeNumbers(out: JsonSink, numbers: readonly string[]): void {
  if (numbers.length === 0) return;
  let before = ',"Value":[';
  for (const number of numbers) {
    out.ascii(before);
    out.ascii(number);
    before = ',';
  }
  out.ascii(']');
}

const unusual = /[^ !#-[\]-~]/;
const beyondAscii = /[^\0-\x7f]/;

function writeTexts(out: JsonSink, texts: readonly string[], vr: VR): boolean {
  if (texts.length === 0) return false;
  const write = vr === 'PN' ? personName : vr === 'DS' || vr === 'IS' ? numberString : quoted;
  const values = texts.map((text) => (text === '' ? 'null' : write(text))).join(',');
  if (values === 'null') return false;
  const isBeyond = beyondAscii.test(values);
  out.text(`,"Value":[${values}]`);
  return isBeyond;
}

const quoted = (text: string): string => (unusual.test(text) ? JSON.stringify(text) : `"${text}"`);

/** F.2.2: component groups of a PN, those absent left out. */
function personName(text: string): string {
  const groups = text.split('=');
  const members = ['Alphabetic', 'Ideographic', 'Phonetic'].flatMap((name, at) =>
    isEmptyGroup(groups[at]) ? [] : [`"${name}":${quoted(groups[at]!)}`],
  );
  return members.length === 0 ? 'null' : `{${members.join(',')}}`;
}

/** A group of delimiters only says nothing, but it was sent. */
const isEmptyGroup = (group: string | undefined): boolean => group === undefined || /^ *$/.test(group);

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const decimal = /^([+-]?)0*(\d*)(?:\.(\d*))?([eE][+-]?\d+)?$/;

/** DS and IS as the number with the digits that were sent; what is no number stays a string. */
function numberString(text: string): string {
  if (!Number.isFinite(Number(text))) return quoted(text);
  if (jsonNumber.test(text)) return text;
  const [, sign, whole, fraction, exponent] = decimal.exec(text) ?? [];
  const number = `${sign === '-' ? '-' : ''}${whole || '0'}${fraction ? `.${fraction}` : ''}${exponent ?? ''}`;
  return sign !== undefined && /\d/.test(text) && jsonNumber.test(number) ? number : quoted(text);
}

/** F.2.4: what is not finite is a string. */
function binaryNumber(number: number): string {
  if (Number.isFinite(number)) return Object.is(number, -0) ? '-0' : String(number);
  return `"${number}"`;
}

/** SV and UV beyond 2^53 are strings, since JSON readers lose their digits (F.2.3). */
function wideInteger(number: bigint): string {
  const safe = number <= Number.MAX_SAFE_INTEGER && number >= Number.MIN_SAFE_INTEGER;
  return safe ? String(number) : `"${number}"`;
}
