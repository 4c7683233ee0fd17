// A-ABORT: the association ends here. PS3.8 9.3.8.

import { Builder, Cursor } from './cursor.ts';

export interface Abort {
  type: 'A-ABORT';
  /** 0 service-user, 2 service-provider. */
  source: number;
  /** Of `abortReasons`; significant only when the source is the service-provider. */
  reason: number;
}

const reasons = [
  'reason-not-specified',
  'unrecognized-PDU',
  'unexpected-PDU',
  'reserved',
  'unrecognized-PDU-parameter',
  'unexpected-PDU-parameter',
  'invalid-PDU-parameter-value',
];

export function readAbort(body: Uint8Array): Abort {
  const cursor = new Cursor(body);
  cursor.skip(2);
  return { type: 'A-ABORT', source: cursor.u8(), reason: cursor.u8() };
}

export function writeAbort(pdu: Abort): Uint8Array {
  const out = new Builder();
  return out.pdu(0x07, () => out.u16(0).u8(pdu.source).u8(pdu.reason));
}

export function describeAbort(pdu: Abort): string {
  return pdu.source === 2
    ? `A-ABORT by service-provider: ${reasons[pdu.reason] ?? `reason ${pdu.reason}`}`
    : 'A-ABORT by service-user';
}
