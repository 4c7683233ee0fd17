import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ProblemCode } from '../../base/problem.ts';
import { someFacts } from '../testing/facts.ts';
import { signed } from '../testing/next-step.ts';
import { caseOf, minute, t0 } from '../testing/told-case.ts';
import type { CaseHappening } from './case-event.ts';
import { mayFollow } from './fold.ts';
import { projectionOf } from './projections.ts';
import type { ReadingCase } from './reading-case.ts';

const term = { id: 'north-nightowl-ct', version: 3 };
const announced: CaseHappening = { kind: 'announced', facts: someFacts(), term, orderedAt: t0 - 10 * minute };
const arrived: CaseHappening[] = [
  announced,
  { kind: 'images-arrived', instances: 30 },
  { kind: 'images-arrived', instances: 62, examEndedAt: t0 - 5 * minute },
  { kind: 'ready', instances: 62, priors: 2 },
];
const lease = (reader: string) => ({ reader, transactionUid: '2.25.7', leaseUntil: t0 + 60 * minute });
const claimed: CaseHappening[] = [...arrived, { kind: 'claimed', ...lease('ada') }];
const reading: CaseHappening[] = [...claimed, { kind: 'opened', reader: 'ada' }];
const sign = (of: ReadingCase, reader = 'ada') => signed(of, reader, t0);
const withFinal: CaseHappening[] = [...reading, { kind: 'final-signed', report: sign(caseOf(reading)) }];

const refused = (happenings: CaseHappening[], next: CaseHappening, code: ProblemCode) =>
  assert.equal(mayFollow(caseOf(happenings), next)?.code, code);

