import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseEvent, CaseHappening } from '../case/case-event.ts';
import type { CaseFacts } from '../gate/asked.ts';
import type { ServiceLevel, ServiceTerm } from '../terms/service-term.ts';
import { chargesOf } from './charge.ts';
import { isNight } from './night.ts';
import { chargesOfPeriod, statementLines, sumsOf } from './statement.ts';
import { billedFacts, billedTerm, logOf, MINUTE_MS, ownValues, readLog } from './testing/billed-logs.ts';

const charged = (events: readonly CaseEvent[], term: ServiceTerm = billedTerm()) =>
  chargesOf('4KTM-9QX2', events, term, ownValues);
const minors = (events: readonly CaseEvent[], term?: ServiceTerm) => charged(events, term).map(({ minor }) => minor);
const priced = (price: Partial<ServiceTerm['price']>) => billedTerm({ price: { ...billedTerm().price, ...price } });

test('a reading costs its price once it is signed, and nothing before', () => {
  const events = readLog();
  assert.deepEqual(minors(events), [4000n]);
  assert.deepEqual(minors(events.filter(({ kind }) => kind !== 'final-signed')), []);
});

test('stat, night and second multiply, and the amount is rounded once', () => {
  const term = priced({ amount: '33.35', multipliers: { stat: '1.5', night: '1.25', second: '0.5' } });
  const events = readLog({ facts: { priority: 'stat', readType: 'second' }, readyHour: 23 });
  const [charge] = charged(events, term);
  // 33.35 × 1.5 × 1.25 × 0.5 = 31.265625
  assert.deepEqual([charge!.minor, charge!.factors], [3127n, ['stat 1.5', 'night 1.25', 'second 0.5']]);
});

test('who pays for haste is who asked for it: a case that a program raised costs what was ordered', () => {
  const term = priced({ multipliers: { stat: '2' } });
  const raised = (why: 'ai' | 'client') => readLog({ before: [{ kind: 'raised', priority: 'stat', why }] });
  assert.deepEqual(minors(raised('ai'), term), [4000n]);
  assert.deepEqual(minors(raised('client'), term), [8000n]);
});

test('the price of an image, a minute and a relative value is that of as many', () => {
  assert.deepEqual(minors(readLog({ instances: 250 }), priced({ unit: 'image', amount: '0.015' })), [375n]);
  // Open for ten minutes and a second, of which four were parked.
  const events = readLog({ openMs: 10 * MINUTE_MS + 1_000, parkedMs: 4 * MINUTE_MS });
  assert.deepEqual(minors(events, priced({ unit: 'minute', amount: '2.00' })), [1400n]);
  const facts: Partial<CaseFacts> = { modality: 'CT', bodyRegion: 'HEAD' };
  assert.deepEqual(minors(readLog({ facts }), priced({ unit: 'RVU', amount: '10.00' })), [3400n]);
});

test('a case that is cancelled costs the part of how far it had come, one that nobody began nothing', () => {
  const term = priced({ parts: { claimed: '0.1', opened: '0.5' } });
  const [claimed, opened] = [readLog().findIndex(isOf('claimed')), readLog().findIndex(isOf('opened'))];
  const cancelledAfter = (at: number) => logOf([...readLog().slice(0, at), { kind: 'cancelled', reason: 'site' }]);
  assert.deepEqual(minors(cancelledAfter(claimed), term), []);
  assert.deepEqual(minors(cancelledAfter(claimed + 1), term), [400n]);
  assert.deepEqual(minors(cancelledAfter(opened + 1), term), [2000n]);
  assert.deepEqual(minors(cancelledAfter(opened + 1)), []);
});

test('a report that was entered in error costs nothing', () => {
  assert.deepEqual(minors(logOf([...readLog(), { kind: 'entered-in-error', reason: 'wrong-patient' }])), []);
});

test('a term of preliminary readings pays at the preliminary signature, one of final readings at the final one', () => {
  const events = readLog({ facts: { readType: 'preliminary' }, signs: 'preliminary-signed' });
  assert.deepEqual(minors(events, billedTerm({ readType: 'preliminary' })), [4000n]);
  assert.deepEqual(minors(events), []);
});

const level = (over: Partial<ServiceLevel> = {}): ServiceLevel => ({
  priority: 'urgent',
  from: 'ready',
  until: 'final',
  minutes: 60,
  measure: 'each',
  pauses: ['question-to-site'],
  penalty: '15.00',
  ...over,
});

