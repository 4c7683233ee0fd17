// The writer of ZIP archives (PKWARE APPNOTE 6.3) that begin before their contents are known. Contents are uncompressed
// blocks of a deflate stream: every reader takes them as they come, which stored entries without a length beforehand do not
// allow, and lengths are known without compressing anything.

import { crc32 } from 'node:zlib';
import { giveBack } from '../../base/give-back.ts';
import type { PartContent } from '../multipart/writer.ts';

export interface ZipEntry {
  /** Its path in the archive, in ASCII. */
  name: string;
  sizeBytes?: number;
  /** Called when it is the entry's turn. */
  open(): PartContent | Promise<PartContent>;
}

export interface ZipBody {
  /** Where every entry knows its own. */
  sizeBytes: number | undefined;
  chunks: AsyncIterable<Uint8Array>;
}

const BLOCK_BYTES = 0xffff;
const BLOCK_HEADER_BYTES = 5;
const LAST_BLOCK = Buffer.from([1, 0, 0, 0xff, 0xff]);
/** The largest number of 32 bits says that the real one stands in a ZIP64 field. */
const FULL = 0xffff_ffff;

/** Contents from here on have 64-bit lengths: with what deflating adds they come close to 4 GiB. */
const LONG_BYTES = 0xfff0_0000;

interface Written {
  name: Buffer;
  offset: number;
  crc: number;
  /** As deflated, and as it is. */
  deflatedBytes: number;
  sizeBytes: number;
  isLong: boolean;
}

/** The entries are named anew whenever they are gone through, so that of thousands little is held. */
export function zip(entries: () => Iterable<ZipEntry>): ZipBody {
  return { sizeBytes: totalSize(entries), chunks: write(entries) };
}

async function* write(entries: () => Iterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  let offset = 0;
  for (const each of entries()) {
    const content = await each.open();
    const known = each.sizeBytes ?? content.sizeBytes;
    const name = Buffer.from(each.name, 'ascii');
    const entry: Written = { name, offset, crc: 0, deflatedBytes: 0, sizeBytes: 0, isLong: isLong(known) };
    const head = localHeader(entry);
    yield head;
    for await (const piece of blocks(content.chunks, known, entry)) {
      entry.deflatedBytes += piece.length;
      yield piece;
    }
    const descriptor = dataDescriptor(entry);
    yield descriptor;
    offset += head.length + entry.deflatedBytes + descriptor.length;
    written.push(entry);
  }
  let directoryBytes = 0;
  for (const entry of written) {
    const header = centralHeader(entry);
    directoryBytes += header.length;
    yield header;
  }
  yield endOf(written.length, offset, directoryBytes);
}

/**
 * RFC 1951 3.2.4. Where the length is known blocks are as long as they may be, whatever the chunks, so that it says all lengths.
 * Each chunk is copied together with the headers that belong into it: what was sent is then given back as a whole.
 */
async function* blocks(
  chunks: PartContent['chunks'],
  sizeBytes: number | undefined,
  entry: Written,
): AsyncGenerator<Uint8Array> {
  let left = 0;
  for await (const chunk of chunks) {
    entry.crc = crc32(chunk, entry.crc);
    const headers = Math.ceil(Math.max(0, chunk.length - left) / BLOCK_BYTES);
    const out = Buffer.allocUnsafeSlow(chunk.length + headers * BLOCK_HEADER_BYTES);
    let to = 0;
    for (let at = 0; at < chunk.length; ) {
      if (left === 0) {
        left = Math.min(BLOCK_BYTES, sizeBytes === undefined ? chunk.length - at : sizeBytes - entry.sizeBytes);
        writeBlockHeader(out, to, left);
        to += BLOCK_HEADER_BYTES;
      }
      const piece = chunk.subarray(at, at + left);
      out.set(piece, to);
      to += piece.length;
      at += piece.length;
      left -= piece.length;
      entry.sizeBytes += piece.length;
    }
    giveBack(chunk);
    yield out;
  }
  yield LAST_BLOCK;
}

function writeBlockHeader(out: Buffer, at: number, length: number): void {
  out[at] = 0;
  out.writeUInt16LE(length, at + 1);
  out.writeUInt16LE(~length & 0xffff, at + 3);
}

function totalSize(entries: () => Iterable<ZipEntry>): number | undefined {
  let size = 0;
  let directoryBytes = 0;
  let count = 0;
  for (const { name: text, sizeBytes } of entries()) {
    if (sizeBytes === undefined) return undefined;
    const name = Buffer.from(text, 'ascii');
    const deflatedBytes = sizeBytes + BLOCK_HEADER_BYTES * Math.ceil(sizeBytes / BLOCK_BYTES) + LAST_BLOCK.length;
    const entry: Written = { name, offset: size, crc: 0, deflatedBytes, sizeBytes, isLong: isLong(sizeBytes) };
    size += localHeader(entry).length + deflatedBytes + dataDescriptor(entry).length;
    directoryBytes += centralHeader(entry).length;
    count += 1;
  }
  return size + directoryBytes + endOf(count, size, directoryBytes).length;
}

