// Inflates a deflated data set (PS3.5 A.5, RFC 1951) as its bytes come, in steps small enough that a bomb stays small.

import { Inflate } from 'fflate';
import { Problem } from '../base/problem.ts';

/** Deflate expands at most 1,032 times: one step gives about 1 MB at most. */
const STEP_BYTES = 1024;

/** A stored block has up to 65,535 bytes and comes at once; so many steps without output are past the stream's end. */
const STEPS_WITHOUT_OUTPUT = 80;

export class Inflater {
  readonly #inflate = new Inflate();
  readonly #limitBytes: number;
  readonly #receive: (bytes: Uint8Array) => void;
  /** Steps of one size make the result independent of the chunks. */
  readonly #input = new Uint8Array(STEP_BYTES);
  #waiting = 0;
  #output = new Uint8Array(0);
  #inflatedBytes = 0;
  #deflatedBytes: number;
  #stepsWithoutOutput = 0;

  /** `offset` is where the stream begins in its file, for what is said about it. */
  constructor(offset: number, limitBytes: number, receive: (bytes: Uint8Array) => void) {
    this.#deflatedBytes = offset;
    this.#limitBytes = limitBytes;
    this.#receive = receive;
    this.#inflate.ondata = (bytes) => {
      this.#output = bytes;
    };
  }

  /** Throws dicom/unreadable where the bytes are no deflate stream, dicom/limit where they inflate to too many. */
  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && !this.ended; ) {
      const taken = Math.min(STEP_BYTES - this.#waiting, bytes.length - at);
      this.#input.set(bytes.subarray(at, at + taken), this.#waiting);
      this.#waiting += taken;
      at += taken;
      if (this.#waiting === STEP_BYTES) this.end();
    }
  }

  /** Inflates what waits for a whole step. */
  end(): void {
    const waiting = this.#input.slice(0, this.#waiting);
    this.#waiting = 0;
    if (waiting.length > 0) this.#step(waiting);
  }

  /** Whether the stream is over and what follows is not looked at. */
  get ended(): boolean {
    return this.#stepsWithoutOutput > STEPS_WITHOUT_OUTPUT;
  }

  #step(bytes: Uint8Array): void {
    try {
      this.#inflate.push(bytes);
    } catch {
      throw new Problem('dicom/unreadable', { offset: this.#deflatedBytes, reason: 'the deflated bytes are damaged' });
    }
    this.#deflatedBytes += bytes.length;
    this.#inflatedBytes += this.#output.length;
    if (this.#inflatedBytes > this.#limitBytes) {
      throw new Problem('dicom/limit', { limit: 'inflatedBytes', offset: this.#deflatedBytes });
    }
    this.#stepsWithoutOutput = this.#output.length === 0 ? this.#stepsWithoutOutput + 1 : 0;
    this.#receive(this.#output);
  }
}
