/** Every limit of the FHIR door. Those of a resource itself are the format's. */
export const limits = {
  /** Bytes of path and query together. */
  urlBytes: 64 * 1024,
  /** Bytes of the body of a request. */
  bodyBytes: 16 * 1024 * 1024,
  /** Requests being answered at once. */
  requestsAtOnce: 1000,
  /** Resources of a page unless asked otherwise, and at most. */
  pageEntries: 50,
  mostPageEntries: 500,
  /** Values of one search parameter, and parameters of one search. */
  values: 1000,
  parameters: 100,
  /** Candidates that $match gives unless asked otherwise, and at most. */
  matches: 10,
  mostMatches: 100,
  /** Systems that $ihe-pix is asked for at once. */
  targetSystems: 100,
};
