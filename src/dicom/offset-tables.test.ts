import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offsetTables } from './offset-tables.ts';

const GIB = 1024 ** 3;

test('PS3.5 A.4: the Basic Offset Table counts items with their headers and padding', () => {
  const { basic, extended } = offsetTables([3, 4, 5]);
  assert.deepEqual([...new Uint32Array(basic.buffer)], [0, 12, 24]);
  assert.equal(extended, undefined);
});

test('PS3.3 C.7.6.3.1.8: frames that begin beyond 32 bits are in the Extended Offset Table, and the basic one is empty', () => {
  const lengths = [2 * GIB + 1, 2 * GIB, 7];
  const { basic, extended } = offsetTables(lengths);
  assert.equal(basic.length, 0);
  const numbers = (bytes: Uint8Array) => [...new BigUint64Array(bytes.buffer)].map(Number);
  assert.deepEqual(numbers(extended!.offsets), [0, 2 * GIB + 10, 4 * GIB + 18]);
  assert.deepEqual(numbers(extended!.lengths), lengths, 'without padding');
});

test('the last offset that 32 bits hold is in the Basic Offset Table still', () => {
  const upTo = (last: number) => offsetTables([last - 8, 1]).extended;
  assert.equal(upTo(0xffff_fffe), undefined);
  assert.notEqual(upTo(0x1_0000_0000), undefined);
});
