// How an object begins: with a preamble and DICM (PS3.10 7.1), with one of them, with File Meta Information alone, or at
// once with its data set.

import { Problem } from '../base/problem.ts';
import { vrAt } from './element-header.ts';
import type { FindingCode } from './finding.ts';

/** Bytes that must be at hand (or the input have ended) to tell. */
export const FILE_START_BYTES = 140;
const PREAMBLE_BYTES = 128;

export interface FileStart {
  preamble: Uint8Array | undefined;
  /** Bytes before the first element. */
  lengthBytes: number;
  /** Whether File Meta Information comes first. */
  meta: boolean;
  findings: readonly { code: FindingCode; assumed: string }[];
}

const noPreamble = { code: 'missing-preamble', assumed: 'the object begins at byte 0' } as const;
const noMeta = { code: 'missing-meta', assumed: 'the data set begins at once' } as const;

/** Reads the start of an object from its first bytes. Throws dicom/unreadable where none is to be seen. */
export function fileStart(bytes: Uint8Array, form: 'part10' | 'detect'): FileStart {
  const afterMagic = PREAMBLE_BYTES + 4;
  if (isMagic(bytes, PREAMBLE_BYTES) && isMeta(bytes, afterMagic)) {
    return { preamble: bytes.slice(0, PREAMBLE_BYTES), lengthBytes: afterMagic, meta: true, findings: [] };
  }
  if (form === 'detect') {
    const lengthBytes = isMagic(bytes, 0) ? 4 : 0;
    if (isMeta(bytes, lengthBytes)) return { preamble: undefined, lengthBytes, meta: true, findings: [noPreamble] };
    if (mayBeDataSet(bytes.subarray(lengthBytes))) {
      return { preamble: undefined, lengthBytes, meta: false, findings: [noPreamble, noMeta] };
    }
  }
  if (isMagic(bytes, PREAMBLE_BYTES)) {
    return { preamble: bytes.slice(0, PREAMBLE_BYTES), lengthBytes: afterMagic, meta: false, findings: [noMeta] };
  }
  throw new Problem('dicom/unreadable', { offset: 0, reason: 'neither DICM at byte 128 nor a data set at byte 0' });
}

const isMagic = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x44 && bytes[at + 1] === 0x49 && bytes[at + 2] === 0x43 && bytes[at + 3] === 0x4d;

/** Group 0002, little endian. */
const isMeta = (bytes: Uint8Array, at: number): boolean => bytes[at] === 0x02 && bytes[at + 1] === 0x00;

/** Whether an element of group 0008 begins here: every composite instance and every identifier has one first. */
function mayBeDataSet(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return false;
  const little = bytes[0] === 0x08 && bytes[1] === 0x00;
  const big = bytes[0] === 0x00 && bytes[1] === 0x08;
  return little || (big && vrAt(bytes, 4) !== undefined);
}
