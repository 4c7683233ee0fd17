import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decide } from './decide.ts';
import { factTable, priorTable, seriesTable } from './facts.ts';
import { stepNames } from './rule-schema.ts';
import { readRules } from './rule-set.ts';
import { headCt } from './testing/studies.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/routing.md'), 'utf8');

test('the first five rules of a hospital can be used as they stand in the documentation', () => {
  const [, yaml] = /```yaml\n([\s\S]*?)```/.exec(page)!;
  const rules = readRules(yaml!, { version: 'docs' });
  const { deliveries } = decide(rules, headCt(), { at: new Date('2026-11-23T22:00:00Z') });
  assert.deepEqual(
    deliveries.map(({ destination, priority }) => `${destination.replace(/\d/, '')} ${priority}`),
    ['STROKE STAT', 'THEATRE HIGH', 'NIGHT ROUTINE', 'ARCHIVE ROUTINE'],
  );
});

test('all rules of the documentation can be used as they stand', () => {
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)];
  assert.equal(blocks.length, 2);
  for (const [, yaml] of blocks) assert.ok(readRules(yaml!, { version: 'docs' }).rules.length > 0);
});

test('the documentation lists every fact and every step', () => {
  const facts = Object.entries({ ...factTable, series: seriesTable, prior: priorTable }).flatMap(([group, rows]) =>
    Object.entries(rows).map(([name, { meaning }]) => [`\`${group}.${name}\``, meaning.replaceAll('|', '\\|')]),
  );
  for (const [name, meaning] of facts) {
    assert.ok(
      page.split('\n').some((line) => line.includes(name!) && line.includes(meaning!)),
      name,
    );
  }
  for (const name of stepNames) assert.ok(page.includes(`\`${name}: `), name);
});
