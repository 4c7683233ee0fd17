// Bytes that need not be in memory: a file on disk here, a Blob in a browser. Headers are read from where they lie.

export interface ByteSource {
  readonly sizeBytes: number;
  /** The bytes from `start` up to `end`, or to the end of the source where that comes first. */
  read(start: number, end: number): Promise<Uint8Array>;
}

export const sourceOf = (bytes: Uint8Array): ByteSource => ({
  sizeBytes: bytes.length,
  read: async (start, end) => bytes.subarray(start, end),
});

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const asciiAt = (bytes: Uint8Array, start: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(start, start + length));
