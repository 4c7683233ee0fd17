// Makes a DataSet of what the tokenizer meets. Values are kept as places in blocks of bytes: one copy of each stretch of
// a chunk that holds values, or the whole input where it is in memory. What is too large to hold stays a BulkRef.

import { Problem } from '../base/problem.ts';
import type { ByteWindow } from './byte-window.ts';
import { DataSet } from './dataset.ts';
import { type Block, Element, type Fragment } from './element.ts';
import { ITEM } from './element-header.ts';
import type { Finding, FindingCode } from './finding.ts';
import { type PixelDataLayout, pixelDataTags } from './pixel-data-layout.ts';
import type { ReaderLimits } from './reader-limits.ts';
import { hexOf } from './tag.ts';
import type { Demand, Token, TokenSink } from './token-sink.ts';
import { vrs } from './vr.ts';

/** An item takes as much memory as two elements. */
const ITEM_COSTS = 2;
const EXTENDED_OFFSET_TABLE = 0x7fe0_0001;
const EXTENDED_OFFSET_TABLE_LENGTHS = 0x7fe0_0002;

export interface BuilderOptions {
  /** Values longer than this, in bytes, become BulkRefs. */
  holdValuesUpTo: number;
  /** Whether the window holds the whole input and keeps it: values are views into it, and all are held. */
  whole: boolean;
  limits: ReaderLimits;
  /** Called with every finding. */
  found(finding: Finding): void;
}

export class DataSetBuilder implements TokenSink {
  readonly root: DataSet;
  pixelData: PixelDataLayout | undefined;
  readonly #window: ByteWindow;
  readonly #options: BuilderOptions;
  /** The open data sets from the outermost in, and the open sequences between them. */
  readonly #datasets: DataSet[];
  readonly #sequences: Element[] = [];
  #opaque: Token | undefined;
  /** The outermost open sequence, and what was held when it began. */
  #outermost: { token: Token; elements: number; heldBytes: number } | undefined;
  isCrowded = false;
  #fragments: Fragment[] = [];
  #basicOffsetTable = new Uint8Array(0);
  #fragmentsToken: Token | undefined;
  /** The last value passed over, for when the input ends in it. */
  #lastSkipped: Token | undefined;
  #block: Block | undefined;
  #blockStart = 0;
  #blockEnd = 0;
  #elements = 0;
  #heldBytes = 0;
  /** Text with other bytes than ASCII, to be compared with the character set once that is known. */
  #foreign: { dataset: DataSet; element: Element; path: string }[] = [];

  constructor(window: ByteWindow, root: DataSet, options: BuilderOptions) {
    this.#window = window;
    this.#options = options;
    this.root = root;
    this.#datasets = [root];
  }

  /** The text whose bytes do not fit the character set in force for it; known once the data set was read. */
  *misfits(): Generator<Finding> {
    const { characterSet } = this.root;
    const declaration = this.root.get('SpecificCharacterSet');
    for (const { code, assumed } of characterSet.findings) {
      yield { code, path: '00080005', offset: declaration?.offset ?? 0, assumed };
    }
    for (const { dataset, element, path } of this.#foreign) {
      const { misfit } = dataset.characterSet.read(element.value as Uint8Array, element.vr);
      if (misfit !== undefined) yield { code: 'charset-wrong', path, offset: element.offset, assumed: misfit };
    }
  }

