// What a disk thread is asked to do, and what it answers. `id` names an object in flight, or a request to publish.

export interface DiskThreadData {
  /** Where the bytes to be written lie: slabs of `slabBytes` each. */
  slabs: SharedArrayBuffer;
  slabBytes: number;
}

export type DiskOrder = { id: number } & (
  | {
      /** Path of a new file. */
      open: string;
      /** Its first bytes, which are not part of the hash. */
      header: Uint8Array;
      /** What the hash begins with, before the bytes that follow the header. */
      prefix: string;
    }
  /** The next bytes are in this slab. After the last the file is synced. */
  | { slab: number; length: number; last: boolean }
  | { publish: readonly { from: string; to: string }[] }
  /** Close the file, and unlink `remove`. */
  | { forget: { remove?: string } }
);

export type DiskAnswer = { id: number } /** This slab may be filled again. */ & (
  | { free: number }
  /** Every byte was taken by the operating system; the SHA-256 of prefix and data set. */
  | { written: Uint8Array }
  | { synced: true }
  | { published: true }
  | { forgotten: true }
  | { failed: string; message: string }
);
