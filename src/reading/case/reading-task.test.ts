import assert from 'node:assert/strict';
import { test } from 'node:test';
import { someFacts } from '../testing/facts.ts';
import { signed } from '../testing/next-step.ts';
import type { CaseEvent, CaseHappening } from './case-event.ts';
import { foldCase } from './fold.ts';
import { readingTask } from './reading-task.ts';

/** The Task after these, which somebody signs next with `then`. */
function taskAfter(...more: CaseHappening[]) {
  const report = { reference: 'DiagnosticReport/reading-4KTM-9QX2' };
  const reader = 'ada';
  const happenings: CaseHappening[] = [
    { kind: 'announced', facts: someFacts(), term: { id: 't', version: 1 } },
    { kind: 'images-arrived', instances: 1 },
    { kind: 'ready', instances: 1, priors: 0 },
    { kind: 'claimed', reader, transactionUid: '2.25.1', leaseUntil: 9_000 },
    { kind: 'opened', reader },
    ...more,
  ];
  const by = { kind: 'reader', id: reader } as const;
  const events: CaseEvent[] = happenings.map((happening, at) => ({ sequence: at + 1, at, by, ...happening }));
  return readingTask(foldCase('4KTM-9QX2', events), events, { changedAt: events.length, report });
}

const version = (count: number) => signed({ reports: Array(count - 1) } as never, 'ada', 0);
const final: CaseHappening = { kind: 'final-signed', report: version(1) };
const corrected: CaseHappening = { kind: 'amended', how: 'corrected', report: version(2), reason: 'side' };
const told = ({ businessStatus, statusReason, output = [] }: ReturnType<typeof readingTask>) => [
  businessStatus?.coding?.[0]?.code,
  businessStatus?.text,
  statusReason?.text,
  ...output.map(({ valueReference, valuePositiveInt, valueCode }) =>
    valueReference === undefined ? (valuePositiveInt ?? valueCode) : 'report',
  ),
];

test('the Task of a case says which version of the report is the last, and that it was changed after it was signed', () => {
  assert.deepEqual(told(taskAfter(final)), ['final', undefined, undefined, 'report', 1, 'final']);
  const delivered: CaseHappening = { kind: 'delivered', destination: 'RIS', version: 2, textHash: 'h', outstanding: 0 };
  for (const [after, state] of [
    [[final, corrected], 'final'],
    [[final, corrected, { ...delivered, textHash: version(2).textHash }], 'delivered'],
  ] as const) {
    const said = told(taskAfter(...after));
    assert.deepEqual(said, [state, `${state}, corrected`, undefined, 'report', 2, 'corrected']);
  }
  const appended: CaseHappening = { kind: 'amended', how: 'appended', report: version(3), reason: 'more' };
  assert.deepEqual(told(taskAfter(final, corrected, appended)).slice(-2), [3, 'appended']);
});

test('the Task of a signed case says what has changed since, until somebody has seen it', () => {
  const late: CaseHappening = { kind: 'changed', what: 'late-images' };
  assert.equal(told(taskAfter(final, late))[2], 'changed since it was signed: late-images');
  assert.equal(told(taskAfter(final, late, { kind: 'change-seen', reader: 'ada' }))[2], undefined);
});

test('the Task of an open case says that a signed report of it waits, and why', () => {
  const refused: CaseHappening = { kind: 'report-refused', why: 'author-not-entitled' };
  assert.deepEqual(told(taskAfter(refused)).slice(0, 3), ['reading', undefined, 'a report waits: author-not-entitled']);
  assert.equal(told(taskAfter(refused, final))[2], undefined);
});
