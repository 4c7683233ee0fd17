import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LeastRecentlyUsed } from './least-recently-used.ts';

test('what is used again and again stays, however much else comes', () => {
  const map = new LeastRecentlyUsed<string, number>(10);
  map.set('used', 1);
  for (let n = 0; n < 100; n++) {
    map.set(`other ${n}`, n);
    assert.equal(map.get('used'), 1);
  }
  assert.equal(map.get('other 0'), undefined);
});

test('it never answers another value than the last one set, and holds no more than one entry above its capacity', () => {
  const step = fc.record({
    key: fc.integer({ min: 0, max: 20 }),
    value: fc.integer({ min: 1, max: 12 }),
    forget: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const capacity = 10;
      const map = new LeastRecentlyUsed<number, number>(capacity, (value) => value);
      const last = new Map<number, number>();
      for (const { key, value, forget } of steps) {
        if (forget) map.delete(key);
        else map.set(key, value);
        if (forget) last.delete(key);
        else last.set(key, value);
        if (!forget) assert.equal(map.get(key), value > capacity ? undefined : value);
        // One look-up each: it makes room for what it uses.
        const held = [...last]
          .map(([each, expected]) => [map.get(each), expected] as const)
          .filter(([got]) => got !== undefined);
        for (const [got, expected] of held) assert.equal(got, expected);
        assert.ok(held.reduce((sum, [, each]) => sum + each, 0) <= 2 * capacity);
      }
    }),
  );
});

test('an entry heavier than the whole capacity is not held', () => {
  const map = new LeastRecentlyUsed<string, number>(10, (value) => value);
  map.set('a', 5);
  map.set('b', 11);
  assert.equal(map.get('b'), undefined);
  assert.equal(map.get('a'), 5);
  map.clear();
  assert.equal(map.get('a'), undefined);
});

test('entries of some keys go from both generations, and what they weighed with them', () => {
  const map = new LeastRecentlyUsed<string, number>(10, (value) => value);
  for (const key of ['a/1', 'b/1', 'a/2', 'b/2']) map.set(key, 2);
  map.deleteWhere((key) => key.startsWith('a/'));
  assert.deepEqual(
    ['a/1', 'a/2', 'b/1', 'b/2'].map((key) => map.get(key)),
    [undefined, undefined, 2, 2],
  );
});
