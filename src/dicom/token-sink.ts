// What the tokenizer says while it walks through a data set, and to whom: the builder of data sets, and the re-encoder.

import { type Encoding, implicitLittle } from './encoding.ts';
import type { FindingCode } from './finding.ts';
import type { VR } from './vr.ts';

/** An element, or an item that is a fragment. One object serves a whole walk: copy what is to be kept. */
export interface Token {
  tag: number;
  /** As meant: written, or of the dictionary where none (or a useless one) was written. */
  vr: VR;
  /** How the data set around it is encoded. */
  encoding: Encoding;
  /** Stream offsets of the tag and of the value. */
  offset: number;
  valueOffset: number;
  /** Length of the value in bytes, cut to what encloses it. 0 where it is undefined. */
  length: number;
  undefinedLength: boolean;
  /** Of a fragment: its number after the Basic Offset Table, which is -1. */
  fragment: number;
  /** Of a fragment: its first four bytes, as a big endian number. */
  head: number;
}

/** What is to be done with a value: passed over, given whole, or given in pieces as they come. */
export type Demand = 'skip' | 'hold' | 'pieces';

export interface TokenSink {
  demand(token: Token): Demand;
  /** `bytes[from..to)` is the value. The bytes belong to the window: copy what is to be kept. */
  held(token: Token, bytes: Uint8Array, from: number, to: number): void;
  /** Whether the outermost sequence that is open holds more than may be held. It is then to be told `opaqueFromOutermost`. */
  readonly isCrowded: boolean;
  /** Nothing more is said of what the outermost open sequence holds, but its end: `endOpaque`. */
  opaqueFromOutermost(): void;
  /** The value will be passed over. */
  skipped(token: Token): void;
  /** The value will be given in pieces. */
  inPieces(token: Token): void;
  piece(token: Token, bytes: Uint8Array, from: number, to: number): void;
  /** The last piece was given. */
  lastPiece(token: Token): void;
  sequence(token: Token): void;
  item(undefinedLength: boolean): void;
  endItem(endOffset: number): void;
  endSequence(endOffset: number): void;
  /** A sequence nested deeper than is read. Nothing is said of its content. */
  opaque(token: Token): void;
  endOpaque(endOffset: number): void;
  fragments(token: Token): void;
  endFragments(endOffset: number): void;
  /** Whether the open data set already has this element. Asked where tags do not ascend. */
  holds(tag: number): boolean;
  /** The input ended in a value that was being passed over or given in pieces: `endOffset` is its true end. */
  cut(endOffset: number): void;
  finding(code: FindingCode, path: string, offset: number, assumed: string): void;
}

export const emptyToken = (): Token => ({
  tag: 0,
  vr: 'UN',
  encoding: implicitLittle,
  offset: 0,
  valueOffset: 0,
  length: 0,
  undefinedLength: false,
  fragment: -1,
  head: 0,
});
