// What the pixel pool made, kept for the next who wants it: in memory, and in `cache/` below the data folder. All of it can
// be made again, so nothing is synced, and what is damaged or gone is made anew. Names are hashes: they say nothing of anybody.

import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LeastRecentlyUsed } from '../../storage/least-recently-used.ts';

export const limits = {
  memoryBytes: 64 * 1024 * 1024,
  /** Of all files; the oldest go first. */
  folderBytes: 2 * 1024 * 1024 * 1024,
  /** Bytes written between two looks at how much is there. */
  betweenSweepsBytes: 128 * 1024 * 1024,
  /** Files being written; what comes meanwhile is in memory alone. */
  writes: 8,
} as const;

/** Of what: the object's name in the store, under which its bytes never change, and what was made of it. */
export interface CacheKey {
  object: string;
  /** Frame, transfer syntax or wish; equal texts for equal results. */
  made: string;
}

export class PixelCache {
  readonly #folder: string;
  readonly #limits: Record<keyof typeof limits, number>;
  readonly #memory: LeastRecentlyUsed<string, Uint8Array>;
  readonly #making = new Map<string, Promise<Uint8Array>>();
  readonly #writing = new Set<Promise<void>>();
  #writtenBytes = 0;

  private constructor(folder: string, inForce: Record<keyof typeof limits, number>) {
    this.#folder = folder;
    this.#limits = inForce;
    this.#memory = new LeastRecentlyUsed(inForce.memoryBytes, ({ length }) => length);
  }

  static async open(folder: string, inForce: Partial<Record<keyof typeof limits, number>> = {}): Promise<PixelCache> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const cache = new PixelCache(folder, { ...limits, ...inForce });
    await cache.sweep();
    return cache;
  }

  /** From memory, from the folder, else what `make` gives; who asks for the same meanwhile waits for the same. */
  async get(key: CacheKey, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const name = nameOf(key);
    const held = this.#memory.get(name);
    if (held !== undefined) return held;
    const making = this.#making.get(name);
    // What one went away from, or failed for one, is made for the next.
    if (making !== undefined) return making.catch(() => this.get(key, make));
    const found = this.#find(name, make).finally(() => this.#making.delete(name));
    this.#making.set(name, found);
    return found;
  }

  /** What is not in the folder yet is made and written there, past the memory: nobody waits for it now. */
  async fill(key: CacheKey, make: () => Promise<Uint8Array>): Promise<void> {
    const file = path.join(this.#folder, nameOf(key));
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (!isThere) await this.#written(file, await make());
  }

  /** What `keepFile` kept under `key`: a file whose bytes are those that were written. */
  async file(key: CacheKey): Promise<{ path: string; sizeBytes: number } | undefined> {
    const file = path.join(this.#folder, nameOf(key));
    return stat(file).then(
      ({ size }) => ({ path: file, sizeBytes: size }),
      () => undefined,
    );
  }

  /** Keeps what `write` puts, durably, into a new file at the path that it is given. Rejects with what it rejects with. */
  async keepFile(key: CacheKey, write: (path: string) => Promise<void>): Promise<void> {
    const writing = this.#placed(path.join(this.#folder, nameOf(key)), write);
    const settled = writing.catch(() => {}).finally(() => this.#writing.delete(settled));
    this.#writing.add(settled);
    await writing;
  }

  /** Nothing made of this object is kept any longer. */
  async forget(object: string): Promise<void> {
    const folder = folderOf(object);
    const making = [...this.#making].filter(([name]) => name.startsWith(folder)).map(([, made]) => made);
    await Promise.allSettled(making);
    await this.settle();
    this.#memory.deleteWhere((name) => name.startsWith(folder));
    await rm(path.join(this.#folder, folder), { recursive: true, force: true });
  }

  /** The oldest files go until the rest is within the limit. */
  async sweep(): Promise<void> {
    this.#writtenBytes = 0;
    const files = await filesBelow(this.#folder);
    let bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    for (const file of files.sort((a, b) => a.modifiedMs - b.modifiedMs)) {
      if (bytes <= this.#limits.folderBytes) return;
      await rm(file.path, { force: true });
      bytes -= file.sizeBytes;
    }
  }

  /** Resolves when what was begun is written. */
  async settle(): Promise<void> {
    await Promise.all(this.#writing);
  }

  async #find(name: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const file = path.join(this.#folder, name);
    const kept = await readFile(file).then(wholeOf, () => undefined);
    const bytes = kept ?? (await make());
    this.#memory.set(name, bytes);
    if (kept === undefined) this.#write(file, bytes);
    return bytes;
  }

  #write(file: string, bytes: Uint8Array): void {
    if (this.#writing.size >= this.#limits.writes) return;
    const writing = this.#written(file, bytes)
      // A full disk is no reason to fail: nothing is lost.
      .catch(() => {})
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  async #written(file: string, bytes: Uint8Array): Promise<void> {
    await this.#placed(file, (temporary) => writeFile(temporary, [digestOf(bytes), bytes], { mode: 0o600 }));
  }

  async #placed(file: string, write: (temporary: string) => Promise<void>): Promise<void> {
    const temporary = path.join(this.#folder, `${randomUUID()}.part`);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    try {
      await write(temporary);
      this.#writtenBytes += (await stat(temporary)).size;
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    if (this.#writtenBytes > this.#limits.betweenSweepsBytes) await this.sweep();
  }
}

const DIGEST_BYTES = 16;
const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();
const digestOf = (bytes: Uint8Array): Uint8Array => sha256(bytes).subarray(0, DIGEST_BYTES);

/** What was written after its digest; undefined where it is not what was written. Nothing that is made is empty. */
function wholeOf(file: Buffer): Uint8Array | undefined {
  const bytes = file.subarray(DIGEST_BYTES);
  return bytes.length > 0 && file.subarray(0, DIGEST_BYTES).equals(digestOf(bytes)) ? bytes : undefined;
}

function folderOf(object: string): string {
  const hash = sha256(object).toString('hex').slice(0, 32);
  return path.join(hash.slice(0, 2), hash.slice(2));
}

const nameOf = ({ object, made }: CacheKey): string =>
  path.join(folderOf(object), sha256(made).toString('hex').slice(0, 32));

async function filesBelow(folder: string): Promise<{ path: string; sizeBytes: number; modifiedMs: number }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const known = [];
  for (const file of files) {
    // It may be gone since the folder was read.
    const found = await stat(file).catch(() => undefined);
    if (found) known.push({ path: file, sizeBytes: found.size, modifiedMs: found.mtimeMs });
  }
  return known;
}
