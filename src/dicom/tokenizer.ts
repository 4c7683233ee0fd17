// Walks through the bytes of a data set as they come and says what it meets: PS3.5 7.1 (elements), 7.5 (sequences and
// items), A.4 (fragments). Keeps a stack of what is open instead of calling itself, so depth costs memory but no stack.
// Where bytes break the rules it says what it assumed and goes on; what cannot be data elements is dicom/unreadable.

import { Problem } from '../base/problem.ts';
import type { ByteWindow } from './byte-window.ts';
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
import type { FindingCode } from './finding.ts';
import { encodingOfItem, isJunk, isPlausibleFirst, isWrongVr, meantVr } from './intent.ts';
import type { ReaderLimits } from './reader-limits.ts';
import { elementOf, groupOf, hexOf, isPrivate, isPrivateCreator, privateCreatorOf } from './tag.ts';
import { emptyToken, type Token, type TokenSink } from './token-sink.ts';

const PIXEL_REPRESENTATION = 0x0028_0103;
const PIXEL_DATA = 0x7fe0_0010;

/** A data set, a sequence or a value of fragments that is open. */
export interface Frame {
  kind: 'dataset' | 'sequence' | 'fragments';
  /** Where it ends at the latest: its own end, or where its length is undefined that of what encloses it. */
  limit: number;
  undefinedLength: boolean;
  encoding: Encoding;
  /** Of a sequence or fragments: its tag, and how many items were begun. */
  tag: number;
  items: number;
  /** Of a data set: the last tag, and the private creators met. */
  lastTag: number;
  creators: Map<number, string> | undefined;
}

const frameOf = (kind: Frame['kind'], limit: number, undefinedLength: boolean, encoding: Encoding, tag = 0): Frame => ({
  kind,
  limit,
  undefinedLength,
  encoding,
  tag,
  items: 0,
  lastTag: -1,
  creators: undefined,
});

export class Tokenizer {
  readonly #window: ByteWindow;
  readonly #sink: TokenSink;
  readonly #limits: ReaderLimits;
  /** The group after which the walk stops, for File Meta Information; undefined: walk to the end of the input. */
  readonly #onlyGroup: number | undefined;
  readonly #frames: Frame[] = [];
  readonly #header: ElementHeader = emptyHeader();
  readonly #token: Token = emptyToken();
  /** Bytes of a value given in pieces that are still to come. */
  #toGive = 0;
  /** Whether what is passed over, or given in pieces, is the value of the token. */
  #inValue = false;
  #inputEnded = false;
  #openEndNoted = false;
  /** Whether Pixel Representation says that pixels, and what is of their kind, are signed. */
  #signed = false;
  readonly #unowned = new Set<number>();
  #findings = 0;
  /** The number of open frames above which the content is not read. */
  #opaqueAbove = Number.POSITIVE_INFINITY;
  /** Whether another group than `onlyGroup`, bytes that are no data set any more, or the end of the input was reached. */
  stopped = false;

