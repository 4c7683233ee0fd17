// A-ASSOCIATE-RQ: what the requestor proposes. PS3.8 9.3.2.

import type { AssociateFields } from './associate.ts';
import { readAssociate, writeAssociate, writeItem } from './associate.ts';
import { Cursor, PduError } from './cursor.ts';
import { describeUserInformation } from './user-information.ts';

export interface ProposedContext {
  /** Odd, 1 to 255. */
  id: number;
  abstractSyntax: string;
  transferSyntaxes: string[];
}

export interface AssociateRq extends AssociateFields {
  type: 'A-ASSOCIATE-RQ';
  presentationContexts: ProposedContext[];
}

const [CONTEXT, ABSTRACT_SYNTAX, TRANSFER_SYNTAX] = [0x20, 0x30, 0x40];

export function readAssociateRq(body: Uint8Array): AssociateRq {
  const presentationContexts: ProposedContext[] = [];
  const fields = readAssociate(body, CONTEXT, (item) => presentationContexts.push(readContext(item)));
  const ids = new Set(presentationContexts.map((context) => context.id));
  if (ids.size < presentationContexts.length) throw new PduError('a presentation context ID is used twice');
  return { type: 'A-ASSOCIATE-RQ', ...fields, presentationContexts };
}

export function writeAssociateRq(pdu: AssociateRq): Uint8Array {
  return writeAssociate(0x01, pdu, (out) => {
    for (const context of pdu.presentationContexts)
      out
        .u8(CONTEXT)
        .u8(0)
        .counted16(() => {
          out.u8(context.id).u8(0).u8(0).u8(0);
          writeItem(out, ABSTRACT_SYNTAX, context.abstractSyntax);
          for (const uid of context.transferSyntaxes) writeItem(out, TRANSFER_SYNTAX, uid);
        });
  });
}

export function describeAssociateRq(pdu: AssociateRq, nameOf: (uid: string) => string): string {
  return [
    `A-ASSOCIATE-RQ ${pdu.callingAeTitle} calls ${pdu.calledAeTitle}`,
    ...pdu.presentationContexts.map(
      (c) =>
        `Presentation Context ${c.id}: ${nameOf(c.abstractSyntax)} in ${c.transferSyntaxes.map(nameOf).join(', ')}`,
    ),
    ...describeUserInformation(pdu.userInformation),
  ].join('\n  ');
}

function readContext(item: Cursor): ProposedContext {
  const id = item.u8();
  if ((id & 1) === 0) throw new PduError(`presentation context ID ${id} is even`);
  item.skip(3);
  let abstractSyntax = '';
  const transferSyntaxes: string[] = [];
  while (item.left > 0) {
    const type = item.u8();
    item.skip(1);
    const content = new Cursor(item.take(item.u16()));
    if (type === ABSTRACT_SYNTAX) abstractSyntax = content.text(content.left);
    else if (type === TRANSFER_SYNTAX) transferSyntaxes.push(content.text(content.left));
  }
  return { id, abstractSyntax, transferSyntaxes };
}
