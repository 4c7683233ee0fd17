import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseEvent, CaseHappening } from '../case/case-event.ts';
import { priorityOfInterpretation, raisedBy } from './raise.ts';
import { criticalRecords } from './record.ts';

const reader = { kind: 'reader', id: 'r1' } as const;
const entries = (...happenings: CaseHappening[]): CaseEvent[] =>
  happenings.map((happening, at) => ({ sequence: at + 1, at: (at + 1) * 1000, by: reader, ...happening }));

test('a critical result has on record what was found, when, who told, who received it, when and how', () => {
  const [record] = criticalRecords(
    entries(
      { kind: 'critical-flagged', loop: 'l1', category: 1, finding: 'RID4710^RADLEX' },
      { kind: 'critical-notified', loop: 'l1', recipient: 'referrer', channel: 'fhir' },
      { kind: 'critical-escalated', loop: 'l1', recipient: 'ward', step: 1 },
      { kind: 'critical-notified', loop: 'l1', recipient: 'ward', channel: 'fhir' },
      { kind: 'critical-acknowledged', loop: 'l1', recipient: 'ward', readBack: true, method: 'link' },
    ),
  );
  assert.deepEqual(record, {
    loop: 'l1',
    category: 1,
    finding: 'RID4710^RADLEX',
    foundAt: 1000,
    toldBy: reader,
    told: [
      { recipient: 'referrer', channel: 'fhir', at: 2000 },
      { recipient: 'ward', channel: 'fhir', at: 4000 },
    ],
    received: { by: 'ward', at: 5000, method: 'link', readBack: true },
    isExhausted: false,
  });
});

test('two results of one report are two records, each with who was told of it', () => {
  const records = criticalRecords(
    entries(
      { kind: 'critical-flagged', loop: 'a', category: 2, finding: 'x' },
      { kind: 'critical-flagged', loop: 'b', category: 3, finding: 'y' },
      { kind: 'critical-notified', loop: 'b', recipient: 'referrer', channel: 'console' },
      { kind: 'critical-exhausted', loop: 'a' },
    ),
  );
  assert.deepEqual(
    records.map(({ loop, told, isExhausted }) => [loop, told.length, isExhausted]),
    [
      ['a', 0, true],
      ['b', 1, false],
    ],
  );
});

test('what a program found raises a case and never lowers one', () => {
  const evidence = 'Observation/1';
  assert.deepEqual(raisedBy({ priority: 'stat', evidence }, 'routine'), {
    kind: 'raised',
    priority: 'stat',
    why: 'ai',
    evidence,
  });
  assert.equal(raisedBy({ priority: 'routine', evidence }, 'stat'), undefined);
  assert.equal(raisedBy({ priority: 'stat', evidence }, 'stat'), undefined);
});

test('AA, HH and LL of table 0078 call for haste; abnormal alone, and normal, do not', () => {
  assert.equal(priorityOfInterpretation(['A', 'AA']), 'stat');
  for (const code of ['A', 'H', 'L', 'N', 'NEG']) assert.equal(priorityOfInterpretation([code]), undefined);
});
