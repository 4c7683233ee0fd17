// Walks through the bytes of a data set as they come and says what it meets: PS3.5 7.1 (elements), 7.5 (sequences and
// items), A.4 (fragments). Keeps a stack of what is open instead of calling itself, so depth costs memory but no stack.
// Where bytes break the rules it says what it assumed and goes on; what cannot be data elements is dicom/unreadable.

import { Problem } from '../base/problem.ts';
import type { ByteWindow } from './byte-window.ts';
import { Defects } from './defects.ts';
import {
  type ElementHeader,
  emptyHeader,
  ITEM,
  ITEM_DELIMITATION,
  readHeader,
  SEQUENCE_DELIMITATION,
  UNDEFINED_LENGTH,
  uint32,
} from './element-header.ts';
import { type Encoding, implicitLittle } from './encoding.ts';
import { creatorOf, type Frame, frameOf, keepCreator } from './frames.ts';
import { encodingOfItem, isJunk, isPlausibleFirst, meantVr } from './intent.ts';
import type { ReaderLimits } from './reader-limits.ts';
import { groupOf, isPrivateCreator } from './tag.ts';
import { emptyToken, type Token, type TokenSink } from './token-sink.ts';

const PIXEL_REPRESENTATION = 0x0028_0103;
const PIXEL_DATA = 0x7fe0_0010;

export class Tokenizer {
  readonly #window: ByteWindow;
  readonly #sink: TokenSink;
  readonly #limits: ReaderLimits;
  /** The group after which the walk stops, for File Meta Information; undefined: walk to the end of the input. */
  readonly #onlyGroup: number | undefined;
  readonly #frames: Frame[] = [];
  readonly #defects: Defects;
  readonly #header: ElementHeader = emptyHeader();
  readonly #token: Token = emptyToken();
  /** Bytes of a value given in pieces that are still to come. */
  #toGive = 0;
  /** Whether what is passed over, or given in pieces, is the value of the token. */
  #inValue = false;
  /** Whether Pixel Representation says that pixels, and what is of their kind, are signed. */
  #signed = false;
  /** The number of open frames above which the content is not read. */
  #opaqueAbove = Number.POSITIVE_INFINITY;
  /** Whether another group than `onlyGroup`, bytes that are no data set any more, or the end of the input was reached. */
  stopped = false;

  constructor(window: ByteWindow, encoding: Encoding, sink: TokenSink, limits: ReaderLimits, onlyGroup?: number) {
    this.#window = window;
    this.#sink = sink;
    this.#limits = limits;
    this.#onlyGroup = onlyGroup;
    this.#defects = new Defects(this.#frames, sink, limits);
    this.#frames.push(frameOf('dataset', Number.POSITIVE_INFINITY, false, encoding));
  }

