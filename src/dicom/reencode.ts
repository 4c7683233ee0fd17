// The same data set in another uncompressed transfer syntax, as its bytes come: implicit or explicit VR, either byte
// order, deflated or not. PS3.5 7.3, A.1 to A.3, A.5. Memory does not grow with the object: values beyond a size go
// through in pieces, and sequences leave with undefined length because theirs is not known beforehand.

import { ByteSink } from './byte-sink.ts';
import { ByteWindow } from './byte-window.ts';
import { concatenated } from './bytes.ts';
import { Deflater } from './deflate.ts';
import { ITEM, UNDEFINED_LENGTH } from './element-header.ts';
import { type Encoding, encodingOf, swapped } from './encoding.ts';
import { writeDelimiter, writeHeader, writeItem } from './header-writer.ts';
import { Inflater } from './inflate.ts';
import { type ReaderLimits, readerLimits } from './reader-limits.ts';
import { elementOf, groupOf } from './tag.ts';
import type { Demand, Token, TokenSink } from './token-sink.ts';
import { Tokenizer } from './tokenizer.ts';
import { isUncompressed, type TransferSyntax } from './transfer-syntax.ts';
import { vrs } from './vr.ts';

/** Longer values, in bytes, are passed on in pieces. */
const HOLD_VALUES_UP_TO = 16 * 1024;

export class Reencoder {
  readonly #window = new ByteWindow(0);
  readonly #tokenizer: Tokenizer;
  readonly #out = new ByteSink();
  readonly #deflater: Deflater | undefined;
  readonly #inflater: Inflater | undefined;
  #ready: Uint8Array[] = [];

  /** Both syntaxes must be uncompressed (TypeError): pixels are not decoded here. */
  constructor(source: TransferSyntax, target: TransferSyntax, limits: Partial<ReaderLimits> = {}) {
    if (!isUncompressed(source) || !isUncompressed(target)) throw new TypeError('only uncompressed syntaxes');
    const inForce = { ...readerLimits, ...limits };
    const writing = new WritingSink(this.#out, encodingOf(target));
    const everyDepth = { ...inForce, depth: inForce.nesting };
    this.#tokenizer = new Tokenizer(this.#window, encodingOf(source), writing, everyDepth);
    if (target.deflated) this.#deflater = new Deflater((bytes) => this.#ready.push(bytes));
    if (source.deflated) this.#inflater = new Inflater(0, inForce.inflatedBytes, (bytes) => this.#read(bytes));
  }

  /** Takes the next bytes of the data set, which may be used again afterwards; returns what is ready of the other. */
  push(chunk: Uint8Array): Uint8Array[] {
    if (this.#inflater === undefined) this.#read(chunk);
    else this.#inflater.push(chunk);
    return this.#take();
  }

  end(): Uint8Array[] {
    this.#inflater?.end();
    this.#tokenizer.end();
    this.#pass();
    this.#deflater?.end();
    return this.#take();
  }

  #read(bytes: Uint8Array): void {
    this.#window.open(bytes);
    this.#tokenizer.run();
    if (this.#tokenizer.stopped) this.#window.skip(this.#window.available);
    this.#pass();
    this.#window.close();
  }

  /** Before the window gives its bytes back: what was written and is a view into them is copied. */
  #pass(): void {
    const borrowed = this.#window.bytes.buffer;
    for (const part of this.#out.take()) {
      if (this.#deflater !== undefined) this.#deflater.push(part);
      else this.#ready.push(part.buffer === borrowed ? part.slice() : part);
    }
  }

  #take(): Uint8Array[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }
}

/** Writes what the tokenizer meets, in another encoding. */
class WritingSink implements TokenSink {
  readonly #out: ByteSink;
  readonly #target: Encoding;
  /** It holds nothing. */
  readonly isCrowded = false;
  /** Of a value given in pieces: the bytes of an incomplete word, where words are turned around. */
  #carried: Uint8Array = nothing;
  #isCut = false;

  constructor(out: ByteSink, target: Encoding) {
    this.#out = out;
    this.#target = target;
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
    if (token.tag === ITEM) writeItem(this.#out, length, this.#target);
    else writeHeader(this.#out, token.tag, token.vr, length, this.#target);
  }

  /** PS3.5 7.3: whole words are turned around; what is left of one waits for the next piece. */
  piece(token: Token, bytes: Uint8Array, from: number, to: number): void {
    const piece = bytes.subarray(from, to);
    const { width } = vrs[token.vr];
    if (width === 1 || token.encoding.littleEndian === this.#target.littleEndian) {
      this.#out.bytes(piece);
      return;
    }
    const waiting = this.#carried.length === 0 ? piece : concatenated([this.#carried, piece]);
    const whole = waiting.length - (waiting.length % width);
    this.#out.bytes(swapped(waiting.subarray(0, whole), width));
    this.#carried = waiting.slice(whole);
  }

  lastPiece(token: Token): void {
    this.#out.bytes(this.#carried);
    this.#carried = nothing;
    if (token.length % 2 === 1) this.#out.uint8(token.tag === ITEM ? 0 : vrs[token.vr].padding);
  }

  sequence({ tag }: Token): void {
    writeHeader(this.#out, tag, 'SQ', UNDEFINED_LENGTH, this.#target);
  }

  item(): void {
    writeItem(this.#out, UNDEFINED_LENGTH, this.#target);
  }

  endItem(): void {
    if (!this.#isCut) writeDelimiter(this.#out, 'item', this.#target);
  }

  endSequence(): void {
    if (!this.#isCut) writeDelimiter(this.#out, 'sequence', this.#target);
  }

  fragments({ tag, vr }: Token): void {
    writeHeader(this.#out, tag, vr, UNDEFINED_LENGTH, this.#target);
  }

  endFragments(): void {
    this.endSequence();
  }

  /** What the input does not have is not made up: the output ends in the same value. */
  cut(): void {
    this.#out.bytes(this.#carried);
    this.#isCut = true;
  }

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
