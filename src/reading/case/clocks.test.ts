import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Cause } from '../terms/service-term.ts';
import { someTerm } from '../testing/facts.ts';
import { minute, t0 } from '../testing/told-case.ts';
import { clockOf, levelOf, minutesLeft } from './clocks.ts';
import { nextRungAt, rungsDue } from './escalation.ts';
import type { Pause } from './reading-case.ts';

const urgent = levelOf(someTerm(), 'urgent')!;
const at = (minutes: number) => t0 + minutes * minute;
const pause = (from: number, to?: number, cause: Cause = 'client', reason = 'question-to-site'): Pause => ({
  from: at(from),
  ...(to !== undefined && { to: at(to) }),
  reason,
  cause,
});
const ready = (pauses: Pause[] = [], final?: number) => ({
  clocks: { ready: t0, ...(final !== undefined && { final: at(final) }) },
  pauses,
  rungs: [] as string[],
});

describe('the clock of a service level', () => {
  test('runs from one moment of the level to the other, and has not begun before', () => {
    assert.deepEqual(clockOf({ clocks: {}, pauses: [] }, urgent, at(5)), { usedMs: 0, isPaused: false, isLate: false });
    assert.equal(clockOf(ready(), urgent, at(20)).dueAt, at(60));
    assert.equal(minutesLeft(clockOf(ready(), urgent, at(20)), urgent), 40);
    assert.equal(minutesLeft(clockOf(ready(), urgent, at(75.5)), urgent), -16);
    const stopped = clockOf(ready([], 59), urgent, at(500));
    assert.deepEqual([stopped.usedMs, stopped.isLate, minutesLeft(stopped, urgent)], [59 * minute, false, undefined]);
  });

  test('stands still while the client is asked, for a reason that the term names, and for nothing else', () => {
    assert.equal(clockOf(ready([pause(10, 30)]), urgent, at(40)).dueAt, at(80));
    assert.equal(clockOf(ready([pause(10, 30, 'provider')]), urgent, at(40)).dueAt, at(60));
    assert.equal(clockOf(ready([pause(10, 30, 'client', 'lunch')]), urgent, at(40)).dueAt, at(60));
    const open = clockOf(ready([pause(10)]), urgent, at(40));
    assert.deepEqual([open.isPaused, open.dueAt, open.usedMs], [true, at(90), 10 * minute]);
  });

  test('a pause that is disputed counts until it is settled, and then as it was settled', () => {
    const disputed = (settled?: boolean): Pause => ({
      ...pause(10, 30),
      dispute: { party: 'client', ...(settled !== undefined && { settled }) },
    });
    assert.equal(clockOf(ready([disputed()]), urgent, at(40)).dueAt, at(80));
    assert.equal(clockOf(ready([disputed(false)]), urgent, at(40)).dueAt, at(60));
    assert.equal(clockOf(ready([disputed(true)]), urgent, at(40)).dueAt, at(80));
  });

  test('each minute of pauses that overlap counts once, and time before the start not at all', () => {
    const minutes = fc.integer({ min: -30, max: 120 });
    fc.assert(
      fc.property(fc.array(fc.tuple(minutes, fc.nat(40)), { maxLength: 8 }), fc.nat(120), (spans, now) => {
        const pauses = spans.map(([from, length]) => pause(from, from + length));
        let used = 0;
        for (let each = 0; each < now; each++) {
          if (!spans.some(([from, length]) => each >= from && each < from + length)) used += 1;
        }
        assert.equal(clockOf(ready(pauses), urgent, at(now)).usedMs, used * minute);
      }),
    );
  });
});

describe('the escalation ladder', () => {
  test('is climbed at half, three quarters, nine tenths and the whole of what is allowed', () => {
    const due = (minutes: number, of = ready()) => rungsDue(of, urgent, at(minutes));
    assert.deepEqual(due(29.9), []);
    assert.deepEqual(due(30), ['widened']);
    assert.deepEqual(due(45), ['widened', 'pushed']);
    assert.deepEqual(due(60), ['widened', 'pushed', 'paged', 'breached']);
    assert.deepEqual(due(45, { ...ready(), rungs: ['widened'] }), ['pushed']);
    assert.deepEqual(due(90, ready([], 20)), []);
  });

  test('says when the next rung is due, later by what the clock stood still, and never while it does', () => {
    assert.equal(nextRungAt(ready(), urgent, at(1)), at(30));
    assert.equal(nextRungAt({ ...ready([pause(10, 30)]), rungs: ['widened'] }, urgent, at(40)), at(65));
    assert.equal(nextRungAt(ready([pause(10)]), urgent, at(40)), undefined);
    assert.equal(
      nextRungAt({ ...ready(), rungs: ['widened', 'pushed', 'paged', 'breached'] }, urgent, at(90)),
      undefined,
    );
  });
});
