// The multipart/related parser (RFC 2046 5.1.1, RFC 2387): bytes of a body in, as they come; parts out, as tokens. Content
// is handed on as subarrays of the pushed chunks, uncopied. Who reads the tokens decides the pace: nothing is kept here
// but the few bytes that may be the beginning of a boundary.

import { Problem } from '../../base/problem.ts';
import { limits } from '../limits.ts';
import { parsePartHeaders } from './part-headers.ts';

export type MultipartToken =
  | { kind: 'part'; headers: ReadonlyMap<string, string> }
  | { kind: 'data'; bytes: Buffer }
  | { kind: 'part-end' };

type Tokens = Generator<MultipartToken, Buffer, undefined>;

const CRLF = Buffer.from('\r\n', 'latin1');
const EMPTY_LINE = Buffer.from('\r\n\r\n', 'latin1');
const NOTHING = Buffer.alloc(0);

export class MultipartParser {
  readonly #delimiter: Buffer;
  #where: 'preamble' | 'headers' | 'content' | 'epilogue' = 'preamble';
  /** Bytes that mean nothing before more of them come. A line end at the start makes the first boundary one like any other. */
  #held: Buffer = CRLF;
  /** Leading bytes of the content that are none: a line end that belongs to the boundary, if one follows at once. */
  #skip = CRLF.length;
  #preambleBytes = 0;
  #parts = 0;

  constructor(boundary: string) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  }

  /** The tokens of the next bytes of the body: read all of them. Throws Problem request/malformed or request/too-large. */
  *push(chunk: Uint8Array): Generator<MultipartToken, void, undefined> {
    let bytes = this.#held.length === 0 ? asBuffer(chunk) : Buffer.concat([this.#held, chunk]);
    for (let before = -1; bytes.length > 0 && bytes.length !== before; ) {
      before = bytes.length;
      if (this.#where === 'epilogue') bytes = NOTHING;
      else bytes = this.#where === 'headers' ? yield* this.#headers(bytes) : yield* this.#content(bytes);
    }
    // A copy, so that a chunk is free once its tokens were read.
    this.#held = bytes.length === 0 ? NOTHING : Buffer.from(bytes);
  }

  /** To be called when the body has ended. Throws Problem request/malformed where the closing boundary is missing. */
  end(): void {
    if (this.#where !== 'epilogue') {
      throw new Problem('request/malformed', { reason: 'the body ends before its closing boundary' });
    }
  }

  /** Content, or preamble, up to and with the next boundary. Returns what follows, or what must wait for more bytes. */
  *#content(bytes: Buffer): Tokens {
    for (let at = bytes.indexOf(this.#delimiter); at >= 0; at = bytes.indexOf(this.#delimiter, at + 1)) {
      const rest = bytes.subarray(at + this.#delimiter.length);
      const follows = whatFollows(rest);
      if (follows.kind === 'nothing-of-ours') continue;
      yield* this.#give(bytes, at);
      if (follows.kind === 'incomplete') return bytes.subarray(at);
      if (this.#where === 'content') yield { kind: 'part-end' };
      this.#where = follows.kind === 'part' ? 'headers' : 'epilogue';
      return rest.subarray(follows.length);
    }
    const at = startOfPossible(this.#delimiter, bytes);
    yield* this.#give(bytes, at);
    return bytes.subarray(at);
  }

  *#give(bytes: Buffer, end: number): Generator<MultipartToken, void, undefined> {
    if (end === 0) return;
    if (this.#where === 'preamble') {
      this.#preambleBytes += end;
      atMost('preambleBytes', this.#preambleBytes);
    } else if (end > this.#skip) {
      yield { kind: 'data', bytes: bytes.subarray(this.#skip, end) };
    }
    this.#skip = 0;
  }

  /** The header fields of a part: `bytes` begin with the line end of its boundary. */
  *#headers(bytes: Buffer): Tokens {
    const end = bytes.indexOf(EMPTY_LINE);
    atMost('partHeaderBytes', end < 0 ? bytes.length : end);
    if (end < 0) return bytes;
    this.#parts += 1;
    atMost('parts', this.#parts);
    this.#where = 'content';
    // The second line end stays: in a part without content it is the one that begins the next boundary.
    this.#skip = CRLF.length;
    yield {
      kind: 'part',
      headers: parsePartHeaders(bytes.toString('latin1', CRLF.length, Math.max(end, CRLF.length))),
    };
    return bytes.subarray(end + CRLF.length);
  }
}

/** What stands behind the characters of a boundary decides whether it is one (RFC 2046: `--`, or white space and a line end). */
function whatFollows(bytes: Buffer): { kind: 'part' | 'close' | 'incomplete' | 'nothing-of-ours'; length: number } {
  if (bytes[0] === 0x2d) {
    if (bytes.length === 1) return { kind: 'incomplete', length: 0 };
    return bytes[1] === 0x2d ? { kind: 'close', length: 2 } : { kind: 'nothing-of-ours', length: 0 };
  }
  let length = 0;
  while (bytes[length] === 0x20 || bytes[length] === 0x09) length += 1;
  atMost('partHeaderBytes', length);
  if (bytes.length === length || (bytes[length] === 0x0d && bytes.length === length + 1)) {
    return { kind: 'incomplete', length: 0 };
  }
  const isLineEnd = bytes[length] === 0x0d && bytes[length + 1] === 0x0a;
  return isLineEnd ? { kind: 'part', length } : { kind: 'nothing-of-ours', length: 0 };
}

/** Where a boundary may begin whose end has not come yet; the length of `bytes` where none does. */
function startOfPossible(delimiter: Buffer, bytes: Buffer): number {
  const { length } = bytes;
  let at = bytes.indexOf(0x0d, Math.max(0, length - delimiter.length + 1));
  while (at >= 0 && delimiter.compare(bytes, at, length, 0, length - at) !== 0) at = bytes.indexOf(0x0d, at + 1);
  return at < 0 ? length : at;
}

function atMost(limit: 'preambleBytes' | 'partHeaderBytes' | 'parts', value: number): void {
  if (value > limits[limit]) throw new Problem('request/too-large', { what: limit, limit: limits[limit] });
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
