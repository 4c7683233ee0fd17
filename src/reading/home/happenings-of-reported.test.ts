import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor, CaseEvent, CaseHappening } from '../case/case-event.ts';
import { afterEvent, firstState, mayFollow } from '../case/fold.ts';
import type { ReadingCase } from '../case/reading-case.ts';
import { textOf } from '../content/content-text.ts';
import { someFacts } from '../testing/facts.ts';
import {
  contentOfReported,
  endsReading,
  happeningsOfReported,
  happeningsOfWithdrawn,
  type Reported,
} from './happenings-of-reported.ts';

const by: Actor = { kind: 'exchange', id: 'test' };

/** Throws what the table of the case says against any of them. */
function after(before: ReadingCase | undefined, happenings: readonly CaseHappening[]): ReadingCase {
  let now = before;
  for (const happening of happenings) {
    const problem = mayFollow(now, happening);
    if (problem !== undefined) throw problem;
    const event: CaseEvent = { sequence: (now?.sequence ?? 0) + 1, at: 1_000, by, ...happening };
    now = now === undefined ? firstState('4KTM-9QX2', event) : afterEvent(now, event);
  }
  return now!;
}

const ready = (readType: 'final' | 'preliminary' = 'final'): ReadingCase =>
  after(undefined, [
    { kind: 'announced', facts: someFacts({ readType }), term: { id: 't', version: 1 } },
    { kind: 'images-arrived', instances: 1 },
    { kind: 'ready', instances: 1, priors: 0 },
  ]);
const lease = { transactionUid: '2.25.1', leaseUntil: 9_000 };
const claimedBy = (reader: string): ReadingCase => after(ready(), [{ kind: 'claimed', reader, ...lease }]);

const reported = (before: ReadingCase, status: Reported['status'], reader = 'ada', isSameText = false): Reported => ({
  ...lease,
  status,
  isSameText,
  report: {
    version: before.reports.length + 1,
    reader,
    textHash: 'h',
    entitlement: { licences: ['l'], privilege: 'p', checkedAt: 0 },
    overridden: [],
  },
});
const signedBy = (before: ReadingCase, status: Reported['status'], reader?: string, isSameText?: boolean) =>
  after(before, happeningsOfReported(before, reported(before, status, reader, isSameText)));

test('a final report ends its case from wherever that stands, as if its author had taken it here', () => {
  const offered = after(ready(), [{ kind: 'offered', reader: 'ben', expiresAt: 9_000, decision: 'd' }]);
  const opened = after(claimedBy('ada'), [{ kind: 'opened', reader: 'ada' }]);
  const parked = after(opened, [{ kind: 'parked', reader: 'ada', reason: 'r', cause: 'client' }]);
  for (const before of [ready(), offered, claimedBy('ada'), claimedBy('ben'), opened, parked]) {
    const { state, reports, claim } = signedBy(before, 'final');
    assert.deepEqual([state, reports.map(({ reader }) => reader), claim], ['final', ['ada'], undefined], before.state);
  }
});

test('what is signed after the final report is a correction or an addendum of it', () => {
  const final = signedBy(ready(), 'final');
  assert.deepEqual(
    (['corrected', 'appended', 'final'] as const).map((status) => signedBy(final, status).amendment),
    ['corrected', 'appended', 'corrected'],
  );
});

test('a preliminary report counts where one was asked for, and a final one does not', () => {
  assert.equal(signedBy(ready('preliminary'), 'preliminary').state, 'preliminary');
  assert.throws(() => signedBy(ready('preliminary'), 'final'), { code: 'reading/read-type' });
  assert.equal(endsReading('preliminary', ready()), false);
  assert.equal(endsReading('partial', ready()), false);
});

test('who reads over says how it differs: only what is equal to the letter says so itself', () => {
  const given = signedBy(ready('preliminary'), 'preliminary');
  assert.throws(() => signedBy(given, 'final', 'ben'), { code: 'reading/out-of-step' });
  assert.equal(signedBy(given, 'final', 'ben', true).state, 'final');
  assert.throws(() => signedBy(given, 'final', 'ada', true), { code: 'reading/read-before' });
});

test('nothing is signed elsewhere while a change of the study was not seen', () => {
  const changed = after(after(claimedBy('ada'), [{ kind: 'opened', reader: 'ada' }]), [
    { kind: 'changed', what: 'late-images' },
  ]);
  assert.throws(() => signedBy(changed, 'final'), { code: 'reading/unseen-change' });
});

test('a report that is called off before it was signed gives its case back; after, it takes the report back', () => {
  const gone = (before: ReadingCase, isIts = false) => after(before, happeningsOfWithdrawn(before, isIts));
  assert.deepEqual([gone(claimedBy('ada')).state, gone(claimedBy('ada')).declined], ['ready', ['ada']]);
  const offered = after(ready(), [{ kind: 'offered', reader: 'ben', expiresAt: 9_000, decision: 'd' }]);
  assert.deepEqual([gone(offered).state, gone(offered).declined], ['ready', ['ben']]);
  assert.deepEqual([gone(ready()).state, gone(ready()).refused], ['ready', 'cancelled-by-provider']);
  assert.deepEqual(happeningsOfWithdrawn(gone(ready()), false), [], 'said once');
  const final = signedBy(ready(), 'final');
  assert.equal(gone(final, true).state, 'in-error');
  assert.deepEqual(happeningsOfWithdrawn(final, false), [], 'another report than was signed');
});

test('a case says that a signed report of it waits until one is signed', () => {
  const refused = after(ready(), [{ kind: 'report-refused', why: 'author-not-entitled' }]);
  assert.deepEqual([refused.state, refused.refused], ['ready', 'author-not-entitled']);
  assert.equal(signedBy(refused, 'final').refused, undefined);
});

test('text of another system that looks like a field of ours stays text', () => {
  const sections = [{ kind: 'impression' as const, text: 'See {{lesion}} and {{ x }}.' }];
  assert.match(textOf(contentOfReported({ sections })), /See \{\{lesion\}\} and \{\{ x \}\}\.$/);
});
