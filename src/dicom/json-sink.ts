// JSON on its way out, as UTF-8 bytes. What is written is copied at once: a string that grows is a tree of all that was
// joined to it until somebody reads it, ten times as large as its text.

import { concatenated } from './bytes.ts';

const CHUNK_BYTES = 8192;

const encoder = new TextEncoder();
const hexDigits = encoder.encode('0123456789ABCDEF');

export class JsonSink {
  readonly #full: Uint8Array[] = [];
  #chunk = new Uint8Array(CHUNK_BYTES);
  #at = 0;

  /** Text that has no characters but ASCII. */
  ascii(text: string): void {
    const { length } = text;
    if (!this.#hasRoom(length)) {
      this.text(text);
      return;
    }
    const chunk = this.#chunk;
    let at = this.#at;
    for (let i = 0; i < length; i++) chunk[at++] = text.charCodeAt(i);
    this.#at = at;
  }

  /** Any text. */
  text(text: string): void {
    const bytes = encoder.encode(text);
    this.bytes(bytes, 0, bytes.length);
  }

  /** Text that is UTF-8 already, and stays as it is until `take`. */
  bytes(bytes: Uint8Array, from: number, to: number): void {
    if (!this.#hasRoom(to - from)) {
      this.#full.push(bytes.subarray(from, to));
      return;
    }
    const chunk = this.#chunk;
    let at = this.#at;
    for (let i = from; i < to; i++) chunk[at++] = bytes[i]!;
    this.#at = at;
  }

  /** Eight hexadecimal digits. */
  hex(number: number): void {
    this.#hasRoom(8);
    const chunk = this.#chunk;
    let at = this.#at;
    for (let shift = 28; shift >= 0; shift -= 4) chunk[at++] = hexDigits[(number >>> shift) & 15]!;
    this.#at = at;
  }

  /** All that was written so far, and begins anew. */
  take(): Uint8Array {
    this.#full.push(this.#chunk.slice(0, this.#at));
    this.#at = 0;
    return concatenated(this.#full.splice(0));
  }

  /** Makes room for so many bytes, if a chunk has as much. */
  #hasRoom(length: number): boolean {
    if (this.#at + length <= CHUNK_BYTES) return true;
    this.#full.push(this.#chunk.subarray(0, this.#at));
    this.#chunk = new Uint8Array(CHUNK_BYTES);
    this.#at = 0;
    return length <= CHUNK_BYTES;
  }
}
