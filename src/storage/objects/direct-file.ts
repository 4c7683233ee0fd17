// A new file that is written once, past the page cache: what has just come is not read again soon, and to copy it into
// pages which the kernel must first find costs more processor time than all other work on a CT slice, and pushes out pages
// that are wanted. Whole blocks go directly; the last bytes, small files, and file systems that know no such way take the
// ordinary one.

import { closeSync, constants, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';

export const limits = {
  /** Direct writes begin and end at a multiple of this, in the file and in memory. */
  blockBytes: 4096,
  /** Smaller files are not worth two descriptors. */
  directBytes: 64 * 1024,
} as const;

const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
const MODE = 0o640;

/** Whether this thread's file systems took direct writes so far; macOS has none. */
let directWorks = constants.O_DIRECT !== undefined;

/** Calls block. Errors are those of the system. */
export class DirectFile {
  readonly #path: string;
  #direct: number | undefined;
  #ordinary: number | undefined;
  #position = 0;

  /** Creates it. `firstBytes`: how many the first `append` will bring. */
  constructor(path: string, firstBytes: number) {
    this.#path = path;
    if (directWorks && firstBytes >= limits.directBytes) this.#direct = openDirect(path);
    if (this.#direct === undefined) this.#ordinary = openSync(path, NEW, MODE);
  }

  /** `bytes` begin at a multiple of `limits.blockBytes` in memory, or the first write is refused and goes the ordinary way. */
  append(bytes: Uint8Array): void {
    const whole = this.#ordinary === undefined ? bytes.length - (bytes.length % limits.blockBytes) : 0;
    const written = whole === 0 ? 0 : this.#appendDirectly(bytes.subarray(0, whole));
    for (let at = written; at < bytes.length; ) {
      // Once bytes went the ordinary way, no further one lies at a block's start.
      this.#ordinary ??= openSync(this.#path, constants.O_WRONLY);
      const count = writeSync(this.#ordinary, bytes, at, bytes.length - at, this.#position);
      this.#position += count;
      at += count;
    }
  }

  /** All bytes are durable; the file is closed. */
  sync(): void {
    const descriptor = this.#ordinary ?? this.#direct;
    if (descriptor !== undefined) fdatasyncSync(descriptor);
    this.close();
  }

  close(): void {
    const descriptors = [this.#direct, this.#ordinary];
    this.#direct = undefined;
    this.#ordinary = undefined;
    for (const descriptor of descriptors) if (descriptor !== undefined) closeSync(descriptor);
  }

  /** How many bytes went that way. */
  #appendDirectly(bytes: Uint8Array): number {
    let at = 0;
    while (at < bytes.length && at % limits.blockBytes === 0) {
      try {
        const count = writeSync(this.#direct!, bytes, at, bytes.length - at, this.#position);
        this.#position += count;
        at += count;
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code !== 'EINVAL') throw thrown;
        directWorks = false;
        break;
      }
    }
    return at;
  }
}

function openDirect(path: string): number | undefined {
  try {
    return openSync(path, NEW | constants.O_DIRECT, MODE);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EINVAL') throw thrown;
    directWorks = false;
    // Some file systems refuse only after they have created it.
    rmSync(path, { force: true });
    return undefined;
  }
}
