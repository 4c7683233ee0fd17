import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bar, printBytes, progressLine } from './progress.ts';

test('a bar is full at the end, empty at the beginning, and never longer than itself', () => {
  assert.equal(bar(0, 10, 10), '[----------] 0 %');
  assert.equal(bar(5, 10, 10), '[#####-----] 50 %');
  assert.equal(bar(12, 10, 10), '[##########] 100 %');
  assert.equal(bar(0, 0, 4), '[####] 100 %');
});

test('sizes are printed with three figures at most', () => {
  assert.equal(printBytes(0), '0 bytes');
  assert.equal(printBytes(999), '999 bytes');
  assert.equal(printBytes(1_500), '1.5 KB');
  assert.equal(printBytes(524_288_000), '524 MB');
  assert.equal(printBytes(2e15), '2000 TB');
});

test('where nobody watches, nothing is drawn', () => {
  const written: string[] = [];
  const stream = { isTTY: false, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  const progress = progressLine(stream);
  progress.show('half');
  progress.end();
  assert.deepEqual(written, []);
});
