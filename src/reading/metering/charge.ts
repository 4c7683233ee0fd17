// What a case costs its client: a function of its log and of the version of the term under which it was taken in, and of nothing
// else, so that anybody who has both comes to the same amount.

import type { CaseEvent } from '../case/case-event.ts';
import { clockOf } from '../case/clocks.ts';
import { foldCase } from '../case/fold.ts';
import type { RequestPriority, ServiceLevel, ServiceTerm, TermReference } from '../terms/service-term.ts';
import { type Decimal, decimalOf, decimalText, times, wholeOf } from './decimal.ts';
import { minorOf } from './money.ts';
import { isNight } from './night.ts';
import type { RelativeValues } from './relative-value.ts';
import { imagesOf, openMs } from './worked.ts';

export interface Charge {
  /** Unique in a statement, and the same whenever it is reckoned: `CODE reading`. */
  key: string;
  /** Absent of what is reckoned over many cases. */
  case?: string;
  term: TermReference;
  at: number;
  what: 'reading' | 'part' | 'late' | 'volume';
  /** Of `unit`, as decimal text. */
  quantity: string;
  unit: ServiceTerm['price']['unit'] | 'case';
  price: string;
  /** What the price was multiplied with, and why: `stat 1.5`. */
  factors: readonly string[];
  /** In the smallest unit of `currency`; negative: credited to the client. */
  minor: bigint;
  currency: string;
}

/** Nothing of a case that is not done. Throws request/malformed for a term with an amount that is none. */
export function chargesOf(
  code: string,
  events: readonly CaseEvent[],
  term: ServiceTerm,
  values: RelativeValues,
): readonly Charge[] {
  const done = doneOf(events, term);
  if (done === undefined) return [];
  const charged = charge(code, events, term, values, done);
  // What was not read cannot have been read late.
  return done.what === 'reading' ? [charged, ...latenesses(code, events, term, done.at)] : [charged];
}

interface Done {
  what: 'reading' | 'part';
  at: number;
  /** Of the whole price. */
  share: Decimal;
  reason?: string;
}

/** How a case ended, for the bill: read, or given up when something of it was done. */
export function doneOf(events: readonly CaseEvent[], term: ServiceTerm): Done | undefined {
  const has = (kind: CaseEvent['kind']) => events.some((event) => event.kind === kind);
  // A report of the wrong patient is not paid for.
  if (has('entered-in-error')) return undefined;
  const signed = events.find(
    ({ kind }) => kind === 'final-signed' || (kind === 'preliminary-signed' && term.readType === 'preliminary'),
  );
  if (signed !== undefined) return { what: 'reading', at: signed.at, share: wholeOf(1) };
  const ended = events.find(({ kind }) => kind === 'cancelled' || kind === 'rejected');
  if (ended === undefined) return undefined;
  const { parts = {} } = term.price;
  const step = has('opened') && parts.opened !== undefined ? 'opened' : has('claimed') ? 'claimed' : undefined;
  const share = step === undefined ? undefined : parts[step];
  if (share === undefined) return undefined;
  return { what: 'part', at: ended.at, share: decimalOf(share), reason: `${ended.kind} when ${step} ${share}` };
}

function charge(
  code: string,
  events: readonly CaseEvent[],
  term: ServiceTerm,
  values: RelativeValues,
  { what, at, share, reason }: Done,
): Charge {
  const { unit, amount, currency } = term.price;
  const quantity = quantityOf(events, term, values);
  const factors = factorsOf(events, term);
  const exact = times(decimalOf(amount), quantity, share, ...factors.map(({ by }) => decimalOf(by)));
  return {
    key: `${code} reading`,
    case: code,
    term: { id: term.id, version: term.version },
    at,
    what,
    quantity: decimalText(quantity),
    unit,
    price: amount,
    factors: [...factors.map(({ why, by }) => `${why} ${by}`), ...(reason === undefined ? [] : [reason])],
    minor: minorOf(exact, currency),
    currency,
  };
}

function quantityOf(events: readonly CaseEvent[], term: ServiceTerm, values: RelativeValues): Decimal {
  switch (term.price.unit) {
    case 'exam':
      return wholeOf(1);
    case 'RVU':
      return values.of(factsOf(events));
    case 'image':
      return wholeOf(imagesOf(events));
    case 'minute':
      // Begun minutes count.
      return wholeOf(Math.ceil(openMs(events) / 60_000));
  }
}

function factorsOf(events: readonly CaseEvent[], term: ServiceTerm): { why: string; by: string }[] {
  const { stat, night, second } = term.price.multipliers;
  const readyAt = events.find(({ kind }) => kind === 'ready')?.at;
  return [
    { why: 'stat', by: stat, applies: orderedPriority(events) === 'stat' },
    { why: 'night', by: night, applies: readyAt !== undefined && isNight(readyAt, term) },
    { why: 'second', by: second, applies: factsOf(events).readType === 'second' },
  ].flatMap(({ why, by, applies }) => (applies && by !== undefined ? [{ why, by }] : []));
}

/** The facts that hold at the end. */
export function factsOf(events: readonly CaseEvent[]) {
  const last = events.findLast((event) => 'facts' in event);
  if (last === undefined) throw new TypeError('a log begins with what the case is');
  return last.facts;
}

/** What the client asked for: who pays for haste is who wanted it, not a program or a reader that raised it. */
export function orderedPriority(events: readonly CaseEvent[]): RequestPriority {
  let priority: RequestPriority = 'routine';
  for (const event of events) {
    if ('facts' in event) priority = event.facts.priority;
    else if (event.kind === 'raised' && event.why === 'client') priority = event.priority;
  }
  return priority;
}

/** Credits for each that is late; those of ninety-five in a hundred are reckoned over the month (statement.ts). */
function latenesses(code: string, events: readonly CaseEvent[], term: ServiceTerm, at: number): Charge[] {
  const priority = orderedPriority(events);
  return term.levels
    .filter((level) => level.priority === priority && level.measure === 'each' && level.penalty !== undefined)
    .filter((level) => isLate(events, level))
    .map((level) => lateCharge(`${code} late ${level.until}`, { code, at, term }, level, 1));
}

/** Whether the clock of a level ran out, pauses that count taken off. */
export const isLate = (events: readonly CaseEvent[], level: ServiceLevel): boolean =>
  clockOf(foldCase('', events), level, events.at(-1)!.at).isLate;

export function lateCharge(
  key: string,
  { code, at, term }: { code?: string; at: number; term: ServiceTerm },
  { penalty = '0', priority, until, minutes }: ServiceLevel,
  count: number,
): Charge {
  const { currency } = term.price;
  return {
    key,
    ...(code !== undefined && { case: code }),
    term: { id: term.id, version: term.version },
    at,
    what: 'late',
    quantity: String(count),
    unit: 'case',
    price: `-${penalty}`,
    factors: [`${priority} to ${until} within ${minutes} min`],
    minor: -minorOf(times(decimalOf(penalty), wholeOf(count)), currency),
    currency,
  };
}
