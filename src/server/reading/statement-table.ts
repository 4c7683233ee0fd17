// A statement as CSV: a row for each line, so that whoever is billed adds them up themselves.

import { writeTable } from '../../base/csv.ts';
import { amountText } from '../../reading/metering/money.ts';
import type { StoredStatement } from '../../reading/store/statements.ts';

const columns = [
  'statement',
  'party',
  'provider',
  'case',
  'term',
  'at',
  'what',
  'quantity',
  'unit',
  'price',
  'factors',
  'amount',
  'currency',
  'stated before',
];

export function statementTable({ id, party, provider, lines }: StoredStatement): string {
  const rows = lines.map(({ term, at, what, quantity, unit, price, factors, minor, currency, previous, ...line }) => ({
    statement: id,
    party,
    provider,
    case: line.case ?? '',
    term: `${term.id} ${term.version}`,
    at: new Date(at).toISOString(),
    what,
    quantity,
    unit,
    price,
    factors: factors.join('; '),
    amount: amountText(minor, currency),
    currency,
    'stated before': previous === undefined ? '' : amountText(previous, currency),
  }));
  return writeTable(columns, rows);
}
