// P-DATA-TF: presentation data values, the fragments of messages. PS3.8 9.3.5 and Annex E. On the way in they are
// streamed by `pdu-stream.ts`; here is how they are cut on the way out, and the PDU as a whole.

import { Builder, Cursor, PduError } from './cursor.ts';

export interface PresentationDataValue {
  contextId: number;
  /** PS3.8 E.2: bit 0 of the message control header; else the fragment is of a data set. */
  command: boolean;
  /** Bit 1. */
  last: boolean;
  data: Uint8Array;
}

export interface PDataTf {
  type: 'P-DATA-TF';
  values: PresentationDataValue[];
}

export const P_DATA_TF = 0x04;
/** PDV length, presentation context ID, message control header. */
export const PDV_HEADER_BYTES = 6;
const PDU_HEADER_BYTES = 6;
const HEADER_BYTES = PDU_HEADER_BYTES + PDV_HEADER_BYTES;

export function readPDataTf(body: Uint8Array): PDataTf {
  const cursor = new Cursor(body);
  const values: PresentationDataValue[] = [];
  while (cursor.left > 0) {
    const length = cursor.u32();
    if (length < 2) throw new PduError(`a presentation data value of ${length} bytes`);
    const [contextId, control] = [cursor.u8(), cursor.u8()];
    values.push({ contextId, command: (control & 1) === 1, last: (control & 2) === 2, data: cursor.take(length - 2) });
  }
  if (values.length === 0) throw new PduError('a P-DATA-TF without presentation data value');
  return { type: 'P-DATA-TF', values };
}

export function writePDataTf(pdu: PDataTf): Uint8Array {
  const out = new Builder();
  return out.pdu(P_DATA_TF, () => {
    for (const value of pdu.values)
      out
        .u32(value.data.length + 2)
        .u8(value.contextId)
        .u8(controlOf(value.command, value.last))
        .raw(value.data);
  });
}

/**
 * Cuts `bytes` into P-DATA-TF PDUs with one PDV each, not longer than `maximumLength`, and hands headers and views of
 * `bytes` to `write` in order. `last`: these bytes end the command set or data set.
 */
export function fragment(
  write: (part: Uint8Array) => void,
  { contextId, command, last }: Omit<PresentationDataValue, 'data'>,
  bytes: Uint8Array,
  maximumLength: number,
): void {
  const room = fragmentBytes(maximumLength);
  const count = Math.max(1, Math.ceil(bytes.length / room));
  const headers = Buffer.allocUnsafe(count * HEADER_BYTES);
  for (let i = 0, from = 0; i < count; i++, from += room) {
    const data = bytes.subarray(from, from + room);
    const at = i * HEADER_BYTES;
    headers[at] = P_DATA_TF;
    headers[at + 1] = 0;
    headers.writeUInt32BE(data.length + PDV_HEADER_BYTES, at + 2);
    headers.writeUInt32BE(data.length + 2, at + 6);
    headers[at + 10] = contextId;
    headers[at + 11] = controlOf(command, last && i === count - 1);
    write(headers.subarray(at, at + HEADER_BYTES));
    if (data.length > 0) write(data);
  }
}

/** Bytes of one fragment; even, as PS3.8 E.1 asks, whatever the peer announced. */
export function fragmentBytes(maximumLength: number): number {
  return Math.max(2, (maximumLength - PDV_HEADER_BYTES) & ~1);
}

export function describePdv(value: Omit<PresentationDataValue, 'data'>, sizeBytes: number): string {
  return `P-DATA-TF context ${value.contextId}, ${value.command ? 'command' : 'data set'} fragment of ${sizeBytes} bytes${value.last ? ', last' : ''}`;
}

export function describePDataTf(pdu: PDataTf): string {
  return pdu.values.map((value) => describePdv(value, value.data.length)).join('\n  ');
}

const controlOf = (command: boolean, last: boolean): number => (command ? 1 : 0) | (last ? 2 : 0);
