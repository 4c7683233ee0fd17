// What a disk thread is asked to do, and what it answers. `id` names an object in flight, or a request to publish.

export interface DiskThreadData {
  /** Where the bytes to be written lie: slabs of `slabBytes` each. */
  slabs: SharedArrayBuffer;
  slabBytes: number;
}

/** What comes first of a new file. */
export interface NewFile {
  path: string;
  /** Its first bytes, which are not part of the hash. */
  header: Uint8Array;
  /** What the hash begins with, before the bytes that follow the header. */
  prefix: string;
}

export type DiskOrder = {
  id: number;
} /** The next bytes are in this slab; the first order for an object creates its file, after the last the file is synced. */ & (
  | { slab: number; length: number; create?: NewFile; last: boolean }
  | { publish: readonly { from: string; to: string }[] }
  /** Close the file, and unlink `remove`. */
  | { forget: { remove?: string } }
);

export type DiskAnswer = {
  id: number;
} /** This slab may be filled again. `written`, after the last: the system has every byte; the SHA-256 of prefix and data set. */ & (
  | { free: number; written?: Uint8Array }
  | { synced: true }
  | { published: true }
  | { forgotten: true }
  | { failed: string; message: string }
);
