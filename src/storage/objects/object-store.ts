// What the catalogue and the spine need of the place where bytes lie. An object is one Part 10 file; its name is ours,
// random, and never made of anything a sender said.

export interface ObjectStore {
  /**
   * Begins a new object: `header` is what lies before the data set (PS3.10 7.1), `prefix` what the hash of the data set
   * begins with. Throws storage/full where there is no room to spare.
   */
  create(header: Uint8Array, prefix: string): ObjectWriter;
  /**
   * The bytes from `start` up to `end`, the whole object by default, in large chunks which the caller may keep.
   * Rejects with storage/damaged where they are not all there.
   */
  open(object: string, range?: { start?: number; end?: number }): AsyncIterable<Uint8Array>;
  /** Size in bytes, or undefined where there is no such object. */
  size(object: string): Promise<number | undefined>;
  remove(object: string): Promise<void>;
  /** Every object, in the order of their names. */
  list(): AsyncIterable<{ object: string; sizeBytes: number }>;
}

export interface ObjectHashes {
  /** Of the prefix and the data set. */
  sha256: Uint8Array;
  /** Of the header. */
  headerSha256: Uint8Array;
}

/**
 * An object on its way to disk: `write`* → `flush` → `sync` → `publish`. `sync` may run while the catalogue commits the
 * row, and then the object is kept; `publish` comes after both, so that under its final name lies no file without a row.
 */
export interface ObjectWriter {
  /** Random; names the object in the catalogue. Another one after `setAside`. */
  readonly object: string;
  readonly sizeBytes: number;
  /** Copies bytes of the data set; a promise is back-pressure, and `chunk` is not to change until it resolves. Rejects, like everything below, with storage/full when the disk is. */
  write(chunk: Uint8Array): void | Promise<void>;
  /** Every byte is handed to the disk thread. No `write` after it. */
  flush(): Promise<ObjectHashes>;
  /** The bytes are durable, under a temporary name that `open` and recovery know. */
  sync(): Promise<void>;
  /** The object has its final name, durably: within a moment, together with others. */
  publish(): Promise<void>;
  /** Instead of `publish`, after all that could be written: the bytes are kept in quarantine, durably, as `object`. */
  setAside(): Promise<void>;
  /** Nothing stays. */
  abort(): Promise<void>;
  /** Closes the file and leaves it as it is: recovery decides, because nobody knows whether its row was committed. */
  leave(): Promise<void>;
}
