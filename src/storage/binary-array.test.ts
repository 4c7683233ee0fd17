import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testDatabase } from '../../test/support/database.ts';
import { binaryArray } from './binary-array.ts';

test('what is sent as a binary array is what PostgreSQL reads', async (t) => {
  const database = await testDatabase(t);
  const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(text)),
      fc.array(fc.option(fc.uint8Array())),
      fc.array(fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }))),
      fc.array(fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))),
      async (texts, bytes, integers, bigints) => {
        const numbers = bigints.map((value) => (value === null ? null : String(value)));
        const [row] = await database.query(
          'select $1::text[] as t, $2::bytea[] as b, $3::integer[] as i, $4::bigint[] as l',
          [
            binaryArray('text', texts),
            binaryArray('bytea', bytes),
            binaryArray('integer', integers),
            binaryArray('bigint', numbers),
          ],
        );
        assert.deepEqual(row!.t, texts);
        assert.deepEqual(
          row!.b,
          bytes.map((value) => value && Buffer.from(value)),
        );
        assert.deepEqual(row!.i, integers);
        assert.deepEqual(row!.l, numbers);
      },
    ),
    { numRuns: 50 },
  );
});
