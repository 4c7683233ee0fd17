// What a node knows of persons, put away as one file beside the objects, for every node that shares them. It holds names
// and numbers of patients: the folder is closed to everybody else. Written under another name first, synced, then renamed.

import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import type { Database } from './database.ts';
import type { LogPosition } from './identity-log.ts';
import { syncFolder } from './objects/sync-folder.ts';

export interface SnapshotReader {
  /** The next bytes; fewer at the end. */
  read(sizeBytes: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Whether what was read, to the end, is what was written. */
  readonly isWhole: boolean;
  close(): Promise<void>;
}

export class SnapshotFolder {
  readonly #folder: string;

  /** `objects`: the folder of the objects. */
  constructor(objects: string) {
    this.#folder = path.join(objects, 'identity');
  }

  /** undefined where none was written, or none can be read. */
  async open(): Promise<SnapshotReader | undefined> {
    const file = await open(path.join(this.#folder, NAME), 'r').catch(() => undefined);
    if (file === undefined) return undefined;
    const check = Buffer.alloc(CHECK_BYTES);
    const sizeBytes = (await file.stat()).size - CHECK_BYTES;
    await file.read(check, 0, CHECK_BYTES, Math.max(sizeBytes, 0));
    let at = 0;
    let sum = 0;
    return {
      async read(wanted) {
        const bytes = new Uint8Array(Math.max(Math.min(wanted, sizeBytes - at), 0));
        await file.read(bytes, 0, bytes.length, at);
        at += bytes.length;
        sum = crc32(bytes, sum);
        return bytes;
      },
      get isWhole() {
        return at === sizeBytes && sum === check.readUInt32BE();
      },
      close: () => file.close(),
    };
  }

  /** In place of the one before. Where `chunks` fails or `signal` aborts, that one stays. */
  async write(chunks: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const temporary = path.join(this.#folder, `${NAME}.part`);
    try {
      const file = await open(temporary, 'w', 0o600);
      try {
        let sum = 0;
        for await (const chunk of chunks) {
          signal?.throwIfAborted();
          sum = crc32(chunk, sum);
          await file.writeFile(chunk);
        }
        const check = Buffer.alloc(CHECK_BYTES);
        check.writeUInt32BE(sum);
        await file.writeFile(check);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path.join(this.#folder, NAME));
      await syncFolder(this.#folder);
    } finally {
      await rm(temporary, { force: true });
    }
  }
}

/** CRC-32 of all before it, at the end of the file. */
const CHECK_BYTES = 4;
const NAME = 'persons';

/** By which a position of a log is known again: in the log of another catalogue nothing else is the same. */
export interface LogProof {
  /** The last entry before it. */
  cause: string | null;
  at: string | null;
  /** Entries before it, and how many of them are studies that have not been taken back. */
  entries: number;
  studies: number;
}

export async function proofOf(database: Database, { cursor, ahead }: LogPosition): Promise<LogProof> {
  const [proof] = await database.query<LogProof>(
    `select (select cause from identity_event where xid = $1::xid8 and id = $2) as cause,
       (select at::text from identity_event where xid = $1::xid8 and id = $2) as at,
       count(*)::int as entries, count(s.id)::int as studies
     from identity_event e left join study s on s.id = e.study
     where (e.xid, e.id) <= ($1::xid8, $2) or e.id = any($3::bigint[])`,
    [...cursor.split('.'), [...ahead]],
  );
  return proof!;
}
