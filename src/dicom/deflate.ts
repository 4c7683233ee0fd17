// Deflates a data set, PS3.5 A.5: raw deflate (RFC 1951), made even with a NUL. What is small is compressed as a whole;
// what is larger leaves in stored blocks as it comes, because fflate's streaming deflater (0.8.3) refers to bytes before
// the first one and so damages one object in seven.

import { deflateSync } from 'fflate';
import { concatenated } from './bytes.ts';

export const limits = {
  /** Data sets up to this size are compressed, which holds them in memory and takes up to 0.2 s. */
  compressedBytes: 4 * 1024 * 1024,
} as const;

/** RFC 1951 3.2.4. */
const LONGEST_STORED_BLOCK = 0xffff;

export class Deflater {
  readonly #emit: (bytes: Uint8Array) => void;
  /** What was pushed so far; undefined once it is too much to compress. */
  #gathered: Uint8Array[] | undefined = [];
  #gatheredBytes = 0;
  #emittedBytes = 0;

  constructor(emit: (bytes: Uint8Array) => void) {
    this.#emit = emit;
  }

  push(bytes: Uint8Array): void {
    if (this.#gathered === undefined) {
      this.#store(bytes);
      return;
    }
    this.#gathered.push(bytes.slice());
    this.#gatheredBytes += bytes.length;
    if (this.#gatheredBytes <= limits.compressedBytes) return;
    for (const part of this.#gathered) this.#store(part);
    this.#gathered = undefined;
  }

  end(): void {
    if (this.#gathered === undefined) this.#pass(storedBlockHeader(0, true));
    else this.#pass(deflateSync(concatenated(this.#gathered)));
    if (this.#emittedBytes % 2 === 1) this.#pass(new Uint8Array(1));
  }

  #store(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += LONGEST_STORED_BLOCK) {
      const block = bytes.slice(at, at + LONGEST_STORED_BLOCK);
      this.#pass(storedBlockHeader(block.length, false));
      this.#pass(block);
    }
  }

  #pass(bytes: Uint8Array): void {
    this.#emittedBytes += bytes.length;
    this.#emit(bytes);
  }
}

/** All parts as one deflated data set. */
export function deflated(parts: readonly Uint8Array[]): Uint8Array[] {
  const out: Uint8Array[] = [];
  const deflater = new Deflater((bytes) => out.push(bytes));
  for (const part of parts) deflater.push(part);
  deflater.end();
  return out;
}

/** Whether it is the last, the length, and its complement. */
function storedBlockHeader(length: number, final: boolean): Uint8Array {
  const complement = ~length & 0xffff;
  return new Uint8Array([final ? 1 : 0, length & 0xff, length >>> 8, complement & 0xff, complement >>> 8]);
}
