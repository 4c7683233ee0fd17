export const limits = {
  /** Rows of one INSERT. */
  batchRows: 500,
  /** Rows waiting; whoever records more waits for room. */
  queuedRows: 10_000,
  /** Before a failed INSERT is tried again, doubled up to the longest, in milliseconds. */
  retryMs: 50,
  longestRetryMs: 2_000,
  /** How long an orderly stop keeps trying, in milliseconds. */
  closeMs: 5_000,
  /** (principal, study) pairs remembered within one minute of frame reads. */
  frameReadsPerMinute: 50_000,
  queryCharacters: 4_000,
  /** Rows of one answer. */
  pageRows: 1_000,
} as const;
