import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storeOutcome } from './store-outcome.ts';

const outcomesOf = (statuses: readonly number[]) => [
  ...new Set(statuses.map((status) => Object.keys(storeOutcome(status))[0])),
];

test('PS3.4 Table B.2-1: success and warnings, and a duplicate, mean that the receiver has it', () => {
  assert.deepEqual(outcomesOf([0x0000, 0x0001, 0x0107, 0x0111, 0x0116, 0xb000, 0xb006, 0xb007]), ['taken']);
});

test('PS3.4 Table B.2-1, PS3.7 C: who is out of resources, fails to process or was cancelled may take it later', () => {
  assert.deepEqual(outcomesOf([0xa700, 0xa7ff, 0x0110, 0x0213, 0xfe00]), ['later']);
});

test('PS3.4 Table B.2-1, PS3.7 C: whatever else is said of an object holds for good', () => {
  const refusals = [0xa900, 0xa9ff, 0xc000, 0xcfff, 0x0105, 0x0112, 0x0117, 0x0118, 0x0119, 0x0122, 0x0124, 0x0212];
  assert.deepEqual(outcomesOf(refusals), ['refused']);
});
