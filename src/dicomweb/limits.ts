// Every limit of the DICOMweb door. The size of one instance is the limit of whoever keeps it, not of the door.

export const limits = {
  /** Bytes of path and query together; longer ones are answered 414. UID lists of a thousand fit. */
  urlBytes: 128 * 1024,
  /** Requests being answered at once. */
  requestsAtOnce: 1000,
  /** Bytes of the body of a UPS-RS request. */
  workitemBytes: 1024 * 1024,
  /** Workitems of one answer, whatever limit the client names. */
  workitems: 1000,
  /** STOW-RS requests being received at once. */
  storesAtOnce: 64,
  /** Parts of one STOW-RS request that are received but not yet durable. */
  partsAwaitingStore: 16,
  /** Bytes of one STOW-RS request; more are refused before they come where Content-Length says so. */
  storeBytes: 1024 ** 4,
  /** Bytes of the metadata parts of one STOW-RS request. */
  metadataBytes: 64 * 1024 * 1024,
  /** Bulk data parts of one STOW-RS request that wait for their instance. */
  bulkPartsWaiting: 10_000,
  /** Bytes of such a part that are held in memory; larger ones wait on disk. */
  bulkHeldBytes: 1024 * 1024,
  /** The same, of all parts of a request together. */
  bulkHeldBytesOfRequest: 8 * 1024 * 1024,
  /** Bytes of an instance's bulk data that belong to attributes within sequences. */
  bulkInItemsBytes: 16 * 1024 * 1024,
  /** Bytes of waiting bulk data read at once. */
  bulkReadBytes: 256 * 1024,
  /** Characters of a multipart boundary; RFC 2046 allows 70. */
  boundaryLength: 200,
  /** Parts of one multipart body. */
  parts: 100_000,
  /** Bytes of the header fields of one part, and of the white space after a boundary. */
  partHeaderBytes: 16 * 1024,
  /** Bytes before the first boundary that are skipped. */
  preambleBytes: 64 * 1024,
  /** Bytes of the JSON body of a DELETE. */
  reasonBodyBytes: 4096,
  /** Characters kept of the reason of a DELETE. */
  reasonLength: 200,
  /** Bytes of a retrieve that are read ahead of the client. */
  readAheadBytes: 1024 * 1024,
  /** The same of all retrieves together. */
  readAheadTotalBytes: 16 * 1024 * 1024,
  /** Where less would be left for each, nothing is read ahead: chunks are of this size. */
  readAheadLeastBytes: 256 * 1024,
  /** Instances up to this size are re-encoded before their part begins, so that the part states its length. */
  wholeReencodeBytes: 4 * 1024 * 1024,
  /** Answers to searches from this size on are freed as soon as they were sent. */
  givenAwayBytes: 64 * 1024,
  /** A client that takes no byte of an answer for so long is cut off. */
  stalledMs: 60_000,
  /** Values of one matching key. */
  keyValues: 10_000,
  /** Attributes named by all includefield parameters together. */
  includeFields: 1000,
  /** Width and height of a viewport. */
  viewportPixels: 8192,
  /** Width and height of the square that a thumbnail fits into unless asked otherwise. */
  thumbnailPixels: 200,
  /** Failed parts whose reason is repeated in words in a Warning header. */
  storeWarnings: 10,
};

export type DicomwebLimits = typeof limits;
