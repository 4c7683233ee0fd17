// A bill is what the logs say, to the cent: against a reckoning of another shape, over logs of any course, with statements made
// while cases still go on.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { campaignRounds, campaignSeed } from '../../../test/support/campaign/rounds.ts';
import { Random } from '../../identity/testing/random.ts';
import type { CaseEvent } from '../case/case-event.ts';
import { clockOf } from '../case/clocks.ts';
import { afterEvent, firstState, foldCase, mayFollow } from '../case/fold.ts';
import type { CaseFacts } from '../gate/asked.ts';
import type { ServiceTerm } from '../terms/service-term.ts';
import { nextStep } from '../testing/next-step.ts';
import { randomBeginning, randomHappening } from '../testing/random-happening.ts';
import { type BilledCase, chargesOfPeriod, type StatementLine, statementLines, sumsOf } from './statement.ts';
import { billedTerm, ownValues } from './testing/billed-logs.ts';

const START = Date.UTC(2026, 10, 1);
const DAY_MS = 86_400_000;
const month = { from: START, until: Date.UTC(2026, 11, 1) };

const money = (random: Random, most: number, places: number) => (random.below(most) / 10 ** places).toFixed(places);

function randomTerm(random: Random, id: string): ServiceTerm {
  const maybe = <T>(value: T): T | undefined => (random.chance(0.5) ? value : undefined);
  return billedTerm({
    id,
    readType: random.pick(['final', 'preliminary'] as const),
    levels: (['routine', 'urgent', 'asap', 'stat'] as const).map((priority) => ({
      priority,
      from: 'ready',
      until: random.pick(['final', 'delivered'] as const),
      minutes: 1 + random.below(90),
      measure: random.pick(['each', 'p95'] as const),
      pauses: ['question-to-site', 'identity-unclear'],
      ...(random.chance(0.8) && { penalty: money(random, 5000, 2) }),
    })),
    price: {
      unit: random.pick(['exam', 'RVU', 'minute', 'image'] as const),
      amount: money(random, 10_000, random.below(5)),
      currency: random.pick(['EUR', 'JPY', 'KWD']),
      multipliers: { stat: maybe('1.5'), night: maybe('1.333'), second: maybe('0.75') } as never,
      parts: { claimed: maybe('0.125'), opened: maybe('0.5') } as never,
    },
    ...(random.chance(0.3) && { volume: { min: random.below(60) } }),
  });
}

/** Up to `most` entries beyond those that are there. */
function goOn(random: Random, code: string, events: CaseEvent[], most: number): void {
  let at = events.at(-1)?.at ?? START + random.below(27 * DAY_MS);
  let now = events.length === 0 ? undefined : foldCase(code, events);
  for (let step = 0; step < most; step++) {
    at += random.below(20 * 60_000);
    const happening =
      now === undefined
        ? randomBeginning(random)
        : ((random.chance(0.7) ? nextStep(now, at) : undefined) ?? randomHappening(random, now, at));
    if (mayFollow(now, happening) !== undefined) continue;
    const event: CaseEvent = { sequence: events.length + 1, at, by: { kind: 'exchange', id: 'x' }, ...happening };
    now = now === undefined ? firstState(code, event) : afterEvent(now, event);
    events.push(event);
  }
}

/** The price as plain arithmetic has it, in floats; undefined where nothing is owed. */
function plainPrice({ events, term }: BilledCase): number | undefined {
  const share = plainShare(events, term);
  if (share === undefined) return undefined;
  const { amount, multipliers } = term.price;
  const ready = events.find(({ kind }) => kind === 'ready');
  const hour = ready === undefined ? 12 : new Date(ready.at).getUTCHours();
  const isNight = hour >= 20 || hour < 8;
  const factors = [
    plainPriority(events) === 'stat' ? multipliers.stat : undefined,
    isNight ? multipliers.night : undefined,
    plainFacts(events).readType === 'second' ? multipliers.second : undefined,
  ];
  const factor = factors.reduce((product, each) => product * Number(each ?? 1), share);
  return Number(amount) * plainQuantity(events, term) * factor;
}

function plainShare(events: readonly CaseEvent[], { readType, price }: ServiceTerm): number | undefined {
  const kinds: ReadonlySet<string> = new Set(events.map(({ kind }) => kind));
  if (kinds.has('entered-in-error')) return undefined;
  if (kinds.has('final-signed') || (readType === 'preliminary' && kinds.has('preliminary-signed'))) return 1;
  if (!kinds.has('cancelled') && !kinds.has('rejected')) return undefined;
  const { claimed, opened } = price.parts ?? {};
  const part = (kinds.has('opened') ? opened : undefined) ?? (kinds.has('claimed') ? claimed : undefined);
  // Whoever opened it had claimed it.
  return part === undefined ? undefined : Number(part);
}

