// Everything the DIMSE door bounds. One object, so that a node can be started with other numbers and a test with small ones.

export const dimseLimits = {
  /** Maximum Length we announce (PS3.8 D.1): the variable field of a P-DATA-TF. Larger ones save a peer few system calls. */
  pduLength: 131_072,
  /** Longest P-DATA-TF taken: peers miscount the header; fragments are streamed, so this costs no memory. */
  pDataLengthAccepted: 1_048_576,
  /** Longest PDU of another type. 128 presentation contexts with every transfer syntax are 0.4 MB. */
  controlPduLength: 1_048_576,
  /** Longest P-DATA-TF we send to a peer that announces no maximum (0) or a larger one. */
  sendPduLength: 262_144,
  /** PS3.8 9.3.2.2: odd identifiers from 1 to 255. */
  presentationContexts: 128,
  /** Associations at once, in all and by one calling AE title. */
  associations: 512,
  associationsPerAeTitle: 256,
  /** Connections that have not asked for an association yet; the oldest is closed for a new one. */
  unassociatedConnections: 2_048,
  /** PS3.8 9.1.5 ARTIM: until A-ASSOCIATE-RQ has come whole, and until a peer closes the connection. */
  artimMs: 10_000,
  /** Nothing was ever asked on an association. */
  firstMessageMs: 30_000,
  /** A message or PDU that began does not go on. */
  stalledMessageMs: 30_000,
  /** Between two messages. */
  idleAssociationMs: 600_000,
  /** A peer that does not take what we send. */
  stalledSendMs: 60_000,
  /** An answer to a request of ours. */
  responseMs: 120_000,
  connectMs: 10_000,
  /** Command set of one message, in bytes. */
  commandSetBytes: 65_536,
  /** Identifier, action or event information of one message, in bytes. */
  identifierBytes: 1_048_576,
  /** Bytes of a refused data set that are read and dropped before the association is aborted. */
  drainBytes: 1_073_741_824,
  /** Operations a peer may have outstanding (PS3.7 D.3.3.3), where it negotiates a window. */
  operationsWindow: 8,
  /** Operations in progress on one association, also of peers that negotiated less. Stores beyond wait in the socket, others are refused. */
  operationsInProgress: 16,
  /** Bytes waiting for the socket before a sender of ours waits. */
  sendBufferBytes: 1_048_576,
  /** Pending responses of C-MOVE and C-GET come at most this often. */
  pendingResponseMs: 250,
  /** C-FIND responses between two looks at the socket (C-CANCEL). */
  responsesPerTurn: 64,
  /** How long we leave the requestor of a storage commitment to release before the result goes on its association. */
  commitGraceMs: 500,
  /** Results of storage commitment waiting for their requestor; one more waits for the next start. */
  commitResultsWaiting: 1_000,
  /** Of which so many are on their way at once. */
  commitDeliveries: 16,
  /** Waits between attempts to deliver a result; the last repeats. */
  commitRetryMs: [1_000, 5_000, 30_000, 120_000, 600_000] as readonly number[],
  commitAttempts: 150,
  /** Time given to associations when the listener closes. */
  closeMs: 5_000,
};

export type DimseLimits = typeof dimseLimits;
