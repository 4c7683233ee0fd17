import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { bundledNotices, noticesFile } from '../../../tools/bundled-notices.ts';

test('every package that is in our pages stands with its licence in THIRD-PARTY-NOTICES.txt, and no other', async () => {
  const notices = await bundledNotices();
  assert.match(notices, /^react-dom \d/m);
  const isSame = readFileSync(noticesFile, 'utf8') === notices;
  assert.ok(isSame, 'run: node_modules/.bin/node tools/bundled-notices.ts');
});
