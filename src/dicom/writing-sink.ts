// Writes what the tokenizer meets, in another encoding or the same: PS3.5 7.1, 7.3, 7.5, A.4.

import type { ByteSink } from './byte-sink.ts';
import { concatenated } from './bytes.ts';
import { ITEM, UNDEFINED_LENGTH } from './element-header.ts';
import { type Encoding, swapped } from './encoding.ts';
import { writeDelimiter, writeHeader, writeItem } from './header-writer.ts';
import { elementOf, groupOf } from './tag.ts';
import type { Demand, Token, TokenSink } from './token-sink.ts';
import { vrs } from './vr.ts';

/** Longer values, in bytes, are passed on in pieces. */
const HOLD_VALUES_UP_TO = 16 * 1024;

export class WritingSink implements TokenSink {
  protected readonly out: ByteSink;
  protected readonly target: Encoding;
  /** It holds nothing. */
  readonly isCrowded = false;
  /** Of a value given in pieces: the bytes of an incomplete word, where words are turned around. */
  #carried: Uint8Array = nothing;
  protected isCut = false;

  constructor(out: ByteSink, target: Encoding) {
    this.out = out;
    this.target = target;
  }

  opaqueFromOutermost(): void {}

  demand(token: Token): Demand {
    return token.length <= HOLD_VALUES_UP_TO ? 'hold' : 'pieces';
  }

  held(token: Token, bytes: Uint8Array, from: number, to: number): void {
    if (isGroupLength(token.tag)) return;
    this.inPieces(token);
    this.piece(token, bytes, from, to);
    this.lastPiece(token);
  }

  inPieces(token: Token): void {
    const length = token.length + (token.length % 2);
    if (token.tag === ITEM) writeItem(this.out, length, this.target);
    else writeHeader(this.out, token.tag, token.vr, length, this.target);
  }

  /** PS3.5 7.3: whole words are turned around; what is left of one waits for the next piece. */
  piece(token: Token, bytes: Uint8Array, from: number, to: number): void {
    const piece = bytes.subarray(from, to);
    const { width } = vrs[token.vr];
    if (width === 1 || token.encoding.littleEndian === this.target.littleEndian) {
      this.out.bytes(piece);
      return;
    }
    const waiting = this.#carried.length === 0 ? piece : concatenated([this.#carried, piece]);
    const whole = waiting.length - (waiting.length % width);
    this.out.bytes(swapped(waiting.subarray(0, whole), width));
    this.#carried = waiting.slice(whole);
  }

  lastPiece(token: Token): void {
    this.out.bytes(this.#carried);
    this.#carried = nothing;
    if (token.length % 2 === 1) this.out.uint8(token.tag === ITEM ? 0 : vrs[token.vr].padding);
  }

  sequence({ tag }: Token): void {
    writeHeader(this.out, tag, 'SQ', UNDEFINED_LENGTH, this.target);
  }

  item(): void {
    writeItem(this.out, UNDEFINED_LENGTH, this.target);
  }

  endItem(): void {
    if (!this.isCut) writeDelimiter(this.out, 'item', this.target);
  }

  endSequence(): void {
    if (!this.isCut) writeDelimiter(this.out, 'sequence', this.target);
  }

  fragments({ tag, vr }: Token): void {
    writeHeader(this.out, tag, vr, UNDEFINED_LENGTH, this.target);
  }

  endFragments(): void {
    this.endSequence();
  }

  /** What the input does not have is not made up: the output ends in the same value. */
  cut(): void {
    this.out.bytes(this.#carried);
    this.isCut = true;
  }

  /** The input has ended. */
  end(): void {}

  holds(): boolean {
    return false;
  }

  /** All values are wanted, at every depth; what is odd about them was found when they were received. */
  skipped(): void {}
  opaque(): void {}
  endOpaque(): void {}
  finding(): void {}
}

const nothing = new Uint8Array(0);

/** PS3.5 7.2: group lengths are retired, and would be wrong in another encoding. */
const isGroupLength = (tag: number): boolean => elementOf(tag) === 0 && groupOf(tag) > 0x0002;
