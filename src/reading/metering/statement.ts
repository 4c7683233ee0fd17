// A statement: the charges of a period, the volume that was agreed on, and the sum. One that was made is never changed; what turns
// out otherwise is the difference, in a new one that names it.

import type { CaseEvent } from '../case/case-event.ts';
import type { ServiceTerm } from '../terms/service-term.ts';
import { type Charge, chargesOf, doneOf, isLate, lateCharge, orderedPriority } from './charge.ts';
import { decimalOf, decimalText, plus, times, wholeOf } from './decimal.ts';
import { minorOf } from './money.ts';
import type { RelativeValues } from './relative-value.ts';

/** Half-open, ms since the epoch. */
export interface BilledPeriod {
  from: number;
  until: number;
}

export interface BilledCase {
  code: string;
  events: readonly CaseEvent[];
  term: ServiceTerm;
}

/** `previous`: what the statements before said of the same key, of which this is the difference. */
export type StatementLine = Charge & { previous?: bigint };

export interface Sum {
  currency: string;
  minor: bigint;
}

export interface Billed {
  /** All of the client's whose log has something to bill; what was done outside the period is passed over. */
  cases: readonly BilledCase[];
  /** In force at the end of the period, of which a volume may have been agreed on. */
  terms: readonly ServiceTerm[];
  period: BilledPeriod;
}

/** Charges of the cases that were done within the period, and what is reckoned over all of them, in order of time. */
export function chargesOfPeriod({ cases, terms, period }: Billed, values: RelativeValues): readonly Charge[] {
  const within = cases.filter(({ events, term }) => {
    const done = doneOf(events, term);
    return done !== undefined && done.at >= period.from && done.at < period.until;
  });
  const each = within.flatMap(({ code, events, term }) => chargesOf(code, events, term, values));
  const byTerm = Map.groupBy(within, ({ term }) => `${term.id} ${term.version}`);
  const overAll = [
    ...[...byTerm.values()].flatMap((of) => monthly(of, period)),
    ...terms.flatMap((term) => volume(term, each, period)),
  ];
  return [...each, ...overAll].sort((one, other) => one.at - other.at || (one.key < other.key ? -1 : 1));
}

/** Of a level that ninety-five in a hundred have to meet: credited are those that are late beyond the five. */
function monthly(cases: readonly BilledCase[], { until }: BilledPeriod): Charge[] {
  const { term } = cases[0]!;
  return term.levels
    .filter(({ measure, penalty }) => measure === 'p95' && penalty !== undefined)
    .flatMap((level) => {
      const measured = cases.filter(
        ({ events }) => orderedPriority(events) === level.priority && doneOf(events, term)!.what === 'reading',
      );
      const late = measured.filter(({ events }) => isLate(events, level)).length;
      const credited = late - Math.floor(measured.length / 20);
      if (credited <= 0) return [];
      const key = `${term.id}.${term.version} late ${level.priority} ${level.until}`;
      return [lateCharge(key, { at: until - 1, term }, level, credited)];
    });
}

/** What was agreed on at least is paid for at least, at the plain price; counted in the unit of the price. */
function volume(term: ServiceTerm, charges: readonly Charge[], { until }: BilledPeriod): Charge[] {
  const { amount, currency, unit } = term.price;
  const read = charges
    .filter(({ term: { id }, what }) => id === term.id && what === 'reading')
    .reduce((sum, { quantity }) => plus(sum, decimalOf(quantity)), wholeOf(0));
  const missing = plus(wholeOf(term.volume?.min ?? 0), times(read, wholeOf(-1)));
  if (missing.digits <= 0n) return [];
  return [
    {
      key: `${term.id} volume`,
      term: { id: term.id, version: term.version },
      at: until - 1,
      what: 'volume',
      quantity: decimalText(missing),
      unit,
      price: amount,
      factors: [`at least ${term.volume!.min}`],
      minor: minorOf(times(decimalOf(amount), missing), currency),
      currency,
    },
  ];
}

/** What a new statement has to say, once `stated` was: nothing where all is as it was. */
export function statementLines(charges: readonly Charge[], stated: readonly StatementLine[]): readonly StatementLine[] {
  const before = new Map<string, StatementLine>();
  for (const line of stated) before.set(line.key, { ...line, minor: (before.get(line.key)?.minor ?? 0n) + line.minor });
  const changed = charges.flatMap((charge): StatementLine[] => {
    const known = before.get(charge.key);
    before.delete(charge.key);
    if (known === undefined) return [charge];
    return known.minor === charge.minor
      ? []
      : [{ ...charge, minor: charge.minor - known.minor, previous: known.minor }];
  });
  const gone = [...before.values()].filter(({ minor }) => minor !== 0n);
  return [...changed, ...gone.map((line) => ({ ...line, minor: -line.minor, previous: line.minor }))];
}

/** By currency, in their order: amounts of different ones are not added up. */
export function sumsOf(lines: readonly Pick<Charge, 'currency' | 'minor'>[]): Sum[] {
  const sums = new Map<string, bigint>();
  for (const { currency, minor } of lines) sums.set(currency, (sums.get(currency) ?? 0n) + minor);
  return [...sums].sort().map(([currency, minor]) => ({ currency, minor }));
}
