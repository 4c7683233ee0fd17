// `fascia deidentify`: files of a folder, one file compared, and what is refused.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeInstance } from '../support/instances.ts';

const folder = mkdtempSync(join(tmpdir(), 'fascia-deidentify-'));
after(() => rmSync(folder, { recursive: true }));

const main = join(import.meta.dirname, '../../src/cli/main.ts');

const run = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) =>
    execFile(process.execPath, [main, 'deidentify', ...args], (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    ),
  );

test('a folder is de-identified under names that tell nothing, and what is no DICOM is told and not written', async () => {
  const [from, to, report] = ['Kanarienvogel_Rosa', 'out', 'report.jsonl'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(from);
  const { file } = makeInstance({ attributes: { PatientName: 'Kanarienvogel^Rosa', PatientID: 'KNRY-1' } });
  writeFileSync(join(from, 'KNRY-1.dcm'), file);
  writeFileSync(join(from, 'notes.txt'), 'no DICOM');
  const key = join(folder, 'key.txt');
  writeFileSync(key, 'ab'.repeat(32));
  const { code, stdout, stderr } = await run(from, to, '--profile', 'R-read', '--key', key, '--report', report);
  assert.equal(code, 1);
  assert.match(stdout, /1 of 2 files/);
  assert.match(stderr, /notes\.txt/);
  const [name] = readdirSync(to, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.dcm'));
  assert.match(name!, /^2\.25\.\d+\/2\.25\.\d+\/2\.25\.\d+\.dcm$/);
  assert.equal(/Kanarienvogel|KNRY/i.test(readFileSync(join(to, name!), 'latin1')), false);
  const rows = readFileSync(report, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(rows.map(({ out, refused }) => [out !== undefined, refused !== undefined]).sort(), [
    [false, true],
    [true, false],
  ]);
});

test('one file is compared, attribute by attribute, with the reason of each action', async () => {
  const { file } = makeInstance({ attributes: { PatientName: 'Kanarienvogel^Rosa', InstitutionName: 'Vogelsang' } });
  const path = join(folder, 'one.dcm');
  writeFileSync(path, file);
  const { code, stdout } = await run(path, '--profile', 'basic', '--compare');
  assert.equal(code, 0);
  assert.match(
    stdout,
    /00080080 InstitutionName\n {2}- Vogelsang\n {2}\+ \(absent\)\n {4}X: PS3\.15 Table E\.1-1 X\/Z\/D, Type 3/,
  );
  assert.match(stdout, /00120062 PatientIdentityRemoved\n {2}- \(absent\)\n {2}\+ YES/);
});

test('a profile that nobody knows is bad usage', async () => {
  const { code, stderr } = await run(folder, join(folder, 'x'), '--profile', 'R-raed');
  assert.equal(code, 2);
  assert.match(stderr, /none of basic, R-read, R-trial, R-ident/);
});
