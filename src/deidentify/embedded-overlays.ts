// Overlays of ACR-NEMA and early DICOM lie in bits of the pixels that no sample uses (PS3.3 C.9.2, retired in 2004): cleared on
// their way, since what describes the plane is removed and the drawing would stay.

import type { DataSet } from '../dicom/dataset.ts';
import type { TransferSyntax } from '../dicom/transfer-syntax.ts';

const [OVERLAY_ROWS, OVERLAY_DATA] = [0x0010, 0x3000];

/** Of native samples of 16 bits. undefined: no overlay lies there, or the pixels are not of that kind. */
export function withoutEmbeddedOverlays(
  dataset: DataSet,
  { encapsulated, littleEndian }: TransferSyntax,
): ((piece: Uint8Array, offset: number) => Uint8Array) | undefined {
  const isKind = !encapsulated && littleEndian && dataset.number('BitsAllocated') === 16;
  if (!isKind || !hasEmbedded(dataset)) return undefined;
  const stored = dataset.number('BitsStored') ?? 16;
  const high = dataset.number('HighBit') ?? stored - 1;
  const mask = (((1 << stored) - 1) << (high + 1 - stored)) & 0xffff;
  const masks = [mask & 0xff, mask >> 8] as const;
  return (piece, offset) => piece.map((byte, at) => byte & masks[((offset + at) & 1) as 0 | 1]);
}

/** A plane that is described and has no data of its own. PS3.5 7.6: sixteen groups of even number. */
function hasEmbedded(dataset: DataSet): boolean {
  return Array.from({ length: 16 }, (_, plane) => ((0x6000 + 2 * plane) << 16) >>> 0).some(
    (group) => dataset.has(group + OVERLAY_ROWS) && !dataset.has(group + OVERLAY_DATA),
  );
}
