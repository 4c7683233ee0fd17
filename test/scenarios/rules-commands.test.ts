// `fascia rules …` on files, without a node.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { makeStudy } from '../support/instances.ts';

const fascia = join(import.meta.dirname, '../../fascia');

function files(t: TestContext, contents: Record<string, string | Uint8Array>) {
  const folder = mkdtempSync(join(tmpdir(), 'fascia-rules-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(contents)) writeFileSync(join(folder, name), content);
  return (...args: string[]) => {
    const failed = (error: { code: number; stdout: string; stderr: string }) => error;
    return promisify(execFile)(fascia, ['rules', ...args], { cwd: folder, encoding: 'utf8' }).then(
      (output) => ({ code: 0, ...output }),
      failed,
    );
  };
}

const rules = `
rules:
  - name: heads
    when: order.priority == "STAT" && person.ageYears >= 18
    do: {send: STROKE}
  - name: all
    do: {send: ARCHIVE}
`;

test('a rule file is checked: all faults with their lines, or none', async (t) => {
  const run = files(t, { 'good.yaml': rules, 'bad.yaml': rules.replace('priority', 'priorty') });
  const good = await run('check', 'good.yaml');
  assert.deepEqual([good.code, good.stdout], [0, '2 rules, no faults\n']);
  const bad = await run('check', 'bad.yaml', '--destinations', 'STROKE');
  assert.equal(bad.code, 1);
  assert.deepEqual(bad.stderr.trim().split('\n'), [
    'bad.yaml: line 4: rules[0].when: no fact order.priorty; did you mean priority? (character 7)',
    'bad.yaml: line 7: rules[1].do.send: no destination ARCHIVE',
  ]);
  assert.equal((await run('check', 'absent.yaml')).code, 1);
});

test('where a study goes is explained from its facts, with what was seen', async (t) => {
  const facts = { study: { uid: '1.2.3', series: [{ uid: '1.2.4' }] }, order: { priority: 'STAT' }, person: {} };
  const run = files(t, {
    'rules.yaml': rules,
    'facts.json': JSON.stringify(facts),
    'odd.json': '{"study": {"udi": "1"}}',
  });
  const { code, stdout } = await run('explain', 'rules.yaml', '--study', 'facts.json');
  assert.equal(code, 0);
  assert.match(stdout, /^✗ STROKE\n {4}heads is undecided: person\.ageYears is not known$/m);
  assert.match(stdout, /^→ ARCHIVE\n {4}all applies: 1 series, ROUTINE, after study$/m);
  assert.match(stdout, /^ {4}yes: order\.priority == "STAT"\n {8}order\.priority = "STAT"$/m);
  const odd = await run('explain', 'rules.yaml', '--study', 'odd.json');
  assert.deepEqual(
    [odd.code, odd.stderr],
    [1, 'odd.json: no fact study.udi; did you mean uid?\nodd.json: study.uid is missing\n'],
  );
});

test('rules are tested with DICOM files as they are', async (t) => {
  const [first, second] = makeStudy(1, 2);
  const yaml = `
rules:
  - name: here
    when: source.aeTitle == "CT7" && study.instances == 2 && study.uid == "${first!.studyInstanceUid}"
    do: {send: PACS}
`;
  const run = files(t, { 'rules.yaml': yaml, 'a.dcm': first!.file, 'b.dcm': second!.file });
  const { code, stdout, stderr } = await run('test', 'rules.yaml', 'a.dcm', 'b.dcm', '--aet', 'CT7', '--json');
  assert.equal(code, 0, stderr);
  const { decision } = JSON.parse(stdout);
  assert.equal(decision.deliveries[0].destination, 'PACS');
});

test('two rule files are compared by where studies would go', async (t) => {
  const studies = ['1.1', '1.2'].map((uid, n) =>
    JSON.stringify({
      at: '2026-11-23T08:00:00Z',
      study: { uid, series: [{ uid: `${uid}.1` }] },
      order: { priority: n === 0 ? 'STAT' : 'LOW' },
      person: { ageYears: 40 },
    }),
  );
  const run = files(t, {
    'old.yaml': rules,
    'new.yaml': rules.replace('"STAT"', '"LOW"'),
    'studies.jsonl': studies.join('\n'),
  });
  const { code, stdout } = await run('compare', 'old.yaml', 'new.yaml', '--studies', 'studies.jsonl');
  assert.equal(code, 0);
  assert.match(stdout, /^1\.1 STROKE ends: /m);
  assert.match(stdout, /^1\.2 STROKE begins: /m);
  assert.match(stdout, /^2 of 2 studies would go elsewhere or otherwise$/m);
});
