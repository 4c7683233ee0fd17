import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide } from './decide.ts';
import type { PriorFacts } from './facts.ts';
import { relevantPriors } from './priors.ts';
import { RulesError, readRules } from './rule-set.ts';
import { headCt } from './testing/studies.ts';

const at = new Date('2026-11-23T08:00:00Z');
const rules = readRules(
  `
rules:
  - name: priors
    on: order
    by: {at: order.neededBy, warn: 2h}
    do:
      prefetch:
        from: [PACS, OLD]
        when: >-
          prior.bodyRegion == procedure.bodyRegion && prior.ageDays < 3650 &&
          prior.modalities.exists(m, m in ["CT", "MR"])
        newest: 2
        priority: HIGH
  - name: all
    do: {send: ARCHIVE}
`,
  { version: '1' },
);
const facts = headCt({ procedure: { bodyRegion: 'HEAD', modality: 'CT' } });
const prior = (uid: string, date: string, more: Partial<PriorFacts> = {}): PriorFacts => ({
  uid,
  date,
  archive: 'OLD',
  modalities: ['CT'],
  bodyRegion: 'HEAD',
  ...more,
});

test('an order makes a prefetch with its deadline, and sends nothing; a study does not', () => {
  const order = decide(rules, facts, { at, on: 'order' });
  assert.deepEqual(order.prefetches, [
    {
      rule: 'priors',
      from: ['PACS', 'OLD'],
      priority: 'HIGH',
      deadline: { at: new Date('2026-11-23T12:00:00Z'), warnAt: new Date('2026-11-23T10:00:00Z') },
    },
  ]);
  assert.deepEqual(order.deliveries, []);
  assert.deepEqual(order.rules[1], { rule: 'all', outcome: 'not-asked', because: 'it is asked on study' });
  const study = decide(rules, facts, { at });
  assert.deepEqual([study.prefetches.length, study.deliveries.length], [0, 1]);
});

test('the newest relevant priors are pulled, each once, from the archive that is named first', () => {
  const priors = [
    prior('1', '2024-01-01'),
    prior('2', '2025-06-01'),
    prior('2', '2025-06-01', { archive: 'PACS' }),
    prior('3', '2026-01-01', { bodyRegion: 'KNEE' }),
    prior('4', '2026-02-01', { modalities: ['US'] }),
    prior('5', '2010-01-01'),
    prior('6', '2023-01-01'),
    prior(facts.study.uid, '2026-11-23'),
  ];
  const chosen = relevantPriors(rules, 'priors', facts, priors, at);
  assert.deepEqual(
    chosen.map(({ uid, archive }) => [uid, archive]),
    [
      ['2', 'PACS'],
      ['1', 'OLD'],
    ],
  );
});

test('a prior whose age is not known is not pulled by a rule that asks for it', () => {
  const { date: _, ...undated } = prior('1', '');
  assert.deepEqual(relevantPriors(rules, 'priors', facts, [undated], at), []);
});

test('a rule that does nothing, or would send what has not come, is refused', () => {
  const told = (yaml: string) => {
    assert.throws(() => readRules(yaml, { version: '1' }), RulesError);
    try {
      readRules(yaml, { version: '1' });
    } catch (error) {
      return (error as Error).message;
    }
  };
  assert.equal(told('rules: [{name: a, do: {}}]'), 'line 1: rules[0].do: does nothing: send or prefetch is missing');
  assert.match(told('rules: [{name: a, on: order, do: {send: A}}]')!, /an order has nothing to send/);
  assert.match(
    told('rules: [{name: a, do: {prefetch: {from: A, when: prior.bodyRegio == "HEAD"}}}]')!,
    /no fact prior\.bodyRegio; did you mean bodyRegion\?/,
  );
});
