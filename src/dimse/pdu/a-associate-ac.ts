// A-ASSOCIATE-AC: what the acceptor takes of it. PS3.8 9.3.3.

import type { AssociateFields } from './associate.ts';
import { readAssociate, writeAssociate, writeItem } from './associate.ts';
import { Cursor } from './cursor.ts';
import { describeUserInformation } from './user-information.ts';

/** PS3.8 Table 9-18. */
const contextResults = [
  'acceptance',
  'user-rejection',
  'no-reason (provider rejection)',
  'abstract-syntax-not-supported',
  'transfer-syntaxes-not-supported',
] as const;

export interface ContextResult {
  id: number;
  /** Index into `contextResults`. */
  result: number;
  /** Not significant unless accepted. */
  transferSyntax: string;
}

export interface AssociateAc extends AssociateFields {
  type: 'A-ASSOCIATE-AC';
  presentationContexts: ContextResult[];
}

const [CONTEXT, TRANSFER_SYNTAX] = [0x21, 0x40];

export function readAssociateAc(body: Uint8Array): AssociateAc {
  const presentationContexts: ContextResult[] = [];
  const fields = readAssociate(body, CONTEXT, (item) => presentationContexts.push(readContext(item)));
  return { type: 'A-ASSOCIATE-AC', ...fields, presentationContexts };
}

export function writeAssociateAc(pdu: AssociateAc): Uint8Array {
  return writeAssociate(0x02, pdu, (out) => {
    for (const context of pdu.presentationContexts)
      out
        .u8(CONTEXT)
        .u8(0)
        .counted16(() => {
          out.u8(context.id).u8(0).u8(context.result).u8(0);
          writeItem(out, TRANSFER_SYNTAX, context.transferSyntax);
        });
  });
}

export function describeAssociateAc(pdu: AssociateAc, nameOf: (uid: string) => string): string {
  return [
    `A-ASSOCIATE-AC ${pdu.calledAeTitle} accepts ${pdu.callingAeTitle}`,
    ...pdu.presentationContexts.map((c) =>
      c.result === 0
        ? `Presentation Context ${c.id}: accepted in ${nameOf(c.transferSyntax)}`
        : `Presentation Context ${c.id}: ${contextResults[c.result] ?? c.result}`,
    ),
    ...describeUserInformation(pdu.userInformation),
  ].join('\n  ');
}

function readContext(item: Cursor): ContextResult {
  const id = item.u8();
  item.skip(1);
  const result = item.u8();
  item.skip(1);
  let transferSyntax = '';
  while (item.left > 0) {
    const type = item.u8();
    item.skip(1);
    const content = new Cursor(item.take(item.u16()));
    if (type === TRANSFER_SYNTAX) transferSyntax = content.text(content.left);
  }
  return { id, result, transferSyntax };
}
