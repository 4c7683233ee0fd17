// The seven PDU types as one table. PS3.8 9.3.1: each begins with its type, a reserved byte and the length of the rest.
// Law: whatever can be read, written and read again is equal.

import type { Abort } from './a-abort.ts';
import { describeAbort, readAbort, writeAbort } from './a-abort.ts';
import type { AssociateAc } from './a-associate-ac.ts';
import { describeAssociateAc, readAssociateAc, writeAssociateAc } from './a-associate-ac.ts';
import type { AssociateRj } from './a-associate-rj.ts';
import { describeAssociateRj, readAssociateRj, writeAssociateRj } from './a-associate-rj.ts';
import type { AssociateRq } from './a-associate-rq.ts';
import { describeAssociateRq, readAssociateRq, writeAssociateRq } from './a-associate-rq.ts';
import type { ReleaseRp, ReleaseRq } from './a-release.ts';
import { readReleaseRp, readReleaseRq, writeReleaseRp, writeReleaseRq } from './a-release.ts';
import { abortReasons, PduError } from './cursor.ts';
import type { PDataTf } from './p-data-tf.ts';
import { describePDataTf, readPDataTf, writePDataTf } from './p-data-tf.ts';

export type Pdu = AssociateRq | AssociateAc | AssociateRj | PDataTf | ReleaseRq | ReleaseRp | Abort;

type Row<P extends Pdu> = {
  code: number;
  read(body: Uint8Array): P;
  write(pdu: P): Uint8Array;
  describe(pdu: P, nameOf: (uid: string) => string): string;
};

const table: { [T in Pdu['type']]: Row<Extract<Pdu, { type: T }>> } = {
  'A-ASSOCIATE-RQ': { code: 1, read: readAssociateRq, write: writeAssociateRq, describe: describeAssociateRq },
  'A-ASSOCIATE-AC': { code: 2, read: readAssociateAc, write: writeAssociateAc, describe: describeAssociateAc },
  'A-ASSOCIATE-RJ': { code: 3, read: readAssociateRj, write: writeAssociateRj, describe: describeAssociateRj },
  'P-DATA-TF': { code: 4, read: readPDataTf, write: writePDataTf, describe: describePDataTf },
  'A-RELEASE-RQ': { code: 5, read: readReleaseRq, write: writeReleaseRq, describe: (pdu) => pdu.type },
  'A-RELEASE-RP': { code: 6, read: readReleaseRp, write: writeReleaseRp, describe: (pdu) => pdu.type },
  'A-ABORT': { code: 7, read: readAbort, write: writeAbort, describe: describeAbort },
};

const byCode = new Map(Object.values(table).map((row) => [row.code, row as Row<Pdu>]));

/** Whether PS3.8 knows the PDU type `code`. */
export const isPduType = (code: number): boolean => byCode.has(code);

/** Reads the body of a PDU, that is what follows its length. Throws PduError. */
export function readPdu(code: number, body: Uint8Array): Pdu {
  const row = byCode.get(code);
  if (!row) throw new PduError(`PDU type ${code} is not known`, abortReasons.unrecognizedPdu);
  return row.read(body);
}

/** The whole PDU, with type and length. */
export function writePdu(pdu: Pdu): Uint8Array {
  return (table[pdu.type] as Row<Pdu>).write(pdu);
}

/** The PDU in the standard's words, first line and indented ones. No patient data. */
export function describePdu(pdu: Pdu, nameOf: (uid: string) => string = (uid) => uid): string {
  return (table[pdu.type] as Row<Pdu>).describe(pdu, nameOf);
}
