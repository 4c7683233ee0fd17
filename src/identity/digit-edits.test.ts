import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { digitEdits } from './digit-edits.ts';

test('a mistyped digit and two exchanged neighbours are one slip, anything more is another number', () => {
  const edits = [
    [19610307, 19610307, 0],
    [19610307, 19610807, 1],
    [19610307, 19613007, 1],
    [19610307, 19610370, 1],
    [19610307, 19611208, 2],
    [4821170563, 4821170536, 1],
    [4821170563, 8421170563, 1],
    [12_000_000_000, 21_000_000_000, 1],
    [7, 12_000_000_000, 2],
  ] as const;
  for (const [a, b, expected] of edits) assert.equal(digitEdits(a, b), expected, `${a} ${b}`);
});

test('digits are counted the same from either side, however many there are', () => {
  const number = fc.maxSafeNat();
  fc.assert(
    fc.property(number, number, fc.nat(15), (a, b, place) => {
      assert.equal(digitEdits(a, b), digitEdits(b, a));
      const digit = Math.floor(a / 10 ** place) % 10;
      const other = a + (digit === 9 ? -1 : 1) * 10 ** place;
      if (other <= Number.MAX_SAFE_INTEGER) assert.equal(digitEdits(a, other), 1);
    }),
  );
});
