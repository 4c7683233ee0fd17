// What A-ASSOCIATE-RQ and A-ASSOCIATE-AC have in common: the fixed fields with the AE titles, and the items that follow.
// PS3.8 9.3.2 and 9.3.3.

import { Builder, Cursor } from './cursor.ts';
import type { UserInformation } from './user-information.ts';
import { emptyUserInformation, readUserInformation, writeUserInformation } from './user-information.ts';

/** PS3.7 A.2.1: the DICOM Application Context Name. */
export const DICOM_APPLICATION_CONTEXT = '1.2.840.10008.3.1.1.1';

/** Both PDUs, but for their presentation contexts. */
export interface AssociateFields {
  /** Bit 0 is version 1; other bits are not tested (PS3.8 9.3.2). */
  protocolVersion: number;
  calledAeTitle: string;
  callingAeTitle: string;
  applicationContextName: string;
  userInformation: UserInformation;
}

const APPLICATION_CONTEXT = 0x10;
const USER_INFORMATION = 0x50;
const AE_TITLE_BYTES = 16;

/** Reads the body of either PDU; `context` is called with each item of type `contextItem`. Throws PduError. */
export function readAssociate(body: Uint8Array, contextItem: number, context: (item: Cursor) => void): AssociateFields {
  const cursor = new Cursor(body);
  const protocolVersion = cursor.u16();
  cursor.skip(2);
  const calledAeTitle = cursor.text(AE_TITLE_BYTES);
  const callingAeTitle = cursor.text(AE_TITLE_BYTES);
  cursor.skip(32);
  let applicationContextName = '';
  let userInformation = emptyUserInformation();
  while (cursor.left > 0) {
    const type = cursor.u8();
    cursor.skip(1);
    const item = new Cursor(cursor.take(cursor.u16()));
    if (type === APPLICATION_CONTEXT) applicationContextName = item.text(item.left);
    else if (type === USER_INFORMATION) userInformation = readUserInformation(item);
    else if (type === contextItem) context(item);
  }
  return { protocolVersion, calledAeTitle, callingAeTitle, applicationContextName, userInformation };
}

/** Writes either PDU; `contexts` writes its presentation context items. */
export function writeAssociate(type: number, fields: AssociateFields, contexts: (out: Builder) => void): Uint8Array {
  const out = new Builder();
  return out.pdu(type, () => {
    out.u16(fields.protocolVersion).u16(0);
    out.text(fields.calledAeTitle.padEnd(AE_TITLE_BYTES).slice(0, AE_TITLE_BYTES));
    out.text(fields.callingAeTitle.padEnd(AE_TITLE_BYTES).slice(0, AE_TITLE_BYTES));
    for (let i = 0; i < 8; i++) out.u32(0);
    writeItem(out, APPLICATION_CONTEXT, fields.applicationContextName);
    contexts(out);
    out
      .u8(USER_INFORMATION)
      .u8(0)
      .counted16(() => writeUserInformation(out, fields.userInformation));
  });
}

/** An item or sub-item that is nothing but text. */
export function writeItem(out: Builder, type: number, text: string): void {
  out
    .u8(type)
    .u8(0)
    .counted16(() => out.text(text));
}
