// How much of a vendor's block is believed before it is taken for damage.
export const limits = {
  /** Tags in one CSA header; real ones have about 110. */
  csaTags: 512,
  /** Values of one CSA tag. */
  csaValues: 4096,
  /** Bytes that a GE protocol data block may inflate to; real ones come to 10 KiB. */
  protocolBlockBytes: 1 << 20,
  /** Frames of one series, over all its objects. */
  framesOfSeries: 200_000,
} as const;
