// Where objects lie below the store's folder: `YYYY/MM/DD/NNNN/<32 hexadecimal digits>.dcm` by day of arrival (UTC), in
// buckets small enough for every tool. A bucket belongs to the node that made it, so that nodes may share a folder.

import { randomUUID } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import { syncFolder } from './sync-folder.ts';

export const limits = { filesPerBucket: 4096, bucketsPerDay: 9999 } as const;

const OBJECT = /^(?:\d{4}\/\d{2}\/\d{2}\/\d{4}\/[0-9a-f]{32}\.dcm|quarantine\/[0-9a-f]{32}\.bin)$/;

/** Whether a name is one that this store gives; a name from elsewhere never reaches the file system. */
export const isObjectName = (name: string): boolean => OBJECT.test(name);

/** Where the bytes of what could not be kept lie. */
export const quarantineName = (id: string): string => `quarantine/${id}.bin`;

/** 32 hexadecimal digits that no other object has. */
export const newObjectId = (): string => randomUUID().replaceAll('-', '');

export class ObjectNames {
  readonly #root: string;
  readonly #clock: Clock;
  #bucket: Promise<string> | undefined;
  #day = '';
  #filled = 0;

  constructor(root: string, clock: Clock) {
    this.#root = root;
    this.#clock = clock;
  }

  /** The name of a new object, in a bucket that is there and durable. */
  async place(id: string): Promise<string> {
    const day = new Date(this.#clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    if (this.#bucket === undefined || day !== this.#day || this.#filled >= limits.filesPerBucket) {
      this.#day = day;
      this.#filled = 0;
      this.#bucket = this.#newBucket(day);
      // A bucket that could not be made is tried again by the next object.
      this.#bucket.catch(() => {
        this.#bucket = undefined;
      });
    }
    this.#filled += 1;
    return `${await this.#bucket}/${id}.dcm`;
  }

  async #newBucket(day: string): Promise<string> {
    const folder = path.join(this.#root, day);
    const first = await mkdir(folder, { recursive: true, mode: 0o750 });
    const last =
      (await readdir(folder))
        .filter((name) => /^\d{4}$/.test(name))
        .sort()
        .at(-1) ?? '0000';
    for (let number = Number(last) + 1; number <= limits.bucketsPerDay; number++) {
      const name = String(number).padStart(4, '0');
      if (!(await makeFolder(path.join(folder, name)))) continue;
      await syncUpTo(folder, first === undefined ? folder : path.dirname(first));
      return `${day}/${name}`;
    }
    throw new Error(`${day} has ${limits.bucketsPerDay} buckets`);
  }
}

/** Makes the names in `folder`, and in the folders above it as far as `top`, durable. */
async function syncUpTo(folder: string, top: string): Promise<void> {
  await syncFolder(folder);
  if (folder.length > top.length) await syncUpTo(path.dirname(folder), top);
}

/** Whether the folder is ours: false where another node was faster. */
async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o750 });
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw thrown;
  }
}
