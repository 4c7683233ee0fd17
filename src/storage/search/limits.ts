// The limits of searches. PS3.18 8.3.4.4 leaves the number of results to the server; C-FIND has none.

export const limits = {
  /** Results of one QIDO-RS answer, whatever limit the client names. */
  results: 10_000,
  /** Rows of the first round trip of a streamed search, so that the first answer comes soon; each next one is twice as large. */
  firstBatch: 256,
  largestBatch: 4_096,
  /** Bytes of composed answers held in memory, for rows that have not changed when they are asked for again. */
  heldBytes: 48 * 1024 * 1024,
  /** Kinds of answers (fields, base URL) of which any are held. */
  heldKinds: 64,
  /** Statements that PostgreSQL keeps planned, on each connection. */
  preparedStatements: 64,
} as const;