  /** To be called before the window gives its chunk back: copies what is held of it. */
  settle(): void {
    const block = this.#block;
    if (block === undefined || this.#options.whole) return;
    const from = this.#blockStart - block.base;
    block.bytes = block.bytes.slice(from, from + this.#blockEnd - this.#blockStart);
    block.base = this.#blockStart;
    this.#heldBytes += block.bytes.length;
    this.#block = undefined;
  }

  demand(token: Token): Demand {
    const { whole, holdValuesUpTo, limits } = this.#options;
    if (whole) return 'hold';
    if (token.fragment >= 0 || !this.#isWanted(token, holdValuesUpTo)) return 'skip';
    if (this.#heldBytes + token.length <= limits.heldBytes) return 'hold';
    this.#crowd('heldBytes', token.offset);
    return 'skip';
  }

  held(token: Token, bytes: Uint8Array, from: number, to: number): void {
    if (token.tag === ITEM) {
      if (token.fragment === -1) this.#basicOffsetTable = bytes.slice(from, to);
      else this.#addFragment(token, bytes.subarray(from, to));
      return;
    }
    const end = token.valueOffset + token.length;
    const block = this.#blockFrom(token.offset);
    this.#blockEnd = end;
    const element = Element.within(block, token.tag, token.vr, token.encoding, token.offset, token.valueOffset, end);
    this.#add(element);
    if (vrs[token.vr].extended && !isPlain(bytes, from, to)) this.#noteForeign(element);
    if (this.#isPixelData(token)) this.#noteNative(token);
  }

  skipped(token: Token): void {
    this.settle();
    this.#lastSkipped = { ...token };
    if (token.tag === ITEM) {
      this.#addFragment(token);
      return;
    }
    this.#addBulk(token, token.length);
    if (this.#isPixelData(token)) this.#noteNative(token);
  }

  /** The builder asks for no pieces. */
  inPieces(): void {}
  piece(): void {}
  lastPiece(): void {}

  sequence(token: Token): void {
    const block = this.#blockFrom(token.offset);
    this.#blockEnd = token.valueOffset;
    const element = Element.around(block, token.tag, 'SQ', token.encoding, token.offset, token.undefinedLength, []);
    this.#add(element);
    if (this.#sequences.length === 0) {
      this.#outermost = { token: { ...token }, elements: this.#elements, heldBytes: this.#heldBytes };
    }
    this.#sequences.push(element);
  }

  endSequence(endOffset: number): void {
    if (this.#block !== undefined) this.#blockEnd = endOffset;
    this.#sequences.pop()!.closeAt(endOffset);
    if (this.#sequences.length === 0) this.isCrowded = false;
  }

  item(undefinedLength: boolean): void {
    const item = new DataSet();
    item.undefinedLength = undefinedLength;
    this.#innermost().addItem(this.#sequences[this.#sequences.length - 1]!, item);
    this.#datasets.push(item);
    this.#count(ITEM_COSTS, this.#blockEnd);
  }

  endItem(endOffset: number): void {
    if (this.#block !== undefined) this.#blockEnd = endOffset;
    this.#datasets.pop();
  }

  opaque(token: Token): void {
    this.settle();
    this.#opaque = { ...token };
  }

  /** Gives up what was read of the sequence: the rest of it would not fit beside that. */
  opaqueFromOutermost(): void {
    const { token, elements, heldBytes } = this.#outermost!;
    this.settle();
    this.isCrowded = false;
    this.#opaque = token;
    this.#elements = elements;
    this.#heldBytes = heldBytes;
    this.#sequences.length = 0;
    this.#datasets.length = 1;
    this.root.delete(token.tag);
    this.#foreign = this.#foreign.filter(({ dataset }) => dataset === this.root);
    this.finding('elements-limit', hexOf(token.tag), token.offset, 'kept as bytes');
  }

  /** What is nested too deep, or holds too much, becomes one value of bytes, without the delimiter that ended it. */
  endOpaque(endOffset: number): void {
    const token = this.#opaque!;
    const { offset, valueOffset, tag, encoding, undefinedLength } = token;
    const length = endOffset - valueOffset - (undefinedLength ? 8 : 0);
    if (!this.#options.whole) {
      this.#addBulk(token, length);
      return;
    }
    const block = this.#blockFrom(offset);
    this.#blockEnd = endOffset;
    const value = block.bytes.subarray(valueOffset - block.base, valueOffset - block.base + length);
    const element = Element.around(block, tag, 'UN', encoding, offset, undefinedLength, value);
    element.closeAt(endOffset);
    this.#add(element);
  }

  fragments(token: Token): void {
    this.settle();
    this.#fragmentsToken = { ...token };
    this.#fragments = [];
    this.#basicOffsetTable = new Uint8Array(0);
    if (this.#isPixelData(token)) this.#noteEncapsulated(token, token.valueOffset);
  }

  endFragments(endOffset: number): void {
    const token = this.#fragmentsToken!;
    const block = this.#options.whole ? this.#blockFrom(token.offset) : undefined;
    const value = { basicOffsetTable: this.#basicOffsetTable, fragments: this.#fragments };
    const element = Element.around(block, token.tag, token.vr, token.encoding, token.offset, true, value);
    element.closeAt(endOffset);
    this.#add(element);
    if (this.#isPixelData(token)) this.#noteEncapsulated(token, endOffset);
  }

  holds(tag: number): boolean {
    return this.#innermost().has(tag);
  }

  cut(endOffset: number): void {
    const token = this.#lastSkipped!;
    token.length = endOffset - token.valueOffset;
    if (token.tag === ITEM) {
      this.#fragments.pop();
      this.#addFragment(token);
    } else {
      this.#addBulk(token, token.length);
      if (this.#isPixelData(token)) this.#noteNative(token);
    }
  }

  finding(code: FindingCode, path: string, offset: number, assumed: string): void {
    this.#options.found({ code, path, offset, assumed });
  }

  #noteForeign(element: Element): void {
    if (this.#foreign.length >= this.#options.limits.findings) return;
    const steps = this.#sequences.map((sequence) => `${hexOf(sequence.tag)}[${(sequence.value as DataSet[]).length}]`);
    this.#foreign.push({ dataset: this.#innermost(), element, path: [...steps, hexOf(element.tag)].join('.') });
  }

  #innermost(): DataSet {
    return this.#datasets[this.#datasets.length - 1]!;
  }

  /** Whether a value is held although the input is not: a small one, or an offset table of any size. */
  #isWanted({ tag, length }: Token, holdValuesUpTo: number): boolean {
    if (tag === ITEM || tag === EXTENDED_OFFSET_TABLE || tag === EXTENDED_OFFSET_TABLE_LENGTHS) return true;
    return length <= holdValuesUpTo && !(pixelDataTags.has(tag) && this.#datasets.length === 1);
  }

  #isPixelData({ tag }: Token): boolean {
    return tag >>> 16 === 0x7fe0 && this.#datasets.length === 1 && pixelDataTags.has(tag);
  }

  #noteNative({ tag, vr, valueOffset, length }: Token): void {
    this.pixelData = { kind: 'native', tag, vr, offset: valueOffset, length };
  }

  #noteEncapsulated({ tag, valueOffset }: Token, endOffset: number): void {
    this.pixelData = {
      kind: 'encapsulated',
      tag,
      offset: valueOffset,
      length: endOffset - valueOffset,
      basicOffsetTable: this.#basicOffsetTable,
      fragments: this.#fragments,
    };
  }

  #add(element: Element): void {
    this.#innermost().add(element);
    this.#count(1, element.offset);
  }

  #addBulk({ tag, vr, encoding, offset, valueOffset, undefinedLength }: Token, length: number): void {
    const value = { bulk: true, offset: valueOffset, length } as const;
    this.#add(Element.around(undefined, tag, vr, encoding, offset, undefinedLength, value));
  }

  #addFragment({ valueOffset: offset, length, head }: Token, bytes?: Uint8Array): void {
    this.#fragments.push(bytes === undefined ? { offset, length, head } : { offset, length, head, bytes });
    if (this.#fragments.length > this.#options.limits.fragments) overLimit('fragments', offset);
  }

  #count(cost: number, offset: number): void {
    this.#elements += cost;
    if (this.#elements > this.#options.limits.elements) this.#crowd('elements', offset);
  }

  #crowd(limit: 'elements' | 'heldBytes', offset: number): void {
    if (this.#sequences.length === 0) overLimit(limit, offset);
    this.isCrowded = true;
  }

  /** The block that what begins at `offset` is kept in. */
  #blockFrom(offset: number): Block {
    if (this.#block === undefined) {
      this.#block = { bytes: this.#window.bytes, base: this.#window.base };
      this.#blockStart = offset;
    }
    return this.#block;
  }
}

/** Whether text has nothing but ASCII without escape sequences, which every character set reads alike. */
function isPlain(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at]! >= 0x80 || bytes[at] === 0x1b) return false;
  return true;
}

function overLimit(limit: keyof ReaderLimits, offset: number): never {
  throw new Problem('dicom/limit', { limit, offset });
}
