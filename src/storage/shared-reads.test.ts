import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SharedReads } from './shared-reads.ts';

/** Answers each key with its double, in the order of keys, once it is let go on. */
function catalogue() {
  const asked: number[][] = [];
  const waiting: (() => void)[] = [];
  const reads = new SharedReads<number, { of: number; double: number }>({
    async read(keys) {
      asked.push([...keys]);
      await new Promise<void>((resolve) => waiting.push(resolve));
      if (keys.includes(13)) throw new Error('refused');
      return keys.toSorted((a, b) => a - b).map((of) => ({ of, double: 2 * of }));
    },
    nameOf: String,
    keyOf: ({ of }) => String(of),
  });
  const goOn = async (): Promise<void> => {
    while (waiting.length === 0) await Promise.resolve();
    waiting.shift()!();
  };
  return { reads, asked, goOn };
}

const doubles = (rows: readonly { double: number }[]): number[] => rows.map(({ double }) => double);

test('who asks while a statement is under way shares the next, and gets the own rows alone, in the order of the rows', async () => {
  const { reads, asked, goOn } = catalogue();
  const first = reads.of([1]);
  await Promise.resolve();
  await Promise.resolve();
  const [second, third] = [reads.of([7, 2]), reads.of([2, 3])];
  await goOn();
  assert.deepEqual(doubles(await first), [2]);
  await goOn();
  assert.deepEqual(
    [doubles(await second), doubles(await third)],
    [
      [4, 14],
      [4, 6],
    ],
  );
  assert.deepEqual(asked, [[1], [7, 2, 3]]);
});

test('who asks for nothing waits for nothing, and a key that cannot be read fails whoever asked for it alone', async () => {
  const { reads, asked, goOn } = catalogue();
  assert.deepEqual(await reads.of([]), []);
  const [failing, other] = [reads.of([13]), reads.of([4])];
  const refused = assert.rejects(failing, { code: 'internal/unexpected' });
  for (let statement = 0; statement < 3; statement++) await goOn();
  await refused;
  assert.deepEqual(doubles(await other), [8]);
  assert.deepEqual(asked, [[13, 4], [13], [4]]);
});
