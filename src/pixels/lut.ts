// Look-up tables as data sets hold them: a descriptor of three numbers and data of 8 or 16 bits an entry.
// PS3.3 C.11.1.1 (Modality LUT), C.11.2.1.1 (VOI LUT), C.7.6.3.1.5 and C.7.6.3.1.6 (palettes).

import type { DataSet, Key } from '../dicom/dataset.ts';

export interface Lut {
  /** The first input value mapped; smaller ones get the first entry, larger ones than the table has the last. */
  firstMapped: number;
  entries: Uint8Array | Uint16Array;
  /** Bits of an entry that count: full output is 2^bits - 1. */
  bits: number;
}

/** The Lut of a Modality, VOI or Presentation LUT item; undefined where it is incomplete or its data is not held. */
export function lutOf(item: DataSet, signedInput: boolean): Lut | undefined {
  return lutFrom(item, 'LUTDescriptor', 'LUTData', signedInput);
}

/** The Lut under two attributes of a data set, its descriptor and its data. `signedInput`: whether input values may be negative. */
export function lutFrom(dataset: DataSet, descriptor: Key, data: Key, signedInput: boolean): Lut | undefined {
  const described = lutDescriptor(dataset.numbers(descriptor), signedInput);
  const bytes = dataset.bytes(data);
  if (described === undefined || bytes === undefined || bytes.length === 0) return undefined;
  const entries = entriesOf(bytes, described.length, described.bits);
  return { firstMapped: described.firstMapped, entries, bits: usedBits(entries, described.bits) };
}

/** The three numbers of a descriptor, whether they were read as US or as SS; undefined where there are not three. */
export function lutDescriptor(
  [length, first, bits]: readonly number[],
  signedInput: boolean,
): { length: number; firstMapped: number; bits: number } | undefined {
  if (length === undefined || first === undefined || bits === undefined) return undefined;
  return {
    // PS3.3 C.11.1.1.1: 65536 entries are written as 0.
    length: length & 0xffff || 0x10000,
    firstMapped: signedInput ? (first << 16) >> 16 : first & 0xffff,
    bits: Math.min(16, Math.max(1, bits & 0xffff)),
  };
}

/** The entry for an input value. */
export function lookUp({ firstMapped, entries }: Lut, value: number): number {
  const index = Math.round(value) - firstMapped;
  return entries[index <= 0 ? 0 : index < entries.length ? index : entries.length - 1]!;
}

/** Entries of 8 bits may be packed two to a word, or take a word each; data shorter than announced is what there is. */
function entriesOf(bytes: Uint8Array, length: number, bits: number): Uint8Array | Uint16Array {
  const packed = bytes.length < length * 2 && (bits <= 8 || bytes.length < length + 2);
  return packed ? bytes.slice(0, length) : words(bytes).slice(0, length);
}

/** 16-bit little endian values, whatever the alignment of the bytes. */
export function words(bytes: Uint8Array): Uint16Array {
  const even = bytes.length & ~1;
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice(0, even);
  return new Uint16Array(aligned.buffer, aligned.byteOffset, even / 2);
}

/** Senders that announce fewer bits than they use would have everything above shown white. */
function usedBits(entries: Uint8Array | Uint16Array, bits: number): number {
  let largest = 0;
  for (const entry of entries) if (entry > largest) largest = entry;
  return Math.max(bits, 32 - Math.clz32(largest));
}
