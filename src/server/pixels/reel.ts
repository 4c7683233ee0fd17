// A file that is read while it is written: as fast as it comes, each reader at a pace of his own, as long as anybody reads.

import { type FileHandle, open } from 'node:fs/promises';
import { Problem } from '../../base/problem.ts';
import { diskProblem } from '../../storage/objects/disk-problem.ts';

export const limits = {
  chunkBytes: 256 * 1024,
} as const;

export class Reel {
  readonly #abandoned = new AbortController();
  #readers = 0;
  #writtenBytes = 0;
  #state: 'growing' | 'whole' | { failure: unknown } = 'growing';
  #changed = Promise.withResolvers<void>();
  #file: FileHandle | undefined;

  /** Aborts once nobody reads any more what is still being written. */
  get abandoned(): AbortSignal {
    return this.#abandoned.signal;
  }

  /** Writes `chunks` to a new file, durably. Rejects with what they throw, and with storage/full. */
  async record(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      this.#file = await open(path, 'wx+', 0o600);
      if (this.abandoned.aborted) throw new Problem('request/cancelled');
      for await (const chunk of chunks) {
        await this.#file.writeFile(chunk);
        this.#writtenBytes += chunk.length;
        this.#tell();
      }
      await this.#file.datasync();
      this.#state = 'whole';
    } catch (error) {
      this.#state = { failure: error instanceof Problem ? error : diskProblem(error) };
      throw error;
    } finally {
      this.#tell();
      await this.#closeUnread();
    }
  }

  /** All of it from its beginning. Throws what recording failed with, and request/cancelled once `signal` aborts. */
  async *read(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    this.#readers += 1;
    try {
      for (let at = 0; await this.#reaches(at, signal); ) {
        const chunk = Buffer.allocUnsafeSlow(Math.min(limits.chunkBytes, this.#writtenBytes - at));
        await this.#file!.read(chunk, 0, chunk.length, at);
        at += chunk.length;
        yield chunk;
      }
    } finally {
      await this.#leave();
    }
  }

  /** Resolves when it is whole; rejects as `read` does. */
  async whole(signal: AbortSignal): Promise<void> {
    this.#readers += 1;
    try {
      while (await this.#reaches(this.#writtenBytes, signal));
    } finally {
      await this.#leave();
    }
  }

  /** Whether there is, or comes, a byte at `at`. */
  async #reaches(at: number, signal: AbortSignal): Promise<boolean> {
    while (at === this.#writtenBytes) {
      if (this.#state === 'whole') return false;
      if (this.#state !== 'growing') throw this.#state.failure;
      await unlessGone(this.#changed.promise, signal);
    }
    return true;
  }

  #tell(): void {
    const { resolve } = this.#changed;
    this.#changed = Promise.withResolvers();
    resolve();
  }

  async #leave(): Promise<void> {
    this.#readers -= 1;
    if (this.#readers > 0) return;
    if (this.#state === 'growing') this.#abandoned.abort();
    else await this.#closeUnread();
  }

  async #closeUnread(): Promise<void> {
    if (this.#readers > 0) return;
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }
}

/** Rejects with request/cancelled once `signal` aborts. */
async function unlessGone(change: Promise<void>, signal: AbortSignal): Promise<void> {
  const gone = Promise.withResolvers<never>();
  const leave = (): void => gone.reject(new Problem('request/cancelled'));
  if (signal.aborted) leave();
  signal.addEventListener('abort', leave, { once: true });
  try {
    await Promise.race([change, gone.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