const plainFacts = (events: readonly CaseEvent[]): CaseFacts => {
  let facts: CaseFacts | undefined;
  for (const event of events) if ('facts' in event) facts = event.facts;
  return facts!;
};

function plainPriority(events: readonly CaseEvent[]): string {
  return events.reduce((priority, event) => {
    if (event.kind === 'raised' && event.why === 'client') return event.priority;
    return 'facts' in event ? event.facts.priority : priority;
  }, 'routine');
}

function plainQuantity(events: readonly CaseEvent[], { price: { unit } }: ServiceTerm): number {
  if (unit === 'exam') return 1;
  if (unit === 'minute') return minutesOpen(events);
  if (unit === 'image') return imagesAtTheEnd(events);
  const { digits, places } = ownValues.of(plainFacts(events));
  return Number(digits) / 10 ** places;
}

function imagesAtTheEnd(events: readonly CaseEvent[]): number {
  let images = 0;
  for (const event of events) {
    if (event.kind === 'ready') images = event.instances;
    if (event.kind === 'changed' && (event.instances ?? 0) > images && event.what === 'late-images') {
      images = event.instances!;
    }
  }
  return images;
}

/** By the state between each two entries. */
function minutesOpen(events: readonly CaseEvent[]): number {
  let ms = 0;
  let isOpen = false;
  for (const [at, event] of events.entries()) {
    if (isOpen) ms += event.at - events[at - 1]!.at;
    const { state } = foldCase('', events.slice(0, at + 1));
    if (event.kind === 'opened' || event.kind === 'resumed') isOpen = true;
    isOpen &&= state === 'reading' || state === 'over-read';
  }
  return Math.ceil(ms / 60_000);
}

test('statements of a month come to what the logs say, to the cent, however often one is made', () => {
  // All of it: `npm run campaign -- metering 100000`.
  const runs = campaignRounds(1_500);
  const random = new Random(campaignSeed);
  let [billed, corrections] = [0, 0];
  for (let done = 0; done < runs; ) {
    const terms = [randomTerm(random, 'one'), randomTerm(random, 'two')];
    const cases = Array.from({ length: 50 }, (_, at) => ({
      code: `C${at}`,
      events: [] as CaseEvent[],
      term: random.pick(terms),
    }));
    const stated: StatementLine[] = [];
    for (let round = 0; round < 3; round++) {
      for (const { code, events } of cases) goOn(random, code, events, 14);
      const charges = chargesOfPeriod({ cases, terms, period: month }, ownValues);
      const lines = statementLines(charges, stated);
      if (round > 0) corrections += lines.length;
      stated.push(...lines);
      assert.deepEqual(
        sumsOf(stated).filter(({ minor }) => minor !== 0n),
        sumsOf(charges).filter(({ minor }) => minor !== 0n),
        'statements together are what is owed',
      );
      for (const one of cases) billed += checkCase(one, charges);
    }
    done += cases.length;
  }
  assert.ok(billed > runs / 3 && corrections > 0, `${billed} billed, ${corrections} corrected`);
});

const placesOf: Readonly<Record<string, number>> = { EUR: 2, JPY: 0, KWD: 3 };

/** 1 where it was billed. */
function checkCase(one: BilledCase, charges: readonly StatementLine[]): number {
  const { code, events, term } = one;
  const own = charges.filter((charge) => charge.case === code);
  const plain = plainPrice(one);
  const reading = own.find(({ what }) => what === 'reading' || what === 'part');
  assert.equal(reading !== undefined, plain !== undefined, code);
  if (reading === undefined) return 0;
  const minor = 10 ** placesOf[term.price.currency]!;
  // Halves go to the even neighbour, which floats may miss by a step of their own.
  assert.ok(Math.abs(Number(reading.minor) - plain! * minor) <= 0.5 + 1e-6, `${code}: ${reading.minor} of ${plain}`);
  const state = foldCase(code, events);
  const owed = term.levels
    .filter(({ measure, penalty, priority }) => measure === 'each' && penalty && priority === plainPriority(events))
    .filter((level) => reading.what === 'reading' && clockOf(state, level, events.at(-1)!.at).isLate)
    .map(({ penalty }) => Number(penalty) * minor);
  const credited = own.filter(({ what }) => what === 'late').map((charge) => -Number(charge.minor));
  assert.equal(credited.length, owed.length, code);
  for (const [at, each] of credited.entries()) assert.ok(Math.abs(each - owed[at]!) <= 0.5 + 1e-6, code);
  return 1;
}
