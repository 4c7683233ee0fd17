// A file on disk as the pure folders read it, and by its path as programs and libraries want it: neither holds it whole.

import { type FileHandle, open, unlink } from 'node:fs/promises';
import type { ByteSource } from '../../translate/byte-source.ts';

export const limits = {
  /** Read at once, of a file that is read from end to end. */
  readBytes: 256 * 1024,
} as const;

export class FileSource implements ByteSource, AsyncDisposable {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modified: Date;
  readonly #handle: FileHandle;
  readonly #isTemporary: boolean;

  private constructor(path: string, handle: FileHandle, stat: { size: number; mtime: Date }, isTemporary: boolean) {
    this.path = path;
    this.sizeBytes = stat.size;
    this.modified = stat.mtime;
    this.#handle = handle;
    this.#isTemporary = isTemporary;
  }

  /** `isTemporary`: the file is gone once it is disposed of. */
  static async open(path: string, isTemporary = false): Promise<FileSource> {
    const handle = await open(path);
    try {
      return new FileSource(path, handle, await handle.stat(), isTemporary);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    const length = Math.max(0, Math.min(end, this.sizeBytes) - start);
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      const { bytesRead } = await this.#handle.read(bytes, at, length - at, start + at);
      if (bytesRead === 0) return bytes.subarray(0, at);
      at += bytesRead;
    }
    return bytes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
    if (this.#isTemporary) await unlink(this.path);
  }
}
