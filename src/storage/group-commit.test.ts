import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../base/problem.ts';
import { GroupCommit } from './group-commit.ts';

const limits = { batch: 10, queued: 3 };

test('who waits for one commit shares the next', async () => {
  const batches: number[][] = [];
  const commits = new GroupCommit(async (numbers: readonly number[]) => {
    batches.push([...numbers]);
    await new Promise((resolve) => setImmediate(resolve));
    return numbers.map((number) => number * 2);
  }, limits);
  const first = commits.add(1);
  await undefined;
  await undefined;
  const others = [commits.add(2), commits.add(3)];
  assert.deepEqual(await Promise.all([first, ...others]), [2, 4, 6]);
  assert.deepEqual(batches, [[1], [2, 3]]);
});

test('one that the database refuses takes no others with it; what it cannot take at all is refused together', async () => {
  let fault: Error = new Error('a null character');
  const commits = new GroupCommit(async (texts: readonly string[]) => {
    if (texts.includes('bad')) throw fault;
    return texts;
  }, limits);
  const answers = () => Promise.allSettled(['good', 'bad', 'better'].map((text) => commits.add(text)));
  assert.deepEqual(
    (await answers()).map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  fault = new Problem('storage/unavailable');
  assert.deepEqual(
    (await answers()).map(({ status }) => status),
    ['rejected', 'rejected', 'rejected'],
  );
});

test('more than may wait are told to come again', async () => {
  const commits = new GroupCommit(async (numbers: readonly number[]) => numbers, limits);
  const all = await Promise.allSettled([1, 2, 3, 4].map((number) => commits.add(number)));
  assert.deepEqual(
    all.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'fulfilled', 'rejected'],
  );
  assert.equal((all[3] as PromiseRejectedResult).reason.code, 'request/overloaded');
});
