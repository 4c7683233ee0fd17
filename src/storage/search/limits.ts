// The limits of searches. PS3.18 8.3.4.4 leaves the number of results to the server; C-FIND has none.

export const limits = {
  /** Results of one QIDO-RS answer, whatever limit the client names. */
  results: 10_000,
  /** Rows of the first round trip of a streamed search, so that the first answer comes soon; each next one is twice as large. */
  firstBatch: 256,
  largestBatch: 4_096,
  /** Rows of a streamed search that are read and written together: meanwhile nothing else of the node runs. */
  writtenTogether: 256,
  /** Up to so many matches are read by the statement that finds them; of more, what is held is not read again. */
  readAtOnce: 8,
  /** Bytes of answers held in memory, for rows that have not changed when they are asked for again. */
  heldBytes: 48 * 1024 * 1024,
  /** What holding an answer costs besides its bytes. */
  heldOverheadBytes: 256,
  /** Answers of so many rows are held as a whole too, until one of their rows changes or another one matches. */
  wholeRows: 64,
  /** Bytes of the rows of whole answers: most of them are those held above, and none of them twice. */
  wholeBytes: 80 * 1024 * 1024,
  /** Kinds of answers (fields, base URL) of which any are held. */
  heldKinds: 64,
  /** Statements that PostgreSQL keeps planned, on each connection. */
  preparedStatements: 64,
} as const;
