import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { codeFingerprint } from './fold-code.ts';

test('code that changed has another fingerprint, a test that changed has not', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'fascia-fold-'));
  t.after(() => rm(folder, { recursive: true }));
  const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
  await write('verdict.ts', 'export const join = 5;');
  const before = await codeFingerprint([folder]);
  await write('verdict.test.ts', 'test();');
  assert.equal(await codeFingerprint([folder]), before);
  await write('verdict.ts', 'export const join = 6;');
  assert.notEqual(await codeFingerprint([folder]), before);
  assert.equal(await codeFingerprint(), await codeFingerprint());
});
