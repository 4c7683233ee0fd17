// What (0043,xx2A), "user defined data", holds of GE's raw data header, by which the polarity of phase encoding is known
// where (0018,9034) is absent, as it is before release 27: two switches turn it round, and their combination counts.

export interface RawHeader {
  /** Revision of the header's layout, 5.0 to 40.0. */
  revision: number;
  /** Acquisition control, bit 2: the phase of even echoes is flipped. */
  phaseFlipped: boolean;
  /** ky is traversed from the bottom up. */
  bottomUp: boolean;
}

const OFFSET_OF_HEADER = 24;
const ACQUISITION_CONTROL = 48;

/** From this revision on 76 bytes stand before the fields, and those after the first part have moved. */
const MOVED = { revision: 25.002, by: 76, kyDirection: 776 };
const KY_DIRECTION = 916;

const plausibleRevision = { least: 5, most: 40 };

export function readRawHeader(bytes: Uint8Array): RawHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < OFFSET_OF_HEADER + 2) return undefined;
  let at = view.getUint16(OFFSET_OF_HEADER, true);
  if (at + MOVED.by + KY_DIRECTION >= bytes.length) return undefined;
  const revision = view.getFloat32(at, true);
  if (!(revision >= plausibleRevision.least && revision <= plausibleRevision.most)) return undefined;
  const moved = revision >= MOVED.revision;
  if (moved) at += MOVED.by;
  return {
    revision,
    phaseFlipped: (bytes[at + ACQUISITION_CONTROL]! & 4) !== 0,
    bottomUp: (bytes[at + (moved ? MOVED.kyDirection : KY_DIRECTION)]! & 2) !== 0,
  };
}
