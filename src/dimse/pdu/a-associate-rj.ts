// A-ASSOCIATE-RJ: why there is no association. PS3.8 9.3.4 Table 9-21.

import { Builder, Cursor } from './cursor.ts';

export interface AssociateRj {
  type: 'A-ASSOCIATE-RJ';
  result: number;
  source: number;
  reason: number;
}

/** The reasons that we give, under the standard's names. */
export const rejections = {
  'application-context-name-not-supported': { result: 1, source: 1, reason: 2 },
  'calling-AE-title-not-recognized': { result: 1, source: 1, reason: 3 },
  'called-AE-title-not-recognized': { result: 1, source: 1, reason: 7 },
  'protocol-version-not-supported': { result: 1, source: 2, reason: 2 },
  'temporary-congestion': { result: 2, source: 3, reason: 1 },
  'local-limit-exceeded': { result: 2, source: 3, reason: 2 },
} as const;

const results: Record<number, string> = { 1: 'rejected-permanent', 2: 'rejected-transient' };
const sources: Record<number, string> = {
  1: 'service-user',
  2: 'service-provider (ACSE)',
  3: 'service-provider (presentation)',
};

export function readAssociateRj(body: Uint8Array): AssociateRj {
  const cursor = new Cursor(body);
  cursor.skip(1);
  return { type: 'A-ASSOCIATE-RJ', result: cursor.u8(), source: cursor.u8(), reason: cursor.u8() };
}

export function writeAssociateRj(pdu: AssociateRj): Uint8Array {
  const out = new Builder();
  return out.pdu(0x03, () => out.u8(0).u8(pdu.result).u8(pdu.source).u8(pdu.reason));
}

export function describeAssociateRj(pdu: AssociateRj): string {
  return `A-ASSOCIATE-RJ ${results[pdu.result] ?? pdu.result} by ${sources[pdu.source] ?? pdu.source}: ${reasonOf(pdu)}`;
}

function reasonOf({ source, reason }: AssociateRj): string {
  const named = Object.entries(rejections).find(([, row]) => row.source === source && row.reason === reason);
  return named ? named[0] : `reason ${reason}`;
}
