// A statement as FHIR has it: an Invoice, and a ChargeItem for each of its lines. R4 invoice.html, chargeitem.html.

import type { ChargeItem, Invoice, Money } from '@medplum/fhirtypes';
import { amountText } from './money.ts';
import type { StatementLine, Sum } from './statement.ts';

export interface Stated {
  id: string;
  version: number;
  party: string;
  provider: string;
  madeAt: Date;
  lines: readonly StatementLine[];
  sums: readonly Sum[];
}

export const chargeItemId = ({ id }: Pick<Stated, 'id'>, line: number): string => `statement-${id}-${line + 1}`;

export const invoiceId = ({ id }: Pick<Stated, 'id'>, currency: string): string => `statement-${id}-${currency}`;

/** Of each currency one: a sum has one. A correction is an Invoice of what differs, and says of which it is the next. */
export function invoicesOf(statement: Stated): Invoice[] {
  const { id, version, party, provider, madeAt, lines, sums } = statement;
  return sums.map(({ currency, minor }) => ({
    resourceType: 'Invoice',
    id: invoiceId(statement, currency),
    identifier: [{ value: id }],
    status: 'issued',
    type: { text: version === 1 ? 'statement' : `correction ${version - 1}` },
    recipient: { display: party },
    issuer: { display: provider },
    date: madeAt.toISOString(),
    lineItem: lines.flatMap((line, at) =>
      line.currency === currency
        ? [{ sequence: at + 1, chargeItemReference: { reference: `ChargeItem/${chargeItemId(statement, at)}` } }]
        : [],
    ),
    totalNet: money(minor, currency),
    totalGross: money(minor, currency),
  }));
}

/** `subject` is required and is a patient or a group: a bill names neither, and says so by the code of the case. */
export function chargeItemsOf(statement: Stated): ChargeItem[] {
  return statement.lines.map((line, at) => {
    const { term, quantity, unit, factors, minor, currency, what } = line;
    return {
      resourceType: 'ChargeItem',
      id: chargeItemId(statement, at),
      identifier: [{ value: line.key }],
      status: 'billed',
      code: { text: what },
      subject: { display: line.case === undefined ? 'all cases of the period' : `case ${line.case}` },
      occurrenceDateTime: new Date(line.at).toISOString(),
      quantity: { value: Number(quantity), unit },
      priceOverride: money(minor, currency),
      overrideReason: [`${quantity} ${unit} × ${line.price}`, ...factors].join(', '),
      performingOrganization: { display: statement.provider },
      note: [{ text: `term ${term.id}, version ${term.version}` }],
    };
  });
}

/** Decimal in JSON: what is below 10^15 in the smallest unit is carried exactly. */
const money = (minor: bigint, currency: string): Money => ({
  value: Number(amountText(minor, currency)),
  currency: currency as NonNullable<Money['currency']>,
});
