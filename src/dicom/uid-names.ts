// What a UID of PS3.6 Annex A is called, for people who read a trace or a dump.

import { sopClassName } from './sop-class.ts';
import { transferSyntax } from './transfer-syntax.ts';

/** The name of a SOP class, well-known instance, transfer syntax or application context; undefined for any other UID. */
export function uidName(uid: string): string | undefined {
  return sopClassName(uid) ?? transferSyntax(uid)?.name ?? contextNames.get(uid);
}

/** PS3.7 Annex A.2.1. */
const contextNames: ReadonlyMap<string, string> = new Map([['1.2.840.10008.3.1.1.1', 'DICOM Application Context']]);