test('what is late credits its penalty; a pause that the client caused does not count, one that was settled otherwise does', () => {
  const term = billedTerm({ levels: [level()] });
  assert.deepEqual(minors(readLog({ openMs: 30 * MINUTE_MS }), term), [4000n]);
  assert.deepEqual(minors(readLog({ openMs: 90 * MINUTE_MS }), term), [4000n, -1500n]);
  const paused = readLog({ openMs: 90 * MINUTE_MS, parkedMs: 45 * MINUTE_MS });
  assert.deepEqual(minors(paused, term), [4000n]);
  const disputed: CaseHappening = { kind: 'pause-disputed', pause: 0, party: 'client', evidence: 'call log' };
  assert.deepEqual(minors(logOf([...paused, disputed]), term), [4000n]);
  const settled = [disputed, { kind: 'pause-settled', pause: 0, counts: false } as const];
  assert.deepEqual(minors(logOf([...paused, ...settled]), term), [4000n, -1500n]);
});

const month = { from: Date.UTC(2026, 10, 1), until: Date.UTC(2026, 11, 1) };

test('of a level that ninety-five in a hundred must meet only those beyond the five are credited', () => {
  const term = billedTerm({ levels: [level({ measure: 'p95' })] });
  const cases = Array.from({ length: 40 }, (_, at) => ({
    code: `C${at}`,
    events: readLog({ openMs: (at < 5 ? 90 : 10) * MINUTE_MS }),
    term,
  }));
  const charges = chargesOfPeriod({ cases, terms: [term], period: month }, ownValues);
  const late = charges.filter(({ what }) => what === 'late');
  // Five late of 40, of which two may be.
  assert.deepEqual([late.map(({ minor }) => minor), late[0]!.quantity], [[-4500n], '3']);
});

test('a volume that was agreed on is paid for at least, in a month without any reading too', () => {
  const term = billedTerm({ volume: { min: 10 } });
  const cases = [{ code: 'C', events: readLog(), term }];
  const some = chargesOfPeriod({ cases, terms: [term], period: month }, ownValues);
  assert.deepEqual(sumsOf(some), [{ currency: 'EUR', minor: 40_000n }]);
  const none = chargesOfPeriod({ cases: [], terms: [term], period: month }, ownValues);
  assert.deepEqual(
    none.map(({ key, quantity, minor }) => [key, quantity, minor]),
    [['term volume', '10', 40_000n]],
  );
});

test('what was done in another month is not billed in this one', () => {
  const cases = [{ code: 'C', events: readLog(), term: billedTerm() }];
  const period = { from: month.until, until: Date.UTC(2027, 0, 1) };
  assert.deepEqual(chargesOfPeriod({ cases, terms: [], period }, ownValues), []);
});

test('a statement after another has only what differs, and nothing where all is as it was', () => {
  const term = billedTerm({ levels: [level()] });
  const paused = readLog({ openMs: 90 * MINUTE_MS, parkedMs: 45 * MINUTE_MS });
  const reckoned = (events: readonly CaseEvent[]) =>
    chargesOfPeriod({ cases: [{ code: 'C', events, term }], terms: [], period: month }, ownValues);
  const first = statementLines(reckoned(paused), []);
  assert.deepEqual(statementLines(reckoned(paused), first), []);
  const settled = logOf([
    ...paused,
    { kind: 'pause-disputed', pause: 0, party: 'client', evidence: 'call log' },
    { kind: 'pause-settled', pause: 0, counts: false },
  ]);
  const second = statementLines(reckoned(settled), first);
  assert.deepEqual(
    second.map(({ key, minor, previous }) => [key, minor, previous]),
    [['C late final', -1500n, undefined]],
  );
  const voided = logOf([...settled, { kind: 'entered-in-error', reason: 'wrong-patient' }]);
  const third = statementLines(reckoned(voided), [...first, ...second]);
  assert.deepEqual(
    third.map(({ key, minor }) => [key, minor]),
    [
      ['C reading', -4000n],
      ['C late final', 1500n],
    ],
  );
  assert.deepEqual(sumsOf([...first, ...second, ...third]), [{ currency: 'EUR', minor: 0n }]);
});

test('night is from 20:00 to 08:00 where the hours of the term are kept, in summer and in winter', () => {
  const hours = [{ days: [1], from: '08:00', to: '18:00', zone: 'Europe/Berlin' }];
  const at = (text: string) => isNight(Date.parse(text), { hours });
  assert.deepEqual(
    ['2026-07-01T17:59Z', '2026-07-01T18:00Z', '2026-01-15T18:30Z', '2026-01-15T06:59Z', '2026-01-15T07:00Z'].map(at),
    [false, true, false, true, false],
  );
  assert.equal(isNight(Date.parse('2026-01-15T19:59Z'), { hours: [] }), false);
});

function isOf(kind: CaseEvent['kind']) {
  return (event: CaseEvent): boolean => event.kind === kind;
}

test('facts are those that hold at the end', () => {
  const facts = billedFacts({ modality: 'MR', bodyRegion: 'HEAD' });
  const term = priced({ unit: 'RVU', amount: '1.00' });
  assert.deepEqual(minors(readLog({ before: [{ kind: 'facts-changed', facts }] }), term), [560n]);
});
