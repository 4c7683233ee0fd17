// One data element: tag, VR and value (PS3.5 7.1), with the place it was read from and, where still at hand, the very
// bytes it was read from, so that what nobody edited is written as it came.

import type { DataSet } from './dataset.ts';
import { type Encoding, explicitLittle, swapped } from './encoding.ts';
import { type VR, vrs } from './vr.ts';

/** A value that is not held. `offset` counts from the first byte pushed (plus `baseOffset`); of a deflated data set, from its first inflated byte. */
export interface BulkRef {
  readonly bulk: true;
  readonly offset: number;
  readonly length: number;
}

/** The value of encapsulated Pixel Data (PS3.5 A.4): a Basic Offset Table item and the fragments after it. */
export interface Fragments {
  readonly basicOffsetTable: Uint8Array;
  readonly fragments: readonly Fragment[];
}

export interface Fragment {
  /** Where the fragment's bytes begin, after its item header; counted as in BulkRef. */
  readonly offset: number;
  readonly length: number;
  /** The first four bytes as a big endian number, by which a codestream's start is known. */
  readonly head: number;
  /** The bytes, where the whole object was read in memory. */
  readonly bytes?: Uint8Array;
}

/** Values of several bytes are little endian here, whatever the transfer syntax was. */
export type Value = Uint8Array | DataSet[] | Fragments | BulkRef;

export const isBytes = (value: Value): value is Uint8Array => value instanceof Uint8Array;
export const isItems = (value: Value): value is DataSet[] => Array.isArray(value);
export const isFragments = (value: Value): value is Fragments => 'fragments' in value;
export const isBulkRef = (value: Value): value is BulkRef => 'bulk' in value;

/** A stretch of the input that elements were read from. The reader exchanges `bytes` when it gives a chunk back. */
export interface Block {
  bytes: Uint8Array;
  /** Offset in the input of `bytes[0]`. */
  base: number;
}

export class Element {
  readonly tag: number;
  readonly vr: VR;
  /** Whether a sequence had, and will be written with, undefined length (PS3.5 7.5.2). */
  readonly undefinedLength: boolean;
  /** How the data set around it was encoded, and so how `encoded` is to be read. */
  readonly encoding: Encoding;
  /** Offset of the tag in the input, counted as in BulkRef; -1 for an element that was not read. */
  readonly offset: number;
  #value: Value | undefined;
  #block: Block | undefined;
  #valueOffset: number;
  #endOffset: number;

  private constructor(
    tag: number,
    vr: VR,
    undefinedLength: boolean,
    value: Value | undefined,
    encoding: Encoding,
    block: Block | undefined,
    offset: number,
    valueOffset: number,
    endOffset: number,
  ) {
    this.tag = tag;
    this.vr = vr;
    this.undefinedLength = undefinedLength;
    this.encoding = encoding;
    this.offset = offset;
    this.#value = value;
    this.#block = block;
    this.#valueOffset = valueOffset;
    this.#endOffset = endOffset;
  }

  /** An element of our own making. `value` is in little endian order. */
  static of(tag: number, vr: VR, value: Value): Element {
    return new Element(tag, vr, false, value, explicitLittle, undefined, -1, -1, -1);
  }

  /** An element whose value lies in `block` between two offsets; its bytes are looked at when somebody asks. */
  static within(
    block: Block,
    tag: number,
    vr: VR,
    encoding: Encoding,
    offset: number,
    valueOffset: number,
    endOffset: number,
  ): Element {
    return new Element(tag, vr, false, undefined, encoding, block, offset, valueOffset, endOffset);
  }

  /** An element with a value of its own: a sequence, fragments, or one that is not held. Its end is known later: `closeAt`. */
  static around(
    block: Block | undefined,
    tag: number,
    vr: VR,
    encoding: Encoding,
    offset: number,
    undefinedLength: boolean,
    value: Value,
  ): Element {
    return new Element(tag, vr, undefinedLength, value, encoding, block, offset, -1, -1);
  }

  closeAt(endOffset: number): void {
    this.#endOffset = endOffset;
  }

  get value(): Value {
    this.#value ??= this.#littleEndianValue();
    return this.#value;
  }

  /** The whole element as it was read, from the tag to its end; undefined when it was made, edited or is not at hand. */
  get encoded(): Uint8Array | undefined {
    const block = this.#block;
    if (block === undefined || this.#endOffset < 0) return undefined;
    const start = this.offset - block.base;
    const end = this.#endOffset - block.base;
    return start < 0 || end > block.bytes.length ? undefined : block.bytes.subarray(start, end);
  }

  /** An item below was edited: what was read no longer says what the element holds. */
  forgetEncoded(): void {
    this.#block = undefined;
  }

  #littleEndianValue(): Uint8Array {
    const { bytes, base } = this.#block!;
    const raw = bytes.subarray(this.#valueOffset - base, this.#endOffset - base);
    return this.encoding.littleEndian ? raw : swapped(raw, vrs[this.vr].width);
  }
}
