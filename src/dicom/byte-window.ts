// The part of a stream that is at hand: the chunk being pushed, joined to what the one before left unread. Counts offsets
// in the stream, and passes over bytes that nobody wants without looking at them.

import { plain } from './bytes.ts';

const nothing = new Uint8Array(0);

export class ByteWindow {
  /** The bytes at hand. Those from `at` up to `end` are still to be read; valid until `close`. */
  bytes: Uint8Array = nothing;
  at = 0;
  end = 0;
  /** The stream offset of `bytes[0]`. */
  base: number;
  #toSkip = 0;
  #kept: Uint8Array = nothing;

  constructor(offset: number) {
    this.base = offset;
  }

  /** The stream offset of the next byte to read. */
  get position(): number {
    return this.base + this.at;
  }

  get available(): number {
    return this.end - this.at;
  }

  /** How many bytes of a `skip` are still to come. */
  get toSkip(): number {
    return this.#toSkip;
  }

  /** Takes the next chunk of the stream, which is looked at (not copied) until `close`. */
  open(chunk: Uint8Array): void {
    const passed = Math.min(this.#toSkip, chunk.length);
    this.#toSkip -= passed;
    if (this.available > 0) {
      this.#join(chunk);
      return;
    }
    this.base += this.end;
    this.bytes = plain(chunk);
    this.at = passed;
    this.end = chunk.length;
  }

  /** Passes over `length` bytes, those to come included. */
  skip(length: number): void {
    const passed = Math.min(length, this.available);
    this.at += passed;
    this.#toSkip = length - passed;
  }

  /** Gives the chunk back: what is unread is copied. */
  close(): void {
    const unread = this.available;
    if (unread === 0) {
      this.base += this.end;
      this.bytes = nothing;
      this.at = 0;
      this.end = 0;
    } else if (this.bytes !== this.#kept) {
      if (this.#kept.length < unread) this.#kept = new Uint8Array(Math.max(4096, 2 * unread));
      this.#kept.set(this.bytes.subarray(this.at, this.end));
      this.#look(unread);
    }
  }

  #join(chunk: Uint8Array): void {
    const unread = this.available;
    if (this.end + chunk.length > this.#kept.length) {
      const needed = unread + chunk.length;
      const larger = needed > this.#kept.length / 2 ? new Uint8Array(2 * needed) : this.#kept;
      larger.set(this.#kept.subarray(this.at, this.end));
      this.#kept = larger;
      this.#look(unread);
    }
    this.#kept.set(chunk, this.end);
    this.end += chunk.length;
  }

  #look(unread: number): void {
    this.base += this.at;
    this.bytes = this.#kept;
    this.at = 0;
    this.end = unread;
  }
}
