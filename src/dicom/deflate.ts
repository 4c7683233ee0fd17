// Deflates a data set, PS3.5 A.5: raw deflate (RFC 1951), made even with a NUL.

import { Deflate } from 'fflate';

export function deflated(parts: readonly Uint8Array[]): Uint8Array[] {
  const out: Uint8Array[] = [];
  const deflater = new Deflater((bytes) => out.push(bytes));
  for (const part of parts) deflater.push(part);
  deflater.end();
  return out;
}

/** Deflates bytes as they come. */
export class Deflater {
  readonly #deflate: Deflate;
  readonly #emit: (bytes: Uint8Array) => void;
  #sizeBytes = 0;

  constructor(emit: (bytes: Uint8Array) => void) {
    this.#emit = emit;
    this.#deflate = new Deflate((bytes) => {
      this.#sizeBytes += bytes.length;
      if (bytes.length > 0) emit(bytes);
    });
  }

  push(bytes: Uint8Array): void {
    this.#deflate.push(bytes);
  }

  end(): void {
    this.#deflate.push(new Uint8Array(0), true);
    if (this.#sizeBytes % 2 === 1) this.#emit(new Uint8Array(1));
  }
}
