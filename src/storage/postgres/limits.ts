// Every limit of the supervisor. Times in milliseconds.

export const limits = {
  /** Between two attempts to connect to a server that is coming up, doubled up to the longest at each refusal. */
  connectRetryMs: 10,
  longestConnectRetryMs: 160,
  /** A crash with a full WAL (max_wal_size) to replay on a slow disk; a clean start takes 30 ms. */
  recoveryMs: 600_000,
  /** Orphaned backends of a killed postmaster hold its shared memory until they notice. */
  orphanedBackendsMs: 10_000,
  /** A server writes its pid file within a millisecond of creating it: an empty one of this age is left from a power cut. */
  emptyPidFileMs: 2_000,
  /** A fast shutdown writes one checkpoint; after this the server is told to stop at once and recovers at its next start. */
  fastShutdownMs: 6_000,
  immediateShutdownMs: 1_500,
  /** Between two looks at whether a postmaster has ended that is no child of ours. */
  endedRetryMs: 10,
  /** Pause before a crashed server is started again, doubled up to the longest at each failure. */
  restartPauseMs: 25,
  longestRestartPauseMs: 2_000,
  /** sun_path holds 108 bytes including its terminator. */
  socketPathBytes: 107,
  /** The server's log is cut to its last half at a start that finds it longer. */
  logBytes: 4_000_000,
  /** Two WAL segments and a checkpoint: what a server needs to recover on a full disk. */
  reserveBytes: 48_000_000,
  /** Lines of the server's log quoted in an error. */
  quotedLogLines: 6,
} as const;
