// Everything the MLLP door bounds. One object, so that a node can be started with other numbers and a test with small ones.

export const mllpLimits = {
  /** One message. Reports with a PDF or pictures within are some megabytes. */
  messageBytes: 33_554_432,
  /** Messages on their way in, all connections together. */
  bytesInFlight: 268_435_456,
  connections: 1_024,
  /** Outside of frames, before the connection is closed: who sends so much does not speak MLLP. */
  garbageBytes: 65_536,
  /** A frame that began is whole by then. */
  frameMs: 120_000,
  /** Between two messages. Senders keep their connection, and some have little to say. */
  idleMs: 86_400_000,
  /** Nothing was ever sent on a connection. */
  firstByteMs: 300_000,
  /** A peer that does not take its acknowledgements. */
  stalledSendMs: 60_000,
  /** Time given to messages under way when the listener closes. */
  closeMs: 5_000,
};

export type MllpLimits = typeof mllpLimits;

export const senderLimits = {
  connectMs: 10_000,
  /** From the last byte of a message to its acknowledgement. */
  responseMs: 30_000,
  /** Of an acknowledgement. */
  answerBytes: 33_554_432,
  /** Waits between attempts; the last repeats. */
  retryMs: [1_000, 5_000, 30_000, 120_000] as readonly number[],
  attempts: 10,
  /** Messages waiting for their turn. */
  waiting: 10_000,
};

export type SenderLimits = typeof senderLimits;