  constructor(window: ByteWindow, encoding: Encoding, sink: TokenSink, limits: ReaderLimits, onlyGroup?: number) {
    this.#window = window;
    this.#sink = sink;
    this.#limits = limits;
    this.#onlyGroup = onlyGroup;
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
      this.#finding('truncated', tag, end, 'it ends with the input');
      if (this.#inValue && !this.#isOpaque()) this.#sink.cut(end);
      this.#toGive = 0;
      window.skip(0);
    }
    this.#inputEnded = true;
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
    if (undefinedLength || token.vr === 'SQ') {
      this.#note(frame, header, repeated);
      this.#enter(frame, header);
    } else {
      if (!this.#value(header.headerLength)) return false;
      this.#note(frame, header, repeated);
    }
    return true;
  }

  /** Passes the token's value on as the sink demands. Returns false when more of it must come first. */
  #value(headerLength: number): boolean {
    const window = this.#window;
    const token = this.#token;
    const demand = this.#isOpaque() ? 'skip' : this.#sink.demand(token);
    if (window.available < headerLength + (demand === 'hold' ? token.length : 0)) return false;
    window.at += headerLength;
    if (demand === 'hold') {
      const from = window.at;
      window.at += token.length;
      if (isPrivateCreator(token.tag)) this.#keepCreator(token, from);
      else if (token.tag === PIXEL_REPRESENTATION)
        this.#signed = window.bytes[from] === 1 || window.bytes[from + 1] === 1;
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
      this.#finding(code, token.tag, token.offset, 'a sequence of items in implicit VR little endian');
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
    this.#finding('depth-limit', token.tag, token.offset, 'kept as bytes');
    this.#opaqueAbove = this.#frames.length;
    this.#sink.opaque(token);
  }

  /** Whether what is being walked through lies deeper than is read. */
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
      this.#finding(
        'unexpected-delimiter',
        undefined,
        this.#window.position,
        'the sequence ends without its delimiter',
      );
      this.#leave();
    } else {
      this.#finding('unexpected-delimiter', undefined, this.#window.position, 'no item: passed over to the end');
      this.#pass(frame.limit - this.#window.position, false);
    }
    return true;
  }

  #item(frame: Frame, header: ElementHeader): void {
    const window = this.#window;
    const undefinedLength = header.length === UNDEFINED_LENGTH;
    const end = window.position + 8 + (undefinedLength ? 0 : header.length);
    frame.items++;
    if (end > frame.limit) this.#overrun(undefined, window.position);
    window.at += 8;
    const limit = undefinedLength ? frame.limit : Math.min(end, frame.limit);
    if (!this.#isOpaque()) this.#sink.item(undefinedLength);
    this.#push(frameOf('dataset', limit, undefinedLength, frame.encoding));
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
    if (!this.#value(8)) return false;
    frame.items++;
    if (token.length < header.length) this.#overrun(undefined, token.offset);
    if (token.length % 2 === 1) this.#finding('odd-length', undefined, token.offset, 'the length as written');
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
      this.#finding('unexpected-delimiter', undefined, this.#window.position, 'the item ends without its delimiter');
      this.#leave();
    } else {
      this.#passStrayDelimiter();
    }
    return true;
  }

  #passStrayDelimiter(): void {
    this.#finding('unexpected-delimiter', undefined, this.#window.position, 'passed over');
    this.#window.at += 8;
  }

  /** Fewer bytes are left in a data set or sequence than any element has. */
  #passRemainder(frame: Frame, left: number): boolean {
    const code = !this.#inputEnded ? 'length-overrun' : this.#frames.length === 1 ? 'trailing-bytes' : 'truncated';
    this.#finding(code, undefined, this.#window.position, `${left} bytes are passed over`);
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
    if (this.#inputEnded) this.#noteOpenEnd();
    else if (frame.undefinedLength) {
      this.#finding('unexpected-delimiter', undefined, this.#window.position, 'ends with what encloses it');
    }
    this.#leave();
  }

  /** Once: all that is open ends at the same place. */
  #noteOpenEnd(): void {
    if (this.#openEndNoted) return;
    this.#openEndNoted = true;
    this.#finding('truncated', undefined, this.#window.position, 'what is open ends with the input');
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
      this.#finding('trailing-bytes', undefined, this.#window.position, 'the data set ends before them');
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
    this.#finding('transfer-syntax-wrong', undefined, position, assumed);
  }

  #keepCreator(token: Token, from: number): void {
    const frame = this.#frames[this.#frames.length - 1]!;
    frame.creators ??= new Map();
    frame.creators.set(token.tag, latin1.decode(this.#window.bytes.subarray(from, from + token.length)).trim());
  }

  /** Records what is wrong with an element, once it is certain to be read. */
  #note(frame: Frame, header: ElementHeader, repeated: boolean): void {
    const { tag, offset, length, vr } = this.#token;
    if (tag <= frame.lastTag) {
      if (repeated) this.#finding('duplicate-element', tag, offset, 'the later one is meant');
      else this.#finding('out-of-order', tag, offset, 'the order as written');
    } else frame.lastTag = tag;
    if (length < header.length && header.length !== UNDEFINED_LENGTH) this.#overrun(tag, offset);
    else if (length % 2 === 1) this.#finding('odd-length', tag, offset, 'the length as written');
    if (header.defect === 'no-vr') this.#finding('unknown-vr', tag, offset, `an element without VR, as ${vr}`);
    else if (header.defect === 'unknown-vr') this.#finding('unknown-vr', tag, offset, vr);
    else if (header.vr !== undefined && header.vr !== 'UN' && isWrongVr(tag, header.vr)) {
      this.#finding('wrong-vr', tag, offset, `written ${header.vr}, read as ${vr}`);
    }
    if (isPrivate(tag) && elementOf(tag) >= 0x1000 && creatorOf(frame, tag) === undefined)
      this.#noteUnowned(tag, offset);
  }

  /** Once for each block of private elements: some vendors leave the creators out of every item. */
  #noteUnowned(tag: number, offset: number): void {
    if (this.#unowned.has(privateCreatorOf(tag))) return;
    this.#unowned.add(privateCreatorOf(tag));
    this.#finding('private-without-creator', tag, offset, 'its meaning is unknown');
  }

  #overrun(tag: number | undefined, offset: number): void {
    if (this.#inputEnded) this.#finding('truncated', tag, offset, 'it ends with the input');
    else this.#finding('length-overrun', tag, offset, 'it ends with what encloses it');
  }

  #unreadable(reason: string): never {
    throw new Problem('dicom/unreadable', { offset: this.#window.position, reason });
  }

  #finding(code: FindingCode, tag: number | undefined, offset: number, assumed: string): void {
    if (this.#findings++ < this.#limits.findings) this.#sink.finding(code, this.#path(tag), offset, assumed);
  }

  /** `00081140[2].00081155`, cut where it is deeper than is read. */
  #path(tag: number | undefined): string {
    const open = this.#frames.slice(0, 2 * this.#limits.depth).filter(({ kind }) => kind !== 'dataset');
    const steps = open.map((frame) => (frame.items === 0 ? hexOf(frame.tag) : `${hexOf(frame.tag)}[${frame.items}]`));
    return (tag === undefined ? steps : [...steps, hexOf(tag)]).join('.');
  }
}

const latin1 = new TextDecoder('latin1');

const creatorOf = (frame: Frame, tag: number): string | undefined =>
  isPrivate(tag) ? frame.creators?.get(privateCreatorOf(tag)) : undefined;

/** PS3.5 A.4, and OB or OW of undefined length wherever they stand. */
const hasFragments = ({ tag, vr }: Token): boolean => tag === PIXEL_DATA || vr === 'OB' || vr === 'OW';
