// What a disk thread is asked to do, and what it answers. `id` names an object in flight, or a request to publish.

export interface DiskThreadData {
  /** Where the bytes to be written lie: slabs of `slabBytes` each. */
  slabs: SharedArrayBuffer;
  slabBytes: number;
}

export type DiskOrder = {
  id: number;
} /** The next bytes are in this slab; the first order for an object creates its file at a path, after the last the file is synced. */ & (
  | { slab: number; length: number; create?: string; last: boolean }
  | { publish: readonly { from: string; to: string }[] }
  /** Close the file, and unlink `remove`. */
  | { forget: { remove?: string } }
);

export type DiskAnswer = {
  id: number;
} /** This slab may be filled again. `synced`, after the last: file and folder entry are durable. */ & (
  | { free: number; synced: boolean }
  | { published: true }
  | { forgotten: true }
  | { failed: string; message: string }
);
