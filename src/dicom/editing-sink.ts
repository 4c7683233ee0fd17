// Writes what the tokenizer meets with some elements of the outermost data set exchanged. Where the new ones need another
// character set, every text is encoded in it on its way (PS3.3 C.12.1.1.2).

import type { ByteSink } from './byte-sink.ts';
import { type CharacterSet, characterSet } from './character-set.ts';
import { Element } from './element.ts';
import { ITEM } from './element-header.ts';
import { encodeTexts, textsOf } from './element-values.ts';
import { writeElement } from './element-writer.ts';
import type { Encoding } from './encoding.ts';
import type { Demand, Token } from './token-sink.ts';
import { vrs } from './vr.ts';
import { WritingSink } from './writing-sink.ts';

export interface Edits {
  /** By tag, what stands there; undefined: nothing does. */
  elements: ReadonlyMap<number, Element | undefined>;
  /** That text is written in, where that is another than it is read in. */
  recoding?: { from: CharacterSet; to: CharacterSet };
  /** Of the outermost data set, what leaves of all that `elements` does not name; absent: everything. */
  passes?(tag: number): boolean;
  /** The value of Pixel Data on its way, native or one fragment after another; absent: as it is. */
  pixels?: PixelEdit;
}

/**
 * Given the pieces of a value in order, each with where it begins in its value, or fragment; returns as many bytes. May not
 * edit those it was given.
 */
export type PixelEdit = (piece: Uint8Array, offset: number) => Uint8Array;

const PIXEL_DATA = 0x7fe0_0010;
const SPECIFIC_CHARACTER_SET = 0x0008_0005;

export class EditingSink extends WritingSink {
  readonly #elements: Edits['elements'];
  readonly #recoding: Edits['recoding'];
  /** Tags of new elements that are still to be written, in ascending order. */
  readonly #waiting: number[];
  /** In force in each of the items that are open, the outermost data set first. */
  readonly #characterSets: CharacterSet[] = [];
  /** Items that are open. */
  #depth = 0;
  /** Whether what comes belongs to an element of the outermost data set that is exchanged. */
  #isDropped = false;
  /** Whether it belongs to Pixel Data, and how much of the value has come. */
  #isPixels = false;
  #offset = 0;
  readonly #passes: Edits['passes'];
  readonly #pixels: Edits['pixels'];

  constructor(out: ByteSink, target: Encoding, { elements, recoding, passes, pixels }: Edits) {
    super(out, target);
    this.#elements = elements;
    this.#recoding = recoding;
    this.#passes = passes;
    this.#pixels = pixels;
    this.#waiting = [...elements]
      .flatMap(([tag, element]) => (element === undefined ? [] : [tag]))
      .sort((a, b) => a - b);
    if (recoding !== undefined) this.#characterSets.push(recoding.from);
  }

  override demand(token: Token): Demand {
    return this.#isText(token) ? 'hold' : super.demand(token);
  }

  override held(token: Token, bytes: Uint8Array, from: number, to: number): void {
    this.#begin(token);
    if (this.#isDropped) return;
    if (this.#recoding !== undefined && this.#depth > 0 && token.tag === SPECIFIC_CHARACTER_SET) {
      const declared = textsOf(Element.of(token.tag, 'CS', bytes.slice(from, to)), characterSet([]));
      this.#characterSets[this.#depth] = characterSet(declared);
    } else if (this.#isText(token)) this.#recode(token, bytes.slice(from, to));
    else super.held(token, bytes, from, to);
  }

  override inPieces(token: Token): void {
    this.#begin(token);
    this.#offset = 0;
    if (!this.#isDropped) super.inPieces(token);
  }

  override piece(token: Token, bytes: Uint8Array, from: number, to: number): void {
    if (this.#isDropped) return;
    // The Basic Offset Table is no fragment.
    if (this.#pixels === undefined || !this.#isPixels || (token.tag === ITEM && token.fragment < 0)) {
      super.piece(token, bytes, from, to);
      return;
    }
    const edited = this.#pixels(bytes.subarray(from, to), this.#offset);
    this.#offset += to - from;
    super.piece(token, edited, 0, edited.length);
  }

  override lastPiece(token: Token): void {
    if (!this.#isDropped) super.lastPiece(token);
  }

  override sequence(token: Token): void {
    this.#begin(token);
    if (!this.#isDropped) super.sequence(token);
  }

  override item(): void {
    this.#depth += 1;
    if (this.#recoding !== undefined) this.#characterSets.push(this.#characterSets.at(-1)!);
    if (!this.#isDropped) super.item();
  }

  override endItem(): void {
    this.#depth -= 1;
    if (this.#recoding !== undefined) this.#characterSets.pop();
    if (!this.#isDropped) super.endItem();
  }

  override endSequence(): void {
    if (!this.#isDropped) super.endSequence();
  }

  override fragments(token: Token): void {
    this.#begin(token);
    if (!this.#isDropped) super.fragments(token);
  }

  override end(): void {
    if (!this.isCut) this.#writeBefore(Number.POSITIVE_INFINITY);
  }

  /** Of the outermost data set: what has its place before is written, and so is what stands there instead. */
  #begin({ tag }: Token): void {
    if (this.#depth > 0 || tag === ITEM) return;
    this.#writeBefore(tag + 1);
    this.#isDropped = this.#elements.has(tag) || this.#passes?.(tag) === false;
    this.#isPixels = tag === PIXEL_DATA;
  }

  #writeBefore(tag: number): void {
    while (this.#waiting.length > 0 && this.#waiting[0]! < tag) {
      writeElement(this.out, this.#elements.get(this.#waiting.shift()!)!, this.target);
    }
  }

  #isText({ tag, vr }: Token): boolean {
    return this.#recoding !== undefined && tag !== ITEM && vrs[vr].extended;
  }

  #recode({ tag, vr }: Token, bytes: Uint8Array): void {
    const text = this.#characterSets.at(-1)!.decode(bytes, vr);
    const recoded = encodeTexts([text], vr, this.#recoding!.to);
    writeElement(this.out, Element.of(tag, vr, recoded ?? bytes), this.target);
  }
}
