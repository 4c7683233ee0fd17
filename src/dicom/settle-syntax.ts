// Which transfer syntax a data set is really in: the declared one, unless its first bytes cannot be read in it.

import { Problem } from '../base/problem.ts';
import { encodingAt, vrAt } from './element-header.ts';
import { type Encoding, encodingOf, explicitBig, explicitLittle } from './encoding.ts';
import type { FindingCode } from './finding.ts';
import { encodingOfDataSet } from './intent.ts';
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  type TransferSyntax,
  transferSyntax,
} from './transfer-syntax.ts';

export interface SettledSyntax {
  syntax: TransferSyntax;
  /** Of the elements; a compressed object may be encoded otherwise than its syntax says, and keeps that syntax. */
  encoding: Encoding;
  finding?: { code: FindingCode; assumed: string };
}

/** `bytes` begin with the data set; fewer than 8 are an empty one. Throws dicom/unreadable where nothing can be assumed. */
export function settleSyntax(declaredUid: string | undefined, bytes: Uint8Array, offset: number): SettledSyntax {
  const declared = declaredUid === undefined ? undefined : transferSyntax(declaredUid);
  if (bytes.length < 8) {
    if (declared !== undefined) return { syntax: declared, encoding: encodingOf(declared) };
    throw new Problem('dicom/unreadable', { offset, reason: 'no transfer syntax and no data set' });
  }
  if (declared === undefined) return guessed(declaredUid, encodingAt(bytes, 0));
  const encoding = encodingOf(declared);
  const found = declared.deflated ? encodingWhereDeflated(bytes) : encodingOfDataSet(bytes, 0, encoding);
  if (found === undefined || (found === encoding && !declared.deflated)) return { syntax: declared, encoding };
  const syntax = declared.encapsulated ? declared : plainSyntax(found);
  const finding = { code: 'transfer-syntax-wrong', assumed: plainSyntax(found).name } as const;
  return { syntax, encoding: found, finding };
}

/** A UID that nobody has defined names, where it names anything, a compression in explicit VR (PS3.5 A.4). */
function guessed(uid: string | undefined, encoding: Encoding): SettledSyntax {
  const plain = plainSyntax(encoding);
  const syntax = uid === undefined ? plain : { ...plain, uid, name: 'unknown', encapsulated: true };
  return { syntax, encoding, finding: { code: 'transfer-syntax-guessed', assumed: plain.name } };
}

function plainSyntax(encoding: Encoding): TransferSyntax {
  if (encoding === explicitBig) return transferSyntax(EXPLICIT_VR_BIG_ENDIAN)!;
  return transferSyntax(encoding === explicitLittle ? EXPLICIT_VR_LITTLE_ENDIAN : IMPLICIT_VR_LITTLE_ENDIAN)!;
}

/** A data set that should be deflated but begins with an element of group 0008 as it is; a deflate stream does not. */
function encodingWhereDeflated(bytes: Uint8Array): Encoding | undefined {
  const plain = bytes[0] === 0x08 && bytes[1] === 0x00 && bytes[3] === 0x00 && vrAt(bytes, 4) !== undefined;
  return plain ? explicitLittle : undefined;
}
