// The object store in a folder: plain Part 10 files that any tool can read and that survive us.

import { mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { type Clock, systemClock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { diskProblem } from './disk-problem.ts';
import { DiskSpace } from './disk-space.ts';
import { DiskThread, leastLoaded, Publisher, limits as threadLimits } from './disk-threads.ts';
import { Buckets, isObjectName, temporaryName } from './object-buckets.ts';
import type { ObjectStore, ObjectWriter } from './object-store.ts';
import { FolderObjectWriter, type WriterSurroundings } from './object-writer.ts';
import { syncFolder } from './sync-folder.ts';

export const limits = {
  /** Of one read; the caller keeps the buffer. */
  readBytes: 256 * 1024,
  /** The same of all objects that are being read, which reads get smaller to keep to, as far as that. */
  readTotalBytes: 16 * 1024 * 1024,
  leastReadBytes: 64 * 1024,
  /** For a file that is not there, though its row is. */
  looks: 10,
  betweenLooksMs: 20,
} as const;

export interface ObjectFolderOptions {
  /** FASCIA_OBJECTS. */
  folder: string;
  /** Names this node among those that share the folder. */
  node?: string;
  clock?: Clock;
}

export async function openObjectFolder(options: ObjectFolderOptions): Promise<ObjectFolder> {
  const { folder, node = 'node', clock = systemClock } = options;
  const markers = path.join(folder, 'incoming', node);
  await mkdir(markers, { recursive: true, mode: 0o750 });
  await mkdir(path.join(folder, 'quarantine'), { recursive: true, mode: 0o700 });
  await syncFolder(folder);
  const space = new DiskSpace(folder, clock);
  await space.measure();
  return new ObjectFolder(folder, markers, space, await Buckets.open(folder, markers, clock));
}

export class ObjectFolder implements ObjectStore {
  readonly root: string;
  /** The markers of this node's buckets. */
  readonly markers: string;
  readonly space: DiskSpace;
  readonly #threads = Array.from({ length: threadLimits.threads }, () => new DiskThread());
  readonly #publisher = new Publisher(this.#threads);
  readonly #writing: WriterSurroundings;
  /** Objects that are being read. */
  #reading = 0;

  constructor(root: string, markers: string, space: DiskSpace, buckets: Buckets) {
    this.root = root;
    this.markers = markers;
    this.space = space;
    const onFull = () => space.full();
    this.#writing = { root, buckets, publisher: this.#publisher, onFull };
  }

  create(header: Uint8Array, prefix: string): ObjectWriter {
    if (!this.space.room) throw new Problem('storage/full', { sizeBytes: header.length });
    return new FolderObjectWriter(this.#writing, leastLoaded(this.#threads), header, prefix);
  }

  /** Gives what was kept its final names now. */
  settle(): Promise<void> {
    return this.#publisher.settle();
  }

  async close(): Promise<void> {
    await this.settle();
    await this.#writing.buckets.close();
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  /** Whether new objects go to this bucket. */
  isCurrent(bucket: string): boolean {
    return this.#writing.buckets.isCurrent(bucket);
  }

  async *open(object: string, range: { start?: number; end?: number } = {}): AsyncGenerator<Uint8Array> {
    const file = await this.#openFile(object);
    this.#reading += 1;
    try {
      const end = range.end ?? (await file.stat()).size;
      let at = range.start ?? 0;
      while (at < end) {
        const buffer = Buffer.allocUnsafeSlow(Math.min(this.#readBytes(), end - at));
        const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
        if (bytesRead === 0) throw new Problem('storage/damaged', { objectId: object });
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      this.#reading -= 1;
      await file.close();
    }
  }

  #readBytes(): number {
    const share = Math.floor(limits.readTotalBytes / this.#reading);
    return Math.min(limits.readBytes, Math.max(limits.leastReadBytes, share));
  }

  async size(object: string): Promise<number | undefined> {
    if (!isObjectName(object)) return undefined;
    for (const name of this.#namesOf(object)) {
      const found = await stat(name).catch(() => undefined);
      if (found) return found.size;
    }
    return undefined;
  }

  /** Gives a file left under its temporary name its final one, durably. */
  async adopt(object: string): Promise<void> {
    const final = path.join(this.root, object);
    const temporary = path.join(this.root, temporaryName(object));
    const file = await open(temporary, 'r');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, final);
    await syncFolder(path.dirname(final));
  }

  async remove(object: string): Promise<void> {
    if (isObjectName(object)) await unlink(path.join(this.root, object)).catch(ignoreMissing);
  }

  async *list(): AsyncGenerator<{ object: string; sizeBytes: number }> {
    for (const year of await folders(this.root, /^\d{4}$/)) yield* this.#below(year, 3);
  }

  async *#below(folder: string, depth: number): AsyncGenerator<{ object: string; sizeBytes: number }> {
    if (depth > 0) {
      for (const name of await folders(path.join(this.root, folder), /^\d{2,4}$/))
        yield* this.#below(`${folder}/${name}`, depth - 1);
      return;
    }
    for (const name of (await readdir(path.join(this.root, folder))).sort()) {
      const object = `${folder}/${name}`;
      const found = await stat(path.join(this.root, object)).catch(() => undefined);
      if (found !== undefined) yield { object, sizeBytes: found.size };
    }
  }

  /** Where to look: an object is first under its temporary name, and between two looks it may get its final one. */
  #namesOf(object: string): string[] {
    const final = path.join(this.root, object);
    return [final, path.join(this.root, temporaryName(object)), final];
  }

  /** A row may be committed a moment before its file is created, here or by another node: whoever is that fast looks again. */
  async #openFile(object: string) {
    if (!isObjectName(object)) throw new Problem('storage/damaged', { objectId: object });
    for (let look = 0; look < limits.looks; look++) {
      for (const name of this.#namesOf(object)) {
        const file = await open(name, 'r').catch(ignoreMissing);
        if (file) return file;
      }
      await new Promise((resolve) => setTimeout(resolve, limits.betweenLooksMs));
    }
    throw new Problem('storage/damaged', { objectId: object });
  }
}

async function folders(folder: string, name: RegExp): Promise<string[]> {
  const found = await readdir(folder, { withFileTypes: true });
  return found
    .filter((entry) => entry.isDirectory() && name.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

function ignoreMissing(thrown: NodeJS.ErrnoException): undefined {
  if (thrown.code !== 'ENOENT') throw diskProblem(thrown);
}
