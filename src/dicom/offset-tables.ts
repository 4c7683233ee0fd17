// The tables that say where each frame of encapsulated pixel data begins, written: PS3.5 A.4 (Basic Offset Table, 32 bits) and,
// where those do not reach, PS3.3 C.7.6.3.1.8 (Extended Offset Table, 64 bits), which stands before the pixels and goes with an
// empty basic one. Each frame is one fragment.

export interface OffsetTables {
  basic: Uint8Array;
  /** (7FE0,0001) and (7FE0,0002), little endian. */
  extended?: { offsets: Uint8Array; lengths: Uint8Array };
}

const ITEM_HEADER_BYTES = 8;
const LAST_BASIC_OFFSET = 0xffff_ffff;

/** `lengths` of the frames, without padding. */
export function offsetTables(lengths: readonly number[]): OffsetTables {
  const offsets: number[] = [];
  let at = 0;
  for (const length of lengths) {
    offsets.push(at);
    at += ITEM_HEADER_BYTES + length + (length % 2);
  }
  if (lengths.length > 0 && offsets.at(-1)! > LAST_BASIC_OFFSET) {
    return { basic: new Uint8Array(0), extended: { offsets: uint64s(offsets), lengths: uint64s(lengths) } };
  }
  const basic = new Uint8Array(4 * offsets.length);
  const view = new DataView(basic.buffer);
  for (const [number, offset] of offsets.entries()) view.setUint32(4 * number, offset, true);
  return { basic };
}

function uint64s(numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(8 * numbers.length);
  const view = new DataView(bytes.buffer);
  for (const [at, number] of numbers.entries()) view.setBigUint64(8 * at, BigInt(number), true);
  return bytes;
}
