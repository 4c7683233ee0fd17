// What a provider owes to its readers, from the same logs: for each reading that a reader signed, by the rate that held then.

import type { CaseEvent } from '../case/case-event.ts';
import type { TermReference } from '../terms/service-term.ts';
import { type Charge, factsOf } from './charge.ts';
import { decimalOf, decimalText, times, wholeOf } from './decimal.ts';
import { minorOf } from './money.ts';
import type { RelativeValues } from './relative-value.ts';

export interface ReaderRate {
  /** Absent: of all readers that have none of their own. */
  reader?: string;
  unit: 'exam' | 'RVU';
  /** Decimal text. */
  amount: string;
  currency: string;
  /** ISO 8601: until the next one of the same reader. */
  validFrom: string;
}

export interface ReadCase {
  code: string;
  events: readonly CaseEvent[];
  term: TermReference;
}

/** By the reader who signed; what was signed without a rate is of no amount, and of no currency. Addenda are part of the reading. */
export function payOf(
  { code, events, term }: ReadCase,
  rates: readonly ReaderRate[],
  values: RelativeValues,
): (Charge & { reader: string })[] {
  if (events.some(({ kind }) => kind === 'entered-in-error')) return [];
  const work = values.of(factsOf(events));
  return events.flatMap((event) => {
    if (event.kind !== 'preliminary-signed' && event.kind !== 'final-signed') return [];
    const { reader, version } = event.report;
    const { unit, amount, currency } = rateAt(rates, reader, event.at) ?? noRate;
    const quantity = unit === 'RVU' ? work : wholeOf(1);
    return {
      reader,
      key: `${code} ${version}`,
      case: code,
      term,
      at: event.at,
      what: 'reading' as const,
      quantity: decimalText(quantity),
      unit,
      price: amount,
      factors: [event.kind === 'final-signed' ? 'final' : 'preliminary'],
      minor: minorOf(times(decimalOf(amount), quantity), currency),
      currency,
    };
  });
}

/** ISO 4217: no currency is involved. */
const noRate = { unit: 'RVU', amount: '0', currency: 'XXX' } as const;

/** The reader's own before that of all, and of each the one that was last said to hold. */
function rateAt(rates: readonly ReaderRate[], reader: string, at: number): ReaderRate | undefined {
  const held = rates
    .filter((rate) => Date.parse(rate.validFrom) <= at)
    .sort((one, other) => Date.parse(one.validFrom) - Date.parse(other.validFrom));
  return held.findLast((rate) => rate.reader === reader) ?? held.findLast((rate) => rate.reader === undefined);
}
