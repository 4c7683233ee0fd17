// What a disk thread is asked to do, and what it answers. `id` names an object in flight, or a request to publish.

export interface DiskThreadData {
  /** Where the bytes to be written lie: slabs of `slabBytes` each. */
  slabs: SharedArrayBuffer;
  slabBytes: number;
}

/** A new object. */
export interface Creation {
  path: string;
  /** Its SHA-256 is over this and what follows so many bytes, which lie in the first slab. */
  hashPrefix: string;
  headerBytes: number;
}

export type DiskOrder = {
  id: number;
} /** The next bytes are in this slab; the first order for an object creates its file, after the last the file is synced. */ & (
  | { slab: number; length: number; create?: Creation; last: boolean }
  | { publish: readonly { from: string; to: string }[] }
  /** Close the file, and unlink `remove`. */
  | { forget: { remove?: string } }
);

export type DiskAnswer = {
  id: number;
} /** This slab may be filled again. `synced`, after the last: file and folder entry are durable. */ & (
  | { free: number; synced: boolean }
  /** Of the whole object, as soon as its last slab has come: the catalogue commits while the disk writes. */
  | { sha256: Uint8Array }
  | { published: true }
  | { forgotten: true }
  | { failed: string; message: string }
);