  /** Goes as far as the window reaches. */
  run(): void {
    const window = this.#window;
    while (!this.stopped && window.toSkip === 0) {
      if (this.#toGive > 0 && !this.#give()) return;
      const frame = this.#frames[this.#frames.length - 1]!;
      if (window.position >= frame.limit) this.#leaveAtLimit(frame);
      else if (!this.#step(frame)) return;
    }
  }

  /** The input has ended: whatever is open ends here too. */
  end(): void {
    this.run();
    if (this.stopped) return;
    const window = this.#window;
    const end = window.position + window.available;
    if (window.toSkip > 0 || this.#toGive > 0) {
      const tag = this.#inValue && this.#token.tag !== ITEM ? this.#token.tag : undefined;
      this.#defects.say('truncated', tag, end, 'it ends with the input');
      if (this.#inValue && !this.#isOpaque()) this.#sink.cut(end);
      this.#toGive = 0;
      window.skip(0);
    }
    this.#defects.inputEnded = true;
    for (const frame of this.#frames) frame.limit = Math.min(frame.limit, end);
    this.run();
    while (!this.stopped) {
      // A header that the input cut off.
      this.#passRemainder(this.#frames[this.#frames.length - 1]!, window.available);
      this.run();
    }
  }

  #step(frame: Frame): boolean {
    const window = this.#window;
    const left = frame.limit - window.position;
    if (left < 8) return this.#passRemainder(frame, left);
    if (window.available < 8) return false;
    if (frame.lastTag === -1 && frame.kind === 'dataset' && this.#frames.length > 1) this.#settleEncoding(frame);
    const header = this.#header;
    if (!readHeader(window.bytes, window.at, window.available, frame.encoding, header)) return false;
    if (frame.kind !== 'dataset') return this.#itemOrEnd(frame, header);
    if (groupOf(header.tag) === 0xfffe) return this.#delimiter(frame, header);
    return this.#element(frame, header);
  }

  #element(frame: Frame, header: ElementHeader): boolean {
    const window = this.#window;
    if (this.#frames.length === 1 && this.#isPastTheEnd(frame, header)) return true;
    const token = this.#token;
    const undefinedLength = header.length === UNDEFINED_LENGTH;
    token.tag = header.tag;
    token.encoding = frame.encoding;
    token.offset = window.position;
    token.valueOffset = token.offset + header.headerLength;
    token.undefinedLength = undefinedLength;
    token.length = undefinedLength ? 0 : Math.min(header.length, Math.max(0, frame.limit - token.valueOffset));
    token.fragment = -1;
    token.vr = meantVr(header, token, creatorOf(frame, token.tag), this.#signed);
    const repeated = token.tag <= frame.lastTag && !this.#isOpaque() && this.#sink.holds(token.tag);
    const isSequence = undefinedLength || token.vr === 'SQ';
    if (!isSequence && !this.#value(frame, header.headerLength)) return false;
    this.#defects.ofElement(frame, header, token, repeated);
    frame.lastTag = Math.max(frame.lastTag, token.tag);
    if (isSequence) this.#enter(frame, header);
    if (this.#sink.isCrowded) this.#closeOutermost();
    return true;
  }

  /** Passes the token's value on as the sink demands. Returns false when more of it must come first. */
  #value(frame: Frame, headerLength: number): boolean {
    const window = this.#window;
    const token = this.#token;
    const demand = this.#isOpaque() ? 'skip' : this.#sink.demand(token);
    if (window.available < headerLength + (demand === 'hold' ? token.length : 0)) return false;
    window.at += headerLength;
    if (demand === 'hold') {
      const from = window.at;
      window.at += token.length;
      if (isPrivateCreator(token.tag)) keepCreator(frame, token.tag, window.bytes.subarray(from, window.at));
      if (token.tag === PIXEL_REPRESENTATION) this.#signed = window.bytes.subarray(from, window.at).includes(1);
      this.#sink.held(token, window.bytes, from, window.at);
    } else if (demand === 'skip') {
      if (!this.#isOpaque()) this.#sink.skipped(token);
      this.#pass(token.length, true);
    } else {
      this.#sink.inPieces(token);
      this.#toGive = token.length;
      this.#inValue = true;
      if (token.length === 0) this.#sink.lastPiece(token);
    }
    return true;
  }

  /** Gives what has come of a value in pieces. Returns whether that was all. */
  #give(): boolean {
    const window = this.#window;
    const length = Math.min(this.#toGive, window.available);
    window.at += length;
    this.#toGive -= length;
    if (length > 0) this.#sink.piece(this.#token, window.bytes, window.at - length, window.at);
    if (this.#toGive > 0) return false;
    this.#sink.lastPiece(this.#token);
    return true;
  }

  /** Begins a sequence or fragments. PS3.5 7.5.2 and A.4. */
  #enter(frame: Frame, header: ElementHeader): void {
    const token = this.#token;
    this.#window.at += header.headerLength;
    const limit = token.undefinedLength ? frame.limit : token.valueOffset + token.length;
    if (token.undefinedLength && hasFragments(token)) {
      if (!this.#isOpaque()) this.#sink.fragments(token);
      this.#push(frameOf('fragments', limit, true, frame.encoding, token.tag));
      return;
    }
    let { encoding } = frame;
    if (header.vr !== undefined && header.vr !== 'SQ') {
      const code = header.vr === 'UN' ? 'un-implicit' : 'wrong-vr';
      this.#defects.say(code, token.tag, token.offset, 'a sequence of items in implicit VR little endian');
      encoding = implicitLittle;
    }
    token.vr = 'SQ';
    if (!this.#isOpaque()) this.#beginSequence(token);
    this.#push(frameOf('sequence', limit, token.undefinedLength, encoding, token.tag));
  }

  /** Two frames belong to each level of nesting: the sequence and its item. */
  #beginSequence(token: Token): void {
    if (this.#frames.length <= 2 * this.#limits.depth) {
      this.#sink.sequence(token);
      return;
    }
    this.#defects.say('depth-limit', token.tag, token.offset, 'kept as bytes');
    this.#opaqueAbove = this.#frames.length;
    this.#sink.opaque(token);
  }

  #closeOutermost(): void {
    this.#opaqueAbove = 1;
    this.#sink.opaqueFromOutermost();
  }

  /** Whether what is being walked through is not read: it lies too deep, or in a sequence that holds too much. */
  #isOpaque(): boolean {
    return this.#frames.length > this.#opaqueAbove;
  }

  #itemOrEnd(frame: Frame, header: ElementHeader): boolean {
    if (header.tag === ITEM) {
      if (frame.kind === 'fragments') return this.#fragment(frame, header);
      this.#item(frame, header);
    } else if (header.tag === SEQUENCE_DELIMITATION && frame.undefinedLength) {
      this.#window.at += 8;
      this.#leave();
    } else if (groupOf(header.tag) === 0xfffe) {
      this.#passStrayDelimiter();
    } else if (frame.undefinedLength) {
      this.#defects.say(
        'unexpected-delimiter',
        undefined,
        this.#window.position,
        'the sequence ends without its delimiter',
      );
      this.#leave();
    } else {
      this.#defects.say('unexpected-delimiter', undefined, this.#window.position, 'no item: passed over to the end');
      this.#pass(frame.limit - this.#window.position, false);
    }
    return true;
  }

  #item(frame: Frame, header: ElementHeader): void {
    const window = this.#window;
    const undefinedLength = header.length === UNDEFINED_LENGTH;
    const end = window.position + 8 + (undefinedLength ? 0 : header.length);
    frame.items++;
    if (end > frame.limit) this.#defects.overrun(undefined, window.position);
    window.at += 8;
    const limit = undefinedLength ? frame.limit : Math.min(end, frame.limit);
    if (!this.#isOpaque()) this.#sink.item(undefinedLength);
    this.#push(frameOf('dataset', limit, undefinedLength, frame.encoding));
    if (this.#sink.isCrowded) this.#closeOutermost();
  }

  /** PS3.5 A.4: the first item is the Basic Offset Table, the others are fragments. */
  #fragment(frame: Frame, header: ElementHeader): boolean {
    const window = this.#window;
    const token = this.#token;
    token.tag = ITEM;
    token.vr = 'OB';
    token.encoding = frame.encoding;
    token.offset = window.position;
    token.valueOffset = token.offset + 8;
    token.undefinedLength = false;
    token.length = Math.min(header.length, frame.limit - token.valueOffset);
    token.fragment = frame.items - 1;
    const known = Math.min(4, token.length);
    if (window.available < 8 + known) return false;
    token.head = known === 4 ? uint32(window.bytes, window.at + 8, false) : 0;
    if (!this.#value(frame, 8)) return false;
    frame.items++;
    if (token.length < header.length) this.#defects.overrun(undefined, token.offset);
    if (token.length % 2 === 1) this.#defects.say('odd-length', undefined, token.offset, 'the length as written');
    return true;
  }

  /** An item or delimiter where an element may stand. PS3.5 7.5.2. */
  #delimiter(frame: Frame, header: ElementHeader): boolean {
    if (this.#frames.length === 1) {
      if (frame.lastTag === -1) this.#unreadable('a delimiter where a data set should begin');
      this.#passStrayDelimiter();
    } else if (header.tag === ITEM_DELIMITATION && frame.undefinedLength) {
      this.#window.at += 8;
      this.#leave();
    } else if (frame.undefinedLength) {
      this.#defects.say(
        'unexpected-delimiter',
        undefined,
        this.#window.position,
        'the item ends without its delimiter',
      );
      this.#leave();
    } else {
      this.#passStrayDelimiter();
    }
    return true;
  }

  #passStrayDelimiter(): void {
    this.#defects.say('unexpected-delimiter', undefined, this.#window.position, 'passed over');
    this.#window.at += 8;
  }

  /** Fewer bytes are left in a data set or sequence than any element has. */
  #passRemainder(frame: Frame, left: number): boolean {
    const code = !this.#defects.inputEnded
      ? 'length-overrun'
      : this.#frames.length === 1
        ? 'trailing-bytes'
        : 'truncated';
    this.#defects.say(code, undefined, this.#window.position, `${left} bytes are passed over`);
    this.#pass(left, false);
    frame.limit = this.#window.position + this.#window.toSkip;
    return true;
  }

  #pass(length: number, inValue: boolean): void {
    this.#inValue = inValue;
    this.#window.skip(length);
  }

