import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Frame } from '../acquisition/frame.ts';
import { mappedFact } from '../acquisition/mapping.ts';
import { madeObject } from '../acquisition/testing/made-series.ts';
import { fit, type Pair } from './fit.ts';

const conversionOf = (pairs: readonly Pair[]) => fit(pairs)?.conversion;

test('the plainest reading is preferred: as it stands, before one of several, before another unit', () => {
  assert.deepEqual(
    conversionOf([
      [[1], [1]],
      [[2], [2]],
    ]),
    { kind: 'same' },
  );
  assert.deepEqual(
    conversionOf([
      [[9, 1], [1]],
      [[8, 2], [2]],
    ]),
    { kind: 'item', index: 1 },
  );
  assert.deepEqual(
    conversionOf([
      [[1000], [1]],
      [[2500], [2.5]],
    ]),
    { kind: 'linear', scale: 1e-3 },
  );
  assert.deepEqual(
    conversionOf([
      [[0.5], [2]],
      [[0.666667], [1.5]],
    ]),
    { kind: 'reciprocal', index: 0 },
  );
});

test('an offset is found, as GE adds to b-values', () => {
  const pairs: Pair[] = [0, 500, 1000].map((b) => [[1_000_000_000 + b], [b]]);
  assert.deepEqual(conversionOf(pairs), { kind: 'linear', scale: 1, offset: -1_000_000_000 });
});

test('a number is found in a text, after the letters before it', () => {
  const pairs: Pair[] = [
    [['SL 3.0'], [3]],
    [['SL 2.5'], [2.5]],
  ];
  assert.deepEqual(conversionOf(pairs), { kind: 'within', pattern: '^SL ([\\d.]+)' });
});

test('terms stand for terms one by one; two for one is none', () => {
  const yes: Pair[] = [
    [['Y'], ['YES']],
    [['N'], ['NO']],
  ];
  assert.deepEqual(conversionOf(yes), { kind: 'terms', terms: { Y: 'YES', N: 'NO' } });
  assert.equal(conversionOf([...yes, [['M'], ['YES']]]), undefined);
});

test('one pair in a hundred that does not fit is enough', () => {
  const pairs = Array.from({ length: 100 }, (_, i): Pair => [[i], [i === 99 ? 0.5 : i * 3.3]]);
  assert.equal(conversionOf(pairs), undefined);
});

test('what was found reads the values it was found in', () => {
  const tag = { creator: 'UNKNOWN', group: 0x0077, element: 0x10, vr: 'FD' } as const;
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 99_999 }), { minLength: 3, maxLength: 20 });
  const hidden = fc.constantFrom<(value: number) => number[]>(
    (value) => [value],
    (value) => [value * 1000],
    (value) => [7, 1 / value],
    (value) => [value * 2 + 11],
  );
  fc.assert(
    fc.property(numbers, hidden, (values, hide) => {
      const conversion = conversionOf(values.map((value): Pair => [hide(value), [value]]));
      assert.notEqual(conversion, undefined);
      for (const value of values) {
        const object = madeObject({}, [[tag, hide(value)]]);
        const frame = new Frame(object, 0, [{ dataset: object, path: '' }]);
        const fact = mappedFact(frame, { from: tag, attribute: 'EchoTime', conversion: conversion! });
        assert.ok(Math.abs((fact!.value as number) - value) <= 1e-5 * value);
      }
    }),
  );
});
