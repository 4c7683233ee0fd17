// How fast rules decide: each of 10,000 studies by 100 rules, and a dry run that compares two versions of them.
// Usage: routing [STUDIES] [RULES]

import { decide } from '../src/routing/decide.ts';
import { dryRun } from '../src/routing/dry-run.ts';
import { explain } from '../src/routing/explain.ts';
import { readRules } from '../src/routing/rule-set.ts';
import { rulesOfSize, studiesOf } from '../src/routing/testing/studies.ts';

const [studies = 10_000, rules = 100] = process.argv.slice(2).map(Number);
const at = new Date('2026-11-23T20:00:00Z');
const facts = studiesOf(studies, 42);

const sinceLoad = performance.now();
const before = readRules(rulesOfSize(rules), { version: '1' });
const after = readRules(rulesOfSize(rules).replaceAll('"STAT"', '"HIGH"'), { version: '2' });
console.log(`two sets of ${rules} rules read and checked in ${(performance.now() - sinceLoad).toFixed(0)} ms`);

// A node that routes has done so before.
for (const study of facts.slice(0, 500)) decide(before, study, { at });
report('decide', (study) => decide(before, study, { at }));
report('explain', (study) => explain(before, study, { at }), 500);

const sinceDry = performance.now();
const run = dryRun(
  before,
  after,
  facts.map((study) => ({ facts: study, at })),
);
const seconds = ((performance.now() - sinceDry) / 1000).toFixed(2);
console.log(`dry run of ${run.studies} studies: ${seconds} s, ${run.changedStudies} would go elsewhere`);

function report(what: string, work: (study: (typeof facts)[number]) => unknown, count = facts.length): void {
  const times = facts.slice(0, count).map((study) => {
    const since = performance.now();
    work(study);
    return performance.now() - since;
  });
  times.sort((a, b) => a - b);
  const part = (share: number) => `${times[Math.floor((times.length - 1) * share)]!.toFixed(3)} ms`;
  console.log(`${what}: p50 ${part(0.5)}, p99 ${part(0.99)}, most ${part(1)} for a study`);
}
