// The demo is the house's own walk through all of it: it ends well, and what it tells is what was answered.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

test('npm run demo: one woman of two hospitals is read abroad without a name, and her report is at home under her own', async () => {
  const root = join(import.meta.dirname, '../..');
  const { stdout } = await promisify(execFile)(process.execPath, ['demo/demo.ts', '--end'], { cwd: root });
  const chapters = stdout.split(/\n\n(?=\d+\. )/);
  assert.equal(chapters.length, 10);
  const [, identity, , , seen, claimed, , loop, home, cost] = chapters as string[];
  assert.match(identity!, /One woman under two names/);
  assert.match(seen!, /name +DOE\^JANE +[A-Z0-9]{16}/);
  assert.doesNotMatch(seen!, /(DOE|100277).*(DOE|100277)\n/);
  assert.match(seen!, /unknown to the reader: 404/);
  assert.match(claimed!, /Dr Berg: 403 .*licence/);
  assert.match(loop!, /said back: true/);
  assert.match(home!, /RIS {3}PID\|1\|\|100277\^\^\^ANNA.*DOE\^JANE/);
  assert.match(home!, /EHR {3}DiagnosticReport final: Acute left frontal subdural haematoma/);
  assert.match(home!, /The case is delivered/);
  assert.match(cost!, /42\.50 × stat 1\.5 = 63\.75 EUR/);
});
