// An instance's data set as DICOM JSON (PS3.18 Annex F), kept ready to serve: cut where the base of a BulkDataURI stands,
// which is only known when it is served, and deflated piece by piece. Each piece ends at a byte (RFC 1951, sync flush), so
// that pieces of many instances with the base between them are one deflate stream without compressing anything again.

import { promisify } from 'node:util';
import { constants, crc32, deflateRawSync, gzip as gzipCallback, inflateRaw, inflateRawSync } from 'node:zlib';
import type { JsonPieces } from '../dicom/json.ts';
import { combineCrc32 } from './crc32-combine.ts';

export const limits = {
  /** Shorter pieces are stored as they are: deflating costs more time than it saves bytes. */
  storedPieceBytes: 320,
  /** PS3.18 F.2.2 allows both: longer binary values go by BulkDataURI, shorter ones inline. */
  inlineBytes: 1024,
} as const;

/** A window of 4 KiB: a fifth less time than the default for texts of this size, at the same ratio. */
const DEFLATE = { level: 1, windowBits: 12, memLevel: 5, finishFlush: constants.Z_SYNC_FLUSH } as const;
const STORED_BLOCK_BYTES = 65_535;

export interface InstancePath {
  studyUid: string;
  seriesUid: string;
  sopUid: string;
}

/** `count` of pieces, then for each its length, CRC-32 and length when deflated, then the deflated pieces. */
export function encodeMetadata(
  { texts, bulkPaths }: JsonPieces,
  { studyUid, seriesUid, sopUid }: InstancePath,
): Buffer {
  const path = `/studies/${studyUid}/series/${seriesUid}/instances/${sopUid}/bulkdata/`;
  const pieces = texts.map((text, n) => (n === 0 ? text : Buffer.concat([Buffer.from(path + bulkPaths[n - 1]), text])));
  const deflated = pieces.map((piece) =>
    piece.length <= limits.storedPieceBytes ? storedBlocks(piece) : deflateRawSync(piece, DEFLATE),
  );
  const head = Buffer.allocUnsafe(4 + 12 * pieces.length);
  head.writeUInt32LE(pieces.length, 0);
  for (const [n, piece] of pieces.entries()) {
    head.writeUInt32LE(piece.length, 4 + 12 * n);
    head.writeUInt32LE(crc32(piece), 8 + 12 * n);
    head.writeUInt32LE(deflated[n]!.length, 12 + 12 * n);
  }
  return Buffer.concat([head, ...deflated]);
}

export interface ComposedMetadata {
  /** Length of the JSON array in bytes. */
  lengthBytes: number;
  /** The JSON array as UTF-8. */
  identity(): Promise<Buffer>;
  /** The JSON array as one gzip member (RFC 1952). */
  gzip(): Buffer;
}

/** `encoded`: what `encodeMetadata` gave for each instance, one after the other. `base`: what BulkDataURIs begin with. */
export function composeMetadata(encoded: Uint8Array, base: string): ComposedMetadata {
  const stream = new DeflateStream();
  const separator = Buffer.from(base);
  stream.store(OPEN);
  let first = true;
  for (const pieces of instancesOf(encoded)) {
    if (!first) stream.store(COMMA);
    first = false;
    for (const [n, piece] of pieces.entries()) {
      if (n > 0) stream.store(separator);
      stream.add(piece);
    }
  }
  stream.store(CLOSE, true);
  return stream;
}

/** One instance's metadata as text. */
export function metadataText(encoded: Uint8Array, base: string): string {
  const [pieces] = instancesOf(encoded);
  return textOf(pieces!, base);
}

/** Length of one instance's metadata as text, without the bases of its BulkDataURIs. */
export function metadataBytes(encoded: Uint8Array): number {
  const [pieces] = instancesOf(encoded);
  return pieces!.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
}

export interface ChangedInstances {
  /** As for `composeMetadata`. */
  encoded: Uint8Array;
  /** Of the JSON object of each instance; absent: as it is. */
  change: ((text: string) => string) | undefined;
}

