import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../base/problem.ts';
import { sourceOf } from './byte-source.ts';
import { tiff } from './testing/tiff.ts';
import { readTiff } from './tiff.ts';

const forms = [true, false].flatMap((big) => [true, false].map((little) => ({ big, little })));

test('TIFF 6.0 2 and BigTIFF: directories of the chain and below it are read in both byte orders', async () => {
  for (const form of forms) {
    const small = { entries: { width: 8, height: 4, bits: [8, 8, 8] } };
    const file = tiff(
      [
        { entries: { width: 70_000, height: 9, description: 'the first', xResolution: 250.5 }, below: [small] },
        { entries: { width: 3, height: 2, jpegTables: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9) } },
      ],
      form,
    );
    const [first, second, ...others] = await readTiff(sourceOf(file));
    assert.equal(others.length, 0);
    assert.deepEqual(await first!.numbers('imageWidth'), [70_000]);
    assert.equal(await first!.text('imageDescription'), 'the first');
    assert.equal(await first!.number('xResolution'), 250.5);
    assert.deepEqual(await first!.below[0]!.numbers('bitsPerSample'), [8, 8, 8]);
    assert.deepEqual([first!.page, second!.page, first!.below[0]!.page], [0, 1, undefined]);
    assert.deepEqual([...(await second!.bytes('jpegTables'))!], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.deepEqual(await second!.numbers('tileOffsets'), []);
  }
});

test('a chain of directories that comes back to itself ends', async () => {
  const file = tiff([{ entries: { width: 1, height: 1 } }]);
  // Header: the first directory at 8; the link after its two entries points to it again.
  new DataView(file.buffer).setUint32(8 + 2 + 24, 8, true);
  assert.equal((await readTiff(sourceOf(file))).length, 1);
});

test('whatever bytes follow its beginning, a TIFF is read or refused, and never read without end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom('II*\0', 'MM\0*', 'II+\0'),
      async (rest, head) => {
        const file = Uint8Array.from([...new TextEncoder().encode(head), ...rest]);
        try {
          for (const directory of await readTiff(sourceOf(file))) await directory.numbers('tileOffsets');
        } catch (error) {
          assert.ok(error instanceof Problem, String(error));
        }
      },
    ),
  );
});
