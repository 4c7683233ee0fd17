import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { beginsWithin, dateInterval, dateTimeInterval, timeInterval } from './date-time.ts';
import { matchesPattern } from './wildcards.ts';

const HOUR = 3_600_000_000;
const utc = (...parts: Parameters<typeof Date.UTC>): number => Date.UTC(...parts) * 1000;

test('PS3.5 6.2: a date is its whole day, in the form of ACR-NEMA too', () => {
  const day = { from: utc(2024, 1, 29), to: utc(2024, 2, 1) - 1 };
  assert.deepEqual(dateInterval('20240229'), day);
  assert.deepEqual(dateInterval('2024.02.29'), day);
  assert.equal(dateInterval('2024-02-29'), undefined);
  assert.equal(dateInterval('202402'), undefined);
});

test('PS3.5 6.2: a time is all of what it names', () => {
  assert.deepEqual(timeInterval('10'), { from: 10 * HOUR, to: 11 * HOUR - 1 });
  assert.deepEqual(timeInterval('10:15:30'), { from: 36_930_000_000, to: 36_930_999_999 });
  assert.deepEqual(timeInterval('101530.5'), { from: 36_930_500_000, to: 36_930_599_999 });
  assert.equal(timeInterval('1'), undefined);
});

test('PS3.5 6.2: a moment counts from UTC, offset and all, in the precision it has', () => {
  assert.deepEqual(dateTimeInterval('2024'), { from: utc(2024, 0, 1), to: utc(2025, 0, 1) - 1 });
  assert.deepEqual(dateTimeInterval('202412'), { from: utc(2024, 11, 1), to: utc(2025, 0, 1) - 1 });
  assert.deepEqual(dateTimeInterval('2024010112+0100')?.from, utc(2024, 0, 1, 11));
  assert.deepEqual(dateTimeInterval('2024010112-0530')?.from, utc(2024, 0, 1, 17, 30));
});

test('PS3.4 C.2.2.2.5: ranges are open where an end is missing', () => {
  assert.deepEqual(dateInterval('20240101-'), { from: utc(2024, 0, 1), to: Number.POSITIVE_INFINITY });
  assert.deepEqual(dateInterval('-20240101'), { from: Number.NEGATIVE_INFINITY, to: utc(2024, 0, 2) - 1 });
  assert.deepEqual(dateTimeInterval('2024-0500-2025+0100'), {
    from: utc(2024, 0, 1, 5),
    to: utc(2025, 11, 31, 23) - 1,
  });
  assert.equal(dateInterval('-'), undefined);
  assert.equal(dateInterval('20240101-20240102-'), undefined);
});

test('a date lies in a range exactly when its digits do', () => {
  const date = fc
    .date({ min: new Date('0001-01-01'), max: new Date('9998-12-31'), noInvalidDate: true })
    .map((each) => each.toISOString().slice(0, 10).replaceAll('-', ''));
  fc.assert(
    fc.property(date, date, date, (value, from, to) => {
      const within = beginsWithin(dateInterval(value)!, dateInterval(`${from}-${to}`)!);
      assert.equal(within, value >= from && value <= to);
    }),
  );
});

test('PS3.4 C.2.2.2.4: wildcards match what the regular expression of the same meaning matches', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.', '𝒳'), maxLength: 12 });
  fc.assert(
    fc.property(text, text, (value, pattern) => {
      const parts = [...pattern].map((c) => (c === '*' ? '.*' : c === '?' ? '.' : c.replace('.', '\\.')));
      assert.equal(matchesPattern(value, pattern), new RegExp(`^${parts.join('')}$`, 'su').test(value));
    }),
    { numRuns: 1000 },
  );
});

test('a pattern of many asterisks takes no more time than its length asks for', () => {
  assert.equal(matchesPattern('a'.repeat(20_000), `${'*a'.repeat(50)}*b`), false);
});
