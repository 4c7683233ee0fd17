import assert from 'node:assert/strict';
import { test } from 'node:test';
import { averaged } from './resample.ts';

test('pixels are averaged in squares, and at the edges those that are there', () => {
  const data = Uint8Array.of(0, 10, 20, 20, 40, 50, 100, 100, 7, 9, 1, 2);
  const gray = averaged({ width: 3, height: 4, channels: 1, data }, 2);
  assert.deepEqual(gray, { width: 2, height: 2, channels: 1, data: Uint8Array.of(18, 35, 53, 5) });
});

test('colours are averaged each by itself', () => {
  const data = Uint8Array.of(0, 100, 200, 10, 110, 210, 20, 120, 220, 30, 130, 230);
  const colour = averaged({ width: 2, height: 2, channels: 3, data }, 2);
  assert.deepEqual([...colour.data], [15, 115, 215]);
});

test('an image that is not to be smaller by half stays as it is', () => {
  const raster = { width: 1, height: 1, channels: 1, data: Uint8Array.of(7) } as const;
  assert.equal(averaged(raster, 1), raster);
});
