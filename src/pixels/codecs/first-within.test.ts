import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { firstWithin } from './first-within.ts';

test('the first setting that is small enough is found, and the last where none is', async () => {
  const sizes = fc.array(fc.nat(1000), { minLength: 1, maxLength: 100 }).map((all) => all.sort((a, b) => b - a));
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(1000), async (descending, bytes) => {
      const found = await firstWithin(bytes, descending, async (size) => new Uint8Array(size));
      assert.equal(found.length, descending.find((size) => size <= bytes) ?? descending.at(-1));
    }),
  );
});