describe('a case follows its log', () => {
  test('from the order to the report that arrived: every moment is kept', () => {
    const { textHash } = sign(caseOf(reading));
    const delivered = caseOf([
      ...withFinal,
      { kind: 'delivered', destination: 'RIS', version: 1, textHash, outstanding: 1 },
      { kind: 'delivered', destination: 'PACS', version: 1, textHash, outstanding: 0 },
      { kind: 'seen' },
      { kind: 'closed' },
    ]);
    assert.equal(delivered.state, 'closed');
    assert.deepEqual(delivered.facts, someFacts({ instances: 62, priors: 2 }));
    const at = (minutes: number) => t0 + minutes * minute;
    assert.deepEqual(delivered.clocks, {
      order: at(-10),
      'first-image': at(1),
      'exam-end': at(-5),
      'last-image': at(2),
      ready: at(3),
      claim: at(4),
      open: at(5),
      final: at(6),
      delivered: at(8),
      seen: at(9),
    });
    assert.deepEqual(delivered.delivered, { RIS: 1, PACS: 1 });
  });

  test('a report that came home from an exchange elsewhere ends its case, once, and its clocks; what is preliminary does not', () => {
    const preliminary: CaseHappening = { kind: 'answered', as: 'preliminary', textHash: 'p' };
    const final: CaseHappening = { kind: 'answered', as: 'final', textHash: 'f' };
    const before = caseOf([...arrived, preliminary]);
    assert.deepEqual(
      [before.state, before.clocks.preliminary, before.clocks.final],
      ['ready', t0 + 4 * minute, undefined],
    );
    const after = caseOf([...arrived, preliminary, final]);
    assert.deepEqual(
      [after.state, after.clocks.final, after.clocks.delivered],
      ['answered', t0 + 5 * minute, t0 + 5 * minute],
    );
    assert.deepEqual(projectionOf(after).task, { status: 'completed', businessStatus: 'answered' });
    refused([...arrived, final], final, 'reading/out-of-step');
    refused([...arrived, final], { kind: 'claimed', ...lease('ada') }, 'reading/not-possible');
    refused(reading, final, 'reading/not-possible');
    const corrected: CaseHappening = { kind: 'answered', as: 'final', textHash: 'f2' };
    assert.equal(caseOf([...arrived, final, corrected, { kind: 'closed' }]).state, 'closed');
  });

  test('images that come first wait as an orphan until there is an order, or somebody says what they are', () => {
    const orphan: CaseHappening[] = [{ kind: 'orphaned', facts: someFacts({ instances: 12 }) }];
    assert.deepEqual([caseOf(orphan).state, caseOf(orphan).term], ['orphan', undefined]);
    const bound = caseOf([...orphan, { kind: 'bound', term, facts: someFacts({ instances: 12 }), orderedAt: t0 }]);
    assert.deepEqual([bound.state, bound.term, bound.clocks.order], ['receiving', term, t0]);
  });

  test('what is held for two reasons goes on when both are gone, and each pause has its reason and owner', () => {
    const held: CaseHappening[] = [
      ...arrived.slice(0, 2),
      { kind: 'held', reason: 'identity-unclear', cause: 'client' },
      { kind: 'held', reason: 'copies-missing', cause: 'exchange' },
      { kind: 'released', reason: 'identity-unclear' },
    ];
    assert.equal(caseOf(held).state, 'hold');
    refused(held, { kind: 'ready', instances: 1, priors: 0 }, 'reading/not-possible');
    refused(held, { kind: 'released', reason: 'identity-unclear' }, 'reading/out-of-step');
    const free = caseOf([...held, { kind: 'released', reason: 'copies-missing' }]);
    assert.equal(free.state, 'receiving');
    assert.deepEqual(free.pauses, [
      { from: t0 + 2 * minute, to: t0 + 4 * minute, reason: 'identity-unclear', cause: 'client' },
      { from: t0 + 3 * minute, to: t0 + 5 * minute, reason: 'copies-missing', cause: 'exchange' },
    ]);
  });

  test('two readers cannot have one case, and nobody takes what is offered to another', () => {
    refused(claimed, { kind: 'claimed', ...lease('ben') }, 'reading/not-possible');
    const offered: CaseHappening[] = [...arrived, { kind: 'offered', reader: 'ada', expiresAt: t0, decision: 'd' }];
    refused(offered, { kind: 'claimed', ...lease('ben') }, 'reading/not-holder');
    assert.equal(caseOf([...offered, { kind: 'claimed', ...lease('ada') }]).claim?.reader, 'ada');
  });

  test('only who has the case opens, parks, signs or gives it back', () => {
    for (const next of [
      { kind: 'opened', reader: 'ben' },
      { kind: 'parked', reader: 'ben', reason: 'question-to-site', cause: 'client' },
      { kind: 'requeued', reader: 'ben', why: 'gave-back' },
      { kind: 'final-signed', report: sign(caseOf(reading), 'ben') },
    ] as CaseHappening[]) {
      refused(reading, next, 'reading/not-holder');
    }
  });

  test('a case that goes back to the queue keeps its clock, and whoever lost it is known', () => {
    const back = caseOf([...reading, { kind: 'requeued', reader: 'ada', why: 'lease-lost' }]);
    assert.equal(back.state, 'ready');
    assert.deepEqual(back.clocks, caseOf(reading).clocks);
    assert.deepEqual([back.claim, back.declined], [undefined, ['ada']]);
  });

  test('what changes while somebody reads has to be seen before it is signed, whoever reads it then', () => {
    const changed: CaseHappening[] = [...reading, { kind: 'changed', what: 'late-images', instances: 64 }];
    assert.equal(caseOf(changed).facts.instances, 64);
    refused(changed, { kind: 'final-signed', report: sign(caseOf(reading)) }, 'reading/unseen-change');
    const handedOver: CaseHappening[] = [
      ...changed,
      { kind: 'requeued', reader: 'ada', why: 'gave-back' },
      { kind: 'claimed', ...lease('ben') },
      { kind: 'opened', reader: 'ben' },
    ];
    refused(handedOver, { kind: 'final-signed', report: sign(caseOf(reading), 'ben') }, 'reading/unseen-change');
    const seen: CaseHappening[] = [...handedOver, { kind: 'change-seen', reader: 'ben' }];
    assert.equal(mayFollow(caseOf(seen), { kind: 'final-signed', report: sign(caseOf(reading), 'ben') }), undefined);
  });

  test('what changes before anybody looked holds up nobody', () => {
    assert.deepEqual(caseOf([...arrived, { kind: 'changed', what: 'order-changed' }]).unseen, []);
  });

  test('what changes after the final report waits for who wrote it, and keeps the case from being closed', () => {
    const { textHash } = sign(caseOf(reading));
    const changed: CaseHappening[] = [
      ...withFinal,
      { kind: 'delivered', destination: 'RIS', version: 1, textHash, outstanding: 0 },
      { kind: 'changed', what: 'late-images', instances: 70 },
    ];
    refused(changed, { kind: 'closed' }, 'reading/unseen-change');
    const amended = caseOf([
      ...changed,
      { kind: 'change-seen', reader: 'ada' },
      { kind: 'amended', how: 'appended', report: sign(caseOf(withFinal)), reason: 'late-images' },
    ]);
    assert.deepEqual([amended.state, amended.reports.length], ['final', 2]);
    assert.equal(projectionOf(amended).diagnosticReport, 'appended');
  });

  test('a preliminary report is read over by another, who says how the two differ', () => {
    const preliminary: CaseHappening[] = [...reading, { kind: 'preliminary-signed', report: sign(caseOf(reading)) }];
    refused(preliminary, { kind: 'over-read-begun', ...lease('ada') }, 'reading/read-before');
    const over: CaseHappening[] = [...preliminary, { kind: 'over-read-begun', ...lease('ben') }];
    const report = sign(caseOf(over), 'ben');
    refused(over, { kind: 'final-signed', report }, 'reading/out-of-step');
    assert.equal(caseOf([...over, { kind: 'final-signed', report, difference: 'major' }]).state, 'final');
    const back = caseOf([...over, { kind: 'requeued', reader: 'ben', why: 'lease-lost' }]);
    assert.equal(back.state, 'preliminary');
  });

  test('a preliminary report that is everywhere ends what asked for no more; nobody amends it as if it were final', () => {
    const asked: CaseHappening = { kind: 'facts-changed', facts: someFacts({ readType: 'preliminary' }) };
    const report = sign(caseOf(reading));
    const { textHash } = report;
    const given: CaseHappening[] = [...reading, asked, { kind: 'preliminary-signed', report }];
    const arrived: CaseHappening = { kind: 'delivered', destination: 'RIS', version: 1, textHash, outstanding: 0 };
    refused(given, { kind: 'closed' }, 'reading/out-of-step');
    refused([...given, { ...arrived, outstanding: 1 }], { kind: 'closed' }, 'reading/out-of-step');
    const closed = caseOf([...given, arrived, { kind: 'closed' }]);
    assert.equal(closed.clocks.delivered, t0 + 8 * minute);
    assert.deepEqual(projectionOf(closed), {
      task: { status: 'completed', businessStatus: 'closed' },
      ...{ workitem: 'CANCELED', serviceRequest: 'active', diagnosticReport: 'preliminary', resultStatus: 'P' },
    });
    const again = { kind: 'amended', how: 'corrected', report: sign(closed), reason: 'r' } as const;
    refused([...given, arrived, { kind: 'closed' }], again, 'reading/out-of-step');
    refused(
      [...given, arrived, { kind: 'closed' }],
      { kind: 'over-read-begun', ...lease('ben') },
      'reading/not-possible',
    );
    const more: CaseHappening[] = [...reading, { kind: 'preliminary-signed', report }];
    refused([...more, arrived], { kind: 'closed' }, 'reading/out-of-step');
  });

  test('who was asked for a preliminary reading signs no final one', () => {
    const asked: CaseHappening = { kind: 'facts-changed', facts: someFacts({ readType: 'preliminary' }) };
    refused([...reading, asked], { kind: 'final-signed', report: sign(caseOf(reading)) }, 'reading/read-type');
  });

  test('a report is signed by somebody who may, or not at all', () => {
    const report = { ...sign(caseOf(reading)), entitlement: { licences: [], privilege: 'p', checkedAt: t0 } };
    refused(reading, { kind: 'final-signed', report }, 'reading/not-entitled');
  });

  test('a case with a critical result that nobody acknowledged is not closed, and one found later opens it again', () => {
    const { textHash } = sign(caseOf(reading));
    const flag: CaseHappening = { kind: 'critical-flagged', loop: 'l1', category: 1, finding: 'RID4710' };
    const told: CaseHappening = { kind: 'delivered', destination: 'RIS', version: 1, textHash, outstanding: 0 };
    const heard: CaseHappening = {
      kind: 'critical-acknowledged',
      loop: 'l1',
      recipient: 'ed',
      readBack: true,
      method: 'phone',
    };
    refused([...withFinal, flag, told], { kind: 'closed' }, 'reading/critical-open');
    assert.equal(caseOf([...withFinal, flag, told, heard, { kind: 'closed' }]).state, 'closed');
    assert.equal(caseOf([...withFinal, told, { kind: 'closed' }, flag]).state, 'delivered');
  });

  test('a report with another text than was signed is not delivered', () => {
    refused(
      withFinal,
      { kind: 'delivered', destination: 'RIS', version: 1, textHash: 'other', outstanding: 0 },
      'reading/out-of-step',
    );
  });

  test('nobody lowers a priority by raising it', () => {
    const raise = (priority: 'routine' | 'stat'): CaseHappening => ({ kind: 'raised', priority, why: 'ai' });
    refused(arrived, raise('routine'), 'reading/out-of-step');
    assert.equal(caseOf([...arrived, raise('stat')]).facts.priority, 'stat');
  });

  test('what is cancelled, returned or in error is over', () => {
    const ends: CaseHappening[][] = [
      [...reading, { kind: 'cancelled', reason: 'order-cancelled' }],
      [...reading, { kind: 'rejected', reader: 'ada', reason: 'motion', retake: true }],
      [...withFinal, { kind: 'entered-in-error', reason: 'wrong-patient' }],
    ];
    for (const log of ends) refused(log, { kind: 'claimed', ...lease('ben') }, 'reading/not-possible');
    refused(withFinal, { kind: 'cancelled', reason: 'order-cancelled' }, 'reading/not-possible');
  });
});
