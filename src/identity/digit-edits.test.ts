import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { digitsNear } from './contact.ts';
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

test('a number is near another by one slip of the keyboard and by nothing else, whichever of its halves holds the slip', () => {
  const halves = (text: string): [number, number] => [Number(text.slice(0, -9)), Number(text.slice(-9))];
  const isNear = (a: string, b: string): boolean => digitsNear(...halves(a), ...halves(b));
  const digits = fc.stringMatching(/^[1-9]\d{5,13}$/);
  fc.assert(
    fc.property(digits, fc.nat(13), fc.nat(9), (text, place, digit) => {
      const at = place % text.length;
      const [before, sign, after] = [text.slice(0, at), text[at]!, text.slice(at + 1)];
      assert.equal(isNear(text, `${before}${digit}${after}`), Number(sign) !== digit, 'replaced');
      assert.equal(isNear(text, `${before}${sign}${digit}${after}`), true, 'added');
      assert.equal(isNear(`${before}${sign}${digit}${after}`, text), true, 'left out');
      const next = after[0] ?? sign;
      const exchanged = after === '' ? text : `${before}${next}${sign}${after.slice(1)}`;
      assert.equal(isNear(text, exchanged), next !== sign, 'exchanged');
    }),
  );
  assert.equal(isNear('4157701182', '4157709982'), false);
  assert.equal(isNear('4157701182', '157701189'), false);
});