/** Whether the lengths of an entry need 64 bits, or may: the header stands before the contents. */
const isLong = (sizeBytes: number | undefined): boolean => sizeBytes === undefined || sizeBytes >= LONG_BYTES;

/** APPNOTE 4.4.3: 2.0 for deflate, 4.5 for ZIP64. */
const versionOf = ({ isLong: long, offset }: Written): number => (long || offset >= FULL ? 45 : 20);

/** Bit 3: CRC and lengths follow the contents. */
const FLAGS = 1 << 3;
const DEFLATED = 8;
/** 1980-01-01, the first day of the format: when the files were made is no matter here. */
const DATE = 0x21;

/** APPNOTE 4.3.7. */
function localHeader(entry: Written): Buffer {
  const extra = entry.isLong ? extraField([0, 0]) : Buffer.alloc(0);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  writeCommon(header, 4, entry, extra.length);
  header.writeUInt32LE(entry.isLong ? FULL : 0, 18);
  header.writeUInt32LE(entry.isLong ? FULL : 0, 22);
  return Buffer.concat([header, entry.name, extra]);
}

/** What local and central headers both have, at the same distance from each other. */
function writeCommon(header: Buffer, at: number, entry: Written, extraBytes: number): void {
  header.writeUInt16LE(versionOf(entry), at);
  header.writeUInt16LE(FLAGS, at + 2);
  header.writeUInt16LE(DEFLATED, at + 4);
  header.writeUInt16LE(DATE, at + 8);
  header.writeUInt16LE(entry.name.length, at + 22);
  header.writeUInt16LE(extraBytes, at + 24);
}

/** APPNOTE 4.3.9. */
function dataDescriptor({ crc, deflatedBytes, sizeBytes, isLong: long }: Written): Buffer {
  const descriptor = Buffer.alloc(long ? 24 : 16);
  descriptor.writeUInt32LE(0x0807_4b50, 0);
  descriptor.writeUInt32LE(crc, 4);
  if (long) {
    descriptor.writeBigUInt64LE(BigInt(deflatedBytes), 8);
    descriptor.writeBigUInt64LE(BigInt(sizeBytes), 16);
  } else {
    descriptor.writeUInt32LE(deflatedBytes, 8);
    descriptor.writeUInt32LE(sizeBytes, 12);
  }
  return descriptor;
}

/** APPNOTE 4.3.12. */
function centralHeader(entry: Written): Buffer {
  const { crc, deflatedBytes, sizeBytes, offset, name } = entry;
  const isFar = offset >= FULL;
  const numbers = [...(entry.isLong ? [sizeBytes, deflatedBytes] : []), ...(isFar ? [offset] : [])];
  const extra = numbers.length > 0 ? extraField(numbers) : Buffer.alloc(0);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x0201_4b50, 0);
  header.writeUInt16LE(versionOf(entry), 4);
  writeCommon(header, 6, entry, extra.length);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(entry.isLong ? FULL : deflatedBytes, 20);
  header.writeUInt32LE(entry.isLong ? FULL : sizeBytes, 24);
  header.writeUInt32LE(isFar ? FULL : offset, 42);
  return Buffer.concat([header, name, extra]);
}

/** APPNOTE 4.5.3: the numbers that do not fit where they belong, in the order of those places. */
function extraField(numbers: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + 8 * numbers.length);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(8 * numbers.length, 2);
  for (const [at, number] of numbers.entries()) field.writeBigUInt64LE(BigInt(number), 4 + 8 * at);
  return field;
}

/** APPNOTE 4.3.14 to 4.3.16. */
function endOf(entries: number, offset: number, directoryBytes: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(Math.min(entries, 0xffff), 8);
  end.writeUInt16LE(Math.min(entries, 0xffff), 10);
  end.writeUInt32LE(Math.min(directoryBytes, FULL), 12);
  end.writeUInt32LE(Math.min(offset, FULL), 16);
  if (entries < 0xffff && offset < FULL && directoryBytes < FULL) return end;
  const long = Buffer.alloc(56 + 20);
  long.writeUInt32LE(0x0606_4b50, 0);
  long.writeBigUInt64LE(44n, 4);
  long.writeUInt16LE(45, 12);
  long.writeUInt16LE(45, 14);
  long.writeBigUInt64LE(BigInt(entries), 24);
  long.writeBigUInt64LE(BigInt(entries), 32);
  long.writeBigUInt64LE(BigInt(directoryBytes), 40);
  long.writeBigUInt64LE(BigInt(offset), 48);
  long.writeUInt32LE(0x0706_4b50, 56);
  long.writeBigUInt64LE(BigInt(offset + directoryBytes), 64);
  long.writeUInt32LE(1, 72);
  return Buffer.concat([long, end]);
}
