// A statement on paper: for whom, of which period, what it comes to, and each line of it.

import { amountText } from '../../reading/metering/money.ts';
import type { StatementLine } from '../../reading/metering/statement.ts';
import type { StoredStatement } from '../../reading/store/statements.ts';

/** The same statement is the same bytes. */
export async function statementPdf(statement: StoredStatement): Promise<Uint8Array> {
  const { id, kind, party, provider, period, version, lines, sums, madeAt } = statement;
  const title = version === 1 ? `Statement ${id}` : `Statement ${id}: correction ${version - 1}`;
  // What sets type takes 30 MB: it comes with the first page.
  const { PdfPages } = await import('../reports/pdf-page.ts');
  const pages = new PdfPages({ title, language: 'en', at: madeAt, footer: title });
  pages.write(title, { size: 15, bold: true });
  const whom = kind === 'client' ? `To ${party}, for readings by ${provider}` : `To ${party}, by ${provider}`;
  pages.write(whom, { above: 6 });
  pages.write(`From ${day(period.from)} until before ${day(period.until)} (UTC). Made ${madeAt.toISOString()}.`, {
    size: 8.5,
    above: 2,
  });
  const total = sums.map(({ currency, minor }) => `${amountText(minor, currency)} ${currency}`);
  pages.write(`Total: ${total.length === 0 ? 'nothing' : total.join(', ')}`, { bold: true, above: 12 });
  pages.write(`${lines.length} ${lines.length === 1 ? 'line' : 'lines'}`, { bold: true, above: 12 });
  pages.write(lines.map(lineText).join('\n'), { size: 8.5 });
  return pages.end();
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

function lineText(line: StatementLine): string {
  const { at, what, quantity, unit, price, factors, minor, currency, previous } = line;
  const reckoned = `${quantity} ${unit} × ${price}${factors.map((factor) => `, ${factor}`).join('')}`;
  const before = previous === undefined ? '' : ` (stated before: ${amountText(previous, currency)})`;
  return `${day(at)}  ${line.case ?? '—'}  ${what}: ${reckoned} = ${amountText(minor, currency)} ${currency}${before}`;
}
