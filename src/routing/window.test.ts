import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isOpen, megabitsPerSecondAt, opensAt, type Window, weekdays } from './window.ts';

const night: Window[] = [{ days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], from: '20:00', to: '06:00' }];
const at = (text: string) => new Date(text);

test('a window past midnight belongs to the day it began', () => {
  assert.equal(isOpen(night, at('2026-11-27T20:30:00Z'), 'UTC'), true); // Friday evening
  assert.equal(isOpen(night, at('2026-11-28T05:59:00Z'), 'UTC'), true); // Saturday morning
  assert.equal(isOpen(night, at('2026-11-28T20:30:00Z'), 'UTC'), false); // Saturday evening
  assert.equal(isOpen(night, at('2026-11-23T05:00:00Z'), 'UTC'), false); // Monday morning, of Sunday
});

test('windows are told in the time of their zone, also when clocks change', () => {
  const office: Window[] = [{ from: '08:00', to: '16:00' }];
  assert.equal(isOpen(office, at('2026-10-24T06:30:00Z'), 'Europe/Berlin'), true); // summer: UTC+2
  assert.equal(isOpen(office, at('2026-10-26T06:30:00Z'), 'Europe/Berlin'), false); // winter: UTC+1
  assert.deepEqual(opensAt(office, at('2026-10-26T06:30:00Z'), 'Europe/Berlin'), at('2026-10-26T07:00:00Z'));
});

test('a window opens at its first minute, and where it is open at once', () => {
  assert.deepEqual(opensAt(night, at('2026-11-28T06:00:30Z'), 'UTC'), at('2026-11-30T20:00:00Z'));
  const now = at('2026-11-23T21:00:12Z');
  assert.deepEqual(opensAt(night, now, 'UTC'), now);
  assert.deepEqual(opensAt([], now, 'UTC'), now);
});

test('a window of one day that lies in the hour that is left out when clocks change opens a week later', () => {
  const skipped: Window[] = [{ days: ['Sun'], from: '02:10', to: '02:40' }];
  assert.deepEqual(opensAt(skipped, at('2026-03-07T12:00:00Z'), 'America/New_York'), at('2026-03-15T06:10:00Z'));
});

test('a window that ends when it begins is the whole day, from midnight on', () => {
  const sundays: Window[] = [{ days: ['Sun'], from: '19:35', to: '19:35' }];
  assert.deepEqual(opensAt(sundays, at('2026-11-28T12:00:00Z'), 'UTC'), at('2026-11-29T00:00:00Z'));
});

test('whatever opens later is closed before, and opens within two weeks, also when clocks change', () => {
  const clock = fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));
  // Two weeks around each change of the clocks of 2026, and one without.
  const start = fc.constantFrom('2026-02-28', '2026-10-24', '2026-06-01').map((day) => Date.parse(`${day}T00:00:00Z`));
  const window = fc.record({ from: clock, to: clock, days: fc.subarray([...weekdays], { minLength: 1 }) });
  fc.assert(
    fc.property(fc.array(window, { minLength: 1, maxLength: 2 }), start, fc.nat(20_000), (windows, first, minutes) => {
      const zone = 'America/New_York';
      const now = new Date(first + minutes * 60_000);
      const opening = opensAt(windows, now, zone)!;
      assert.ok(isOpen(windows, opening, zone));
      assert.ok(opening.getTime() - now.getTime() <= 15 * 86_400_000);
      const before = Array.from({ length: 200 }, (_, n) => new Date(opening.getTime() - (n + 1) * 60_000));
      assert.ok(before.filter((moment) => moment >= now).every((moment) => !isOpen(windows, moment, zone)));
    }),
    { numRuns: 100 },
  );
});

test('where two bandwidth windows overlap the narrower one counts', () => {
  const windows = [
    { from: '00:00', to: '00:00', megabitsPerSecond: 100 },
    { from: '08:00', to: '18:00', megabitsPerSecond: 20 },
  ];
  assert.equal(megabitsPerSecondAt(windows, at('2026-11-23T09:00:00Z'), 'UTC'), 20);
  assert.equal(megabitsPerSecondAt(windows, at('2026-11-23T19:00:00Z'), 'UTC'), 100);
  assert.equal(megabitsPerSecondAt([], at('2026-11-23T19:00:00Z'), 'UTC'), undefined);
});
