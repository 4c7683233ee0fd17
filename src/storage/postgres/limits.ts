// Every limit of the supervisor. Times in milliseconds.

export const limits = {
  /** Between two attempts to connect to a server that is coming up. */
  connectRetryMs: 10,
  /** A crash with a full WAL (max_wal_size) to replay on a slow disk; a clean start takes 30 ms. */
  recoveryMs: 600_000,
  /** Orphaned backends of a killed postmaster hold its shared memory until they notice. */
  orphanedBackendsMs: 10_000,
  /** A fast shutdown writes one checkpoint; after this the server is told to stop at once and recovers at its next start. */
  fastShutdownMs: 7_000,
  immediateShutdownMs: 2_000,
  /** Pause before a crashed server is started again, doubled up to the longest at each failure. */
  restartPauseMs: 50,
  longestRestartPauseMs: 5_000,
  /** sun_path holds 108 bytes including its terminator. */
  socketPathBytes: 107,
  /** The server's log is cut to its last half at a start that finds it longer. */
  logBytes: 4_000_000,
  /** Lines of the server's log quoted in an error. */
  quotedLogLines: 12,
} as const;
