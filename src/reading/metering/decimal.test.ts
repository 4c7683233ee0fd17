import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimalOf, decimalText, plus, rounded, times } from './decimal.ts';
import { gini, variation } from './fairness.ts';
import { amountText, minorOf } from './money.ts';
import { ownRelativeValues, RelativeValues } from './relative-value.ts';

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, places]) => ({ digits, places }));

test('what is written is read again as it was', () => {
  fc.assert(fc.property(decimals, (value) => assert.deepEqual(decimalOf(decimalText(value)), value)));
});

test('multiplication distributes over addition, exactly', () => {
  fc.assert(
    fc.property(decimals, decimals, decimals, (a, b, c) => {
      const [left, right] = [times(a, plus(b, c)), plus(times(a, b), times(a, c))];
      assert.equal(rounded(left, 12), rounded(right, 12));
    }),
  );
});

test('a half goes to the even neighbour, below zero as above', () => {
  const cents = (text: string) => rounded(decimalOf(text), 2);
  assert.deepEqual(['0.005', '0.015', '0.025', '-0.005', '-0.015', '0.0251', '1'].map(cents), [
    0n,
    2n,
    2n,
    0n,
    -2n,
    3n,
    100n,
  ]);
});

test('the smallest unit is that of the currency: none of the yen, a thousandth of the dinar', () => {
  const half = decimalOf('12.3456');
  assert.deepEqual(
    ['EUR', 'JPY', 'KWD'].map((currency) => amountText(minorOf(half, currency), currency)),
    ['12.35', '12', '12.346'],
  );
  assert.equal(amountText(-5n, 'EUR'), '-0.05');
});

test('what is no decimal is refused', () => {
  for (const text of ['', '1,5', '1e3', '.5', '5.', '0.1234567', 'NaN', '1'.repeat(30)]) {
    assert.throws(() => decimalOf(text), { code: 'request/malformed' });
  }
});

test('the most specific relative value counts, and one that nobody named is a plain film', () => {
  const values = new RelativeValues([...ownRelativeValues, { procedure: '30799-1^LN', value: '3' }]);
  const of = (modality: string, bodyRegion?: string, procedure?: string) =>
    decimalText(values.of({ modality, ...(bodyRegion && { bodyRegion }), ...(procedure && { procedure }) }));
  assert.deepEqual(
    [of('CT', 'HEAD', '30799-1^LN'), of('CT', 'Head'), of('CT', 'FOOT'), of('CT'), of('OT')],
    ['3', '3.4', '4.6', '4.6', '1'],
  );
});

test('Gini: 0 where all have the same, (n-1)/n where one has all; variation likewise', () => {
  assert.equal(gini([5, 5, 5, 5]), 0);
  assert.equal(gini([0, 0, 0, 8]), 0.75);
  assert.deepEqual([gini([]), gini([0, 0])], [0, 0]);
  assert.equal(variation([5, 5]), 0);
  assert.equal(variation([2, 4, 4, 4, 5, 5, 7, 9]), 0.4);
  assert.deepEqual([variation([]), variation([0])], [0, 0]);
});
