// Every limit of this room. Times in milliseconds.

export const limits = {
  /** How long a verified credential is believed without asking the catalogue; a revocation is announced at once besides. */
  credentialCacheMs: 5_000,
  credentialCacheEntries: 10_000,
  /** The link printed at start. */
  signInMs: 15 * 60_000,
  sessionMs: 12 * 3_600_000,
  /** A session that an EHR launched: a working day, after which it is launched again. */
  launchedSessionMs: 8 * 3_600_000,
  /** Between the EHR's launch and the way back, where somebody may have to sign in. */
  launchMs: 10 * 60_000,
  /** Studies of one patient that a search is kept to, newest first. */
  studiesOfPatient: 2_000,
  /** Longest life of a token. */
  tokenMs: 10 * 366 * 86_400_000,
  /** Longest life of a link to one study that was given away. */
  shareMs: 366 * 86_400_000,
  nameCharacters: 100,
  /** Failed attempts from one address within the window, after which only credentials verified lately are believed. */
  failuresPerAddress: 20,
  failureWindowMs: 60_000,
  /** Addresses remembered; the oldest is forgotten first. */
  failingAddresses: 10_000,
  /** How long the addresses of a peer's name are believed, and how long one waits for them. */
  peerNameCacheMs: 60_000,
  peerNameLookupMs: 2_000,
  peerNames: 1_000,
  sopClassesPerPeer: 200,
  /** PEM of the authorities of one peer. */
  authorityCharacters: 100_000,
  /** Senders of HL7 v2, of all tenants together; strangers on this machine count. */
  interfaces: 1_000,
} as const;
