// Where objects lie below the store's folder: `YYYY/MM/DD/NNNN/<32 hexadecimal digits>.dcm` by day of arrival (UTC), in
// buckets small enough for every tool. A file is written where it will stay, as `.part`, so that the file system keeps a
// bucket together. A bucket belongs to the node that made it: nodes may share a folder. A marker names each bucket that
// may hold `.part` files, so that recovery need not look anywhere else.

import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { syncFolder } from './sync-folder.ts';

export const limits = {
  /** A bucket takes more only while the next one is being made. */
  filesPerBucket: 4096,
  bucketsPerDay: 9999,
} as const;

const OBJECT = /^(?:\d{4}\/\d{2}\/\d{2}\/\d{4}\/[0-9a-f]{32}\.dcm|quarantine\/[0-9a-f]{32}\.bin)$/;

/** Whether a name is one that this store gives; a name from elsewhere never reaches the file system. */
export const isObjectName = (name: string): boolean => OBJECT.test(name);

/** Under this name an object lies until it is kept. */
export const temporaryName = (object: string): string => object.replace(/\.dcm$/, '.part');

/** Where the bytes of what could not be kept lie. */
export const quarantineName = (object: string): string => `quarantine/${path.basename(object, '.dcm')}.bin`;

export interface Bucket {
  /** `2026/01/31/0001` */
  readonly name: string;
  filled: number;
  /** Objects in it that are on their way. */
  open: number;
}

export class Buckets {
  readonly #root: string;
  readonly #markers: string;
  readonly #clock: Clock;
  #current: Bucket;
  #making: Promise<void> | undefined;
  #tidying: Promise<void> = Promise.resolve();

  constructor(root: string, markers: string, clock: Clock, first: Bucket) {
    this.#root = root;
    this.#markers = markers;
    this.#clock = clock;
    this.#current = first;
  }

  /** `markers`: a folder of this node's own. Buckets marked before are left to recovery. */
  static async open(root: string, markers: string, clock: Clock): Promise<Buckets> {
    return new Buckets(root, markers, clock, await newBucket(root, markers, dayOf(clock)));
  }

  isCurrent(name: string): boolean {
    return name === this.#current.name;
  }

  /** The name of a new object, and its bucket, which waits for `release`. */
  take(): { object: string; bucket: Bucket } {
    const bucket = this.#current;
    if (bucket.filled >= limits.filesPerBucket || !bucket.name.startsWith(dayOf(this.#clock))) this.#makeNext();
    bucket.filled += 1;
    bucket.open += 1;
    return { object: `${bucket.name}/${randomUUID().replaceAll('-', '')}.dcm`, bucket };
  }

  /** The object has its final name, or is gone. */
  release(bucket: Bucket): void {
    bucket.open -= 1;
    if (bucket !== this.#current && bucket.open === 0) this.#retire(bucket);
  }

  /** Resolves when nothing is being made or tidied any more. */
  async close(): Promise<void> {
    await this.#making;
    await this.#tidying;
  }

  #retire(bucket: Bucket): void {
    this.#tidying = this.#tidying.then(() => unmark(this.#markers, bucket.name));
  }

  /** The present bucket serves until the next is there; where none can be made, somebody later tries again. */
  #makeNext(): void {
    this.#making ??= newBucket(this.#root, this.#markers, dayOf(this.#clock)).then(
      (next) => {
        const before = this.#current;
        this.#current = next;
        this.#making = undefined;
        if (before.open === 0) this.#retire(before);
      },
      () => {
        this.#making = undefined;
      },
    );
  }
}

/** The buckets that may hold files under temporary names. */
export async function markedBuckets(markers: string): Promise<string[]> {
  return (await readdir(markers))
    .filter((name) => /^\d{4}-\d{2}-\d{2}-\d{4}$/.test(name))
    .map((name) => name.replaceAll('-', '/'));
}

/** No file in the bucket is on its way any more. A marker that stays costs recovery one look. */
export async function unmark(markers: string, bucket: string): Promise<void> {
  await rm(markerOf(markers, bucket), { force: true }).catch(() => undefined);
}

const markerOf = (markers: string, bucket: string): string => path.join(markers, bucket.replaceAll('/', '-'));

const dayOf = (clock: Clock): string => new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');

async function newBucket(root: string, markers: string, day: string): Promise<Bucket> {
  const folder = path.join(root, day);
  const first = await mkdir(folder, { recursive: true, mode: 0o750 });
  const last =
    (await readdir(folder))
      .filter((name) => /^\d{4}$/.test(name))
      .sort()
      .at(-1) ?? '0000';
  for (let number = Number(last) + 1; number <= limits.bucketsPerDay; number++) {
    const name = `${day}/${String(number).padStart(4, '0')}`;
    if (!(await makeFolder(path.join(root, name)))) continue;
    await writeFile(markerOf(markers, name), '');
    await syncFolder(markers);
    await syncUpTo(folder, first === undefined ? folder : path.dirname(first));
    return { name, filled: 0, open: 0 };
  }
  throw new Error(`${day} has ${limits.bucketsPerDay} buckets`);
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
