import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from '../dicom/dataset.ts';
import { lookUp, lutDescriptor, lutOf } from './lut.ts';
import { paletteOf } from './palette.ts';
import { expandSegments } from './segmented-lut.ts';
import { wordBytes } from './testing/synthetic.ts';

const item = (descriptor: number[], data: Uint8Array) =>
  new DataSet().set('LUTDescriptor', descriptor, 'US').set('LUTData', data, 'OW');

test('PS3.3 C.11.1.1.1: 0 entries are 65,536, and the first value mapped is signed where the input is', () => {
  assert.deepEqual(lutDescriptor([0, 0xfc00, 12], true), { length: 65536, firstMapped: -1024, bits: 12 });
  assert.deepEqual(lutDescriptor([0, -1024, 12], true), { length: 65536, firstMapped: -1024, bits: 12 });
  assert.deepEqual(lutDescriptor([-1, 0xfc00, 12], false), { length: 65535, firstMapped: 0xfc00, bits: 12 });
  assert.equal(lutDescriptor([256, 0], false), undefined);
});

test('PS3.3 C.11.1.1.1: input below the first value mapped gets the first entry, input beyond the table the last', () => {
  const lut = lutOf(item([3, 10, 16], wordBytes([100, 200, 300])), false)!;
  assert.deepEqual(
    [9, 10, 11, 12, 13, 5000].map((value) => lookUp(lut, value)),
    [100, 100, 200, 300, 300, 300],
  );
});

test('entries of 8 bits are read packed, or a word each', () => {
  assert.deepEqual([...lutOf(item([4, 0, 8], Uint8Array.of(1, 2, 3, 4)), false)!.entries], [1, 2, 3, 4]);
  assert.deepEqual([...lutOf(item([4, 0, 8], wordBytes([1, 2, 3, 4])), false)!.entries], [1, 2, 3, 4]);
});

test('a table that uses more bits than it announces is not clipped to white', () => {
  assert.equal(lutOf(item([2, 0, 8], wordBytes([0, 4095])), false)!.bits, 12);
});

test('a table without data is none', () => {
  assert.equal(lutOf(new DataSet().set('LUTDescriptor', [256, 0, 8], 'US'), false), undefined);
});

test('PS3.3 C.7.9.2: discrete, linear and indirect segments of 16 bits', () => {
  const segments = wordBytes([0, 3, 10, 20, 30, 1, 4, 50, 2, 2, 0, 0]);
  assert.deepEqual([...expandSegments(segments, 14, 16)], [10, 20, 30, 35, 40, 45, 50, 10, 20, 30, 35, 40, 45, 50]);
});

test('PS3.3 C.7.9.2: segments of 8 bits have offsets of four bytes', () => {
  const segments = Uint8Array.of(0, 2, 5, 6, 1, 2, 10, 2, 1, 0, 0, 0, 0);
  assert.deepEqual([...expandSegments(segments, 6, 8)], [5, 6, 8, 10, 5, 6]);
});

test('segments that lead back to themselves, or are none, end the table', () => {
  assert.deepEqual([...expandSegments(wordBytes([2, 9, 0, 0]), 3, 16)], [0, 0, 0]);
  assert.deepEqual([...expandSegments(wordBytes([0, 1, 7, 99, 1, 1]), 3, 16)], [7, 0, 0]);
});

test('a palette of segments is that of its expansion; entries of 16 bits give their high byte', () => {
  const dataset = new DataSet();
  for (const colour of ['Red', 'Green', 'Blue']) {
    dataset.set(`${colour}PaletteColorLookupTableDescriptor`, [3, 1, 16], 'US');
    dataset.set(`Segmented${colour}PaletteColorLookupTableData`, wordBytes([0, 1, 0, 1, 2, 0xff00]), 'OW');
  }
  assert.deepEqual(paletteOf(dataset), {
    firstMapped: 1,
    red: Uint8Array.of(0, 0x7f, 0xff),
    green: Uint8Array.of(0, 0x7f, 0xff),
    blue: Uint8Array.of(0, 0x7f, 0xff),
  });
});
