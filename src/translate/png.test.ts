import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../base/problem.ts';
import { decodePng } from './png.ts';
import { png } from './testing/files.ts';

/** ISO 15948 9.2, the way out: each scanline with a filter. */
function filtered(
  pixels: readonly number[],
  rowBytes: number,
  pixelBytes: number,
  filters: readonly number[],
): number[] {
  const rows = Array.from({ length: pixels.length / rowBytes }, (_, y) =>
    pixels.slice(y * rowBytes, (y + 1) * rowBytes),
  );
  return rows.flatMap((row, y) => {
    const filter = filters[y % filters.length]!;
    const above = rows[y - 1] ?? new Array(rowBytes).fill(0);
    const coded = row.map((value, at) => {
      const [left, up, upLeft] = [row[at - pixelBytes] ?? 0, above[at], above[at - pixelBytes] ?? 0];
      const nearest = [left, up, upLeft].toSorted(
        (a, b) => Math.abs(left + up - upLeft - a) - Math.abs(left + up - upLeft - b),
      )[0];
      return (value - [0, left, up, (left + up) >> 1, nearest][filter]!) & 0xff;
    });
    return [filter, ...coded];
  });
}

test('law: whatever the filters of its scanlines, a PNG gives the pixels it was made of', () => {
  const picture = fc.integer({ min: 1, max: 5 }).chain((columns) =>
    fc.tuple(
      fc.constant(columns),
      fc
        .integer({ min: 1, max: 4 })
        .chain((rows) =>
          fc.array(fc.integer({ min: 0, max: 255 }), { minLength: rows * columns * 3, maxLength: rows * columns * 3 }),
        ),
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
    ),
  );
  fc.assert(
    fc.property(picture, ([columns, pixels, filters]) => {
      const rows = pixels.length / columns / 3;
      const image = decodePng(png(rows, columns, filtered(pixels, columns * 3, 3, filters)));
      assert.deepEqual([image.rows, image.columns, image.samplesPerPixel, image.bitsAllocated], [rows, columns, 3, 8]);
      assert.deepEqual([...image.samples], pixels);
    }),
  );
});

test('ISO 15948 Table 11.1: gray, palette, transparency and 16 bit become what DICOM has for them', () => {
  const samples = (...picture: Parameters<typeof png>) => [...decodePng(png(...picture)).samples];
  assert.deepEqual(samples(1, 8, [0, 0b1010_0000], { depth: 1, colourType: 0 }), [255, 0, 255, 0, 0, 0, 0, 0]);
  assert.deepEqual(samples(1, 2, [0, 0x5f], { depth: 4, colourType: 0 }), [85, 255]);
  assert.deepEqual(samples(1, 1, [0, 0x12, 0x34], { depth: 16, colourType: 0 }), [0x34, 0x12], 'little endian');
  const palette = [10, 20, 30, 40, 50, 60];
  assert.deepEqual(samples(1, 2, [0, 1, 0], { colourType: 3, palette }), [40, 50, 60, 10, 20, 30]);
  const faded = { colourType: 3, palette, transparency: [0] };
  assert.deepEqual(samples(1, 2, [0, 1, 0], faded), [40, 50, 60, 255, 255, 255], 'on white');
  assert.deepEqual(samples(1, 1, [0, 100, 0], { colourType: 4 }), [255]);
  assert.deepEqual(samples(1, 1, [0, 1, 2, 3, 255], { colourType: 6 }), [1, 2, 3]);
});

test('ISO 15948 8.2: an interlaced picture comes in seven passes', () => {
  // 3 by 3: passes 1, 4 (columns 2), 5 (row 2), 6 (column 1 of rows 0 and 2), 7 (row 1).
  const scanlines = [0, 1, 0, 3, 0, 7, 9, 0, 2, 0, 8, 0, 4, 5, 6];
  const image = decodePng(png(3, 3, scanlines, { colourType: 0, interlaced: true }));
  assert.deepEqual([...image.samples], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a PNG that is cut, broken, or larger than it says is refused; a bomb goes off no further than its header says', () => {
  const refused = (file: Uint8Array) => assert.throws(() => decodePng(file), Problem);
  refused(png(2, 2, [0, 1, 2, 3]));
  refused(png(1, 1, [9, 1, 2, 3]));
  refused(png(0, 1, []));
  refused(png(0xffff, 0xffff, [0]));
  refused(png(1, 1, [0, 1, 2, 3]).slice(0, 20));
  refused(png(1, 1, [0, 1, 2, 3], { colourType: 5 }));
  const bomb = png(1, 1, [0, 1, 2, 3, ...new Array(1 << 20).fill(0)]);
  assert.deepEqual([...decodePng(bomb).samples], [1, 2, 3]);
});