/** What an answer is made of. */
export interface MetadataBody {
  identity(): Promise<Buffer>;
  gzip(): Buffer | Promise<Buffer>;
}

/** The JSON array of instances that are served otherwise than they were kept: made anew. */
export function changedMetadata(parts: readonly ChangedInstances[], base: string): MetadataBody {
  const objects = parts.flatMap(({ encoded, change = (text) => text }) =>
    [...instancesOf(encoded)].map((pieces) => change(textOf(pieces, base))),
  );
  const body = Buffer.from(`[${objects.join(',')}]`);
  return { identity: async () => body, gzip: () => gzip(body, { level: 1 }) };
}

const textOf = (pieces: readonly Piece[], base: string): string =>
  pieces.map(({ deflated }) => inflateRawSync(Buffer.concat([deflated, LAST_BLOCK])).toString()).join(base);

interface Piece {
  lengthBytes: number;
  crc: number;
  deflated: Uint8Array;
}

const OPEN = Buffer.from('[');
const COMMA = Buffer.from(',');
const CLOSE = Buffer.from(']');
/** An empty stored block that ends the stream. */
const LAST_BLOCK = Buffer.from([1, 0, 0, 0xff, 0xff]);
/** RFC 1952 2.3: deflate, no flags, no time, unknown system. */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

const gzip = promisify<Uint8Array, { level: number }, Buffer>(gzipCallback);
const inflate = promisify<Uint8Array, { chunkSize: number }, Buffer>(inflateRaw);

class DeflateStream implements ComposedMetadata {
  lengthBytes = 0;
  readonly #parts: Uint8Array[] = [];
  readonly #pieces: Pick<Piece, 'lengthBytes' | 'crc'>[] = [];

  add({ lengthBytes, crc, deflated }: Piece): void {
    this.#parts.push(deflated);
    this.#pieces.push({ lengthBytes, crc });
    this.lengthBytes += lengthBytes;
  }

  store(bytes: Buffer, last = false): void {
    this.add({ lengthBytes: bytes.length, crc: crc32(bytes), deflated: storedBlocks(bytes) });
    if (last) this.#parts.push(LAST_BLOCK);
  }

  identity(): Promise<Buffer> {
    return inflate(Buffer.concat(this.#parts), { chunkSize: Math.max(this.lengthBytes, 64) });
  }

  gzip(): Buffer {
    let crc = 0;
    for (const piece of this.#pieces) crc = combineCrc32(crc, piece.crc, piece.lengthBytes);
    const trailer = Buffer.allocUnsafe(8);
    trailer.writeUInt32LE(crc, 0);
    trailer.writeUInt32LE(this.lengthBytes % 2 ** 32, 4);
    return Buffer.concat([GZIP_HEADER, ...this.#parts, trailer]);
  }
}

/** RFC 1951 3.2.4, beginning and ending at a byte. */
function storedBlocks(bytes: Uint8Array): Buffer {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += STORED_BLOCK_BYTES) {
    const part = bytes.subarray(at, at + STORED_BLOCK_BYTES);
    const head = Buffer.allocUnsafe(5);
    head[0] = 0;
    head.writeUInt16LE(part.length, 1);
    head.writeUInt16LE(~part.length & 0xffff, 3);
    blocks.push(head, part);
  }
  return Buffer.concat(blocks);
}

function* instancesOf(encoded: Uint8Array): Generator<Piece[]> {
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.length);
  for (let at = 0; at < encoded.length; ) {
    const count = view.getUint32(at, true);
    let from = at + 4 + 12 * count;
    const pieces: Piece[] = [];
    for (let n = 0; n < count; n++) {
      const row = at + 4 + 12 * n;
      const deflatedBytes = view.getUint32(row + 8, true);
      const deflated = encoded.subarray(from, from + deflatedBytes);
      pieces.push({ lengthBytes: view.getUint32(row, true), crc: view.getUint32(row + 4, true), deflated });
      from += deflatedBytes;
    }
    at = from;
    yield pieces;
  }
}