  #leaveAtLimit(frame: Frame): void {
    if (this.#frames.length === 1) {
      this.stopped = true;
      return;
    }
    this.#defects.openEnd(frame, this.#window.position);
    this.#leave();
  }

  #leave(): void {
    const { kind } = this.#frames.pop()!;
    const end = this.#window.position;
    if (this.#isOpaque()) return;
    if (this.#frames.length === this.#opaqueAbove) {
      this.#opaqueAbove = Number.POSITIVE_INFINITY;
      this.#sink.endOpaque(end);
    } else if (kind === 'dataset') this.#sink.endItem(end);
    else if (kind === 'sequence') this.#sink.endSequence(end);
    else this.#sink.endFragments(end);
  }

  #push(frame: Frame): void {
    if (this.#frames.length > 2 * this.#limits.nesting) {
      throw new Problem('dicom/limit', { limit: 'nesting', offset: this.#window.position });
    }
    this.#frames.push(frame);
  }

  /** Whether what follows in the outermost data set is not part of it, and the walk is over. */
  #isPastTheEnd(frame: Frame, header: ElementHeader): boolean {
    if (this.#onlyGroup !== undefined) {
      this.stopped = groupOf(header.tag) !== this.#onlyGroup;
    } else if (frame.lastTag === -1) {
      if (!isPlausibleFirst(header.tag)) this.#unreadable('no data element begins here');
    } else if (isJunk(frame, header)) {
      this.#defects.say('trailing-bytes', undefined, this.#window.position, 'the data set ends before them');
      this.stopped = true;
    }
    return this.stopped;
  }

  /** Items are now and then written in another encoding than the data set around them. */
  #settleEncoding(frame: Frame): void {
    const { bytes, at, position } = this.#window;
    const found = encodingOfItem(bytes, at, frame.encoding, frame.limit - position - 8);
    if (found === frame.encoding) return;
    frame.encoding = found;
    const assumed = found.explicitVr
      ? 'the item is in explicit VR little endian'
      : 'the item is in implicit VR little endian';
    this.#defects.say('transfer-syntax-wrong', undefined, position, assumed);
  }

  #unreadable(reason: string): never {
    throw new Problem('dicom/unreadable', { offset: this.#window.position, reason });
  }
}

/** PS3.5 A.4, and OB or OW of undefined length wherever they stand. */
const hasFragments = ({ tag, vr }: Token): boolean => tag === PIXEL_DATA || vr === 'OB' || vr === 'OW';
