// A-RELEASE-RQ and A-RELEASE-RP: four reserved bytes each. PS3.8 9.3.6 and 9.3.7.

import { Builder, Cursor } from './cursor.ts';

export interface ReleaseRq {
  type: 'A-RELEASE-RQ';
}

export interface ReleaseRp {
  type: 'A-RELEASE-RP';
}

export function readReleaseRq(body: Uint8Array): ReleaseRq {
  new Cursor(body).skip(4);
  return { type: 'A-RELEASE-RQ' };
}

export function readReleaseRp(body: Uint8Array): ReleaseRp {
  new Cursor(body).skip(4);
  return { type: 'A-RELEASE-RP' };
}

export const writeReleaseRq = (): Uint8Array => writeReserved(0x05);
export const writeReleaseRp = (): Uint8Array => writeReserved(0x06);

function writeReserved(type: number): Uint8Array {
  const out = new Builder();
  return out.pdu(type, () => out.u32(0));
}
