// What a reader accepts at most. Each limit ends the read with dicom/limit and its own name, except `depth` and
// `findings`, beyond which the reader goes on and says less. Where `elements` or `heldBytes` are reached in a sequence, the
// outermost one is kept as bytes instead. All together no object costs 200 MB of memory.

export interface ReaderLimits {
  /** Elements held, an item counting as two; each costs about 150 bytes of memory here, and 100 more to whoever writes JSON. */
  elements: number;
  /** Bytes of values held, where they are copied out of the chunks. */
  heldBytes: number;
  /** Sequences within each other that are read; below that the content is one value of bytes. */
  depth: number;
  /** Sequences within each other that are followed to their end. */
  nesting: number;
  /** Fragments of encapsulated Pixel Data, about one a frame. */
  fragments: number;
  /** Bytes that a deflated data set may inflate to. */
  inflatedBytes: number;
  /** Findings recorded. */
  findings: number;
}

export const readerLimits: ReaderLimits = {
  elements: 450_000,
  heldBytes: 32 * 1024 * 1024,
  depth: 64,
  nesting: 50_000,
  fragments: 600_000,
  inflatedBytes: 512 * 1024 * 1024,
  findings: 200,
};
