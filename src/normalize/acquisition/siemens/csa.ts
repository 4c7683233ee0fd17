// The CSA header of Siemens MR: a table of named values in one OB element, (0029,xx10) of the image and (0029,xx20) of the
// series. Two layouts are met: SV10 (software B and later) begins with its name; the plain one (A) does not, and counts
// the lengths of values differently. What is damaged ends the reading; what was read until there stands.

import { limits } from '../limits.ts';

export class CsaHeader {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.texts(name).length > 0;
  }

  /** Values that were written, in order; empty when the tag is absent. */
  texts(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  text(name: string): string | undefined {
    return this.texts(name)[0];
  }

  numbers(name: string): number[] {
    return this.texts(name).map(Number);
  }

  number(name: string): number | undefined {
    const number = Number(this.text(name) ?? Number.NaN);
    return Number.isNaN(number) ? undefined : number;
  }
}

const NAME_BYTES = 64;
const TAG_BYTES = 84;
const VALUE_HEADER_BYTES = 16;

export function readCsa(bytes: Uint8Array): CsaHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sv10 = latin1(bytes.subarray(0, 4)) === 'SV10';
  const values = new Map<string, string[]>();
  let at = sv10 ? 8 : 0;
  if (at + 8 > bytes.length) return new CsaHeader(values);
  const count = view.getUint32(at, true);
  at += 8;
  if (count > limits.csaTags) return new CsaHeader(values);
  let firstLength: number | undefined;
  for (let tag = 0; tag < count && at + TAG_BYTES <= bytes.length; tag++) {
    const name = upToNul(bytes.subarray(at, at + NAME_BYTES));
    const items = view.getUint32(at + 76, true);
    at += TAG_BYTES;
    if (items > limits.csaValues) break;
    const texts: string[] = [];
    for (let item = 0; item < items && at + VALUE_HEADER_BYTES <= bytes.length; item++) {
      const [first, second] = [view.getInt32(at, true), view.getInt32(at + 4, true)];
      firstLength ??= first;
      // The plain layout gives each length too large by that of the very first value.
      const length = sv10 ? second : first - firstLength;
      at += VALUE_HEADER_BYTES;
      if (length < 0 || at + length > bytes.length) return new CsaHeader(values);
      const text = upToNul(bytes.subarray(at, at + length)).trim();
      if (text !== '') texts.push(text);
      at += (length + 3) & ~3;
    }
    values.set(name, texts);
  }
  return new CsaHeader(values);
}

function upToNul(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return latin1(end < 0 ? bytes : bytes.subarray(0, end));
}

const decoder = new TextDecoder('latin1');
export const latin1 = (bytes: Uint8Array): string => decoder.decode(bytes);
