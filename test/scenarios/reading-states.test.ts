// The states of a case hold whatever is asked: `npm run bench reading-states 1000000` asks as often as you like.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../src/identity/testing/random.ts';
import { brokenLaws } from '../../src/reading/testing/case-laws.ts';
import { someFacts } from '../../src/reading/testing/facts.ts';
import { runSimulatedStore } from '../../src/reading/testing/simulated-store.ts';
import { eventsOf } from '../../src/reading/testing/told-case.ts';

test('no case is lost, claimed twice, signed without a right, or closed too early, and no clock is set back', () => {
  const run = runSimulatedStore(new Random(42), 40_000);
  assert.deepEqual(run.broken, []);
  // The crowd came everywhere, and was refused for every reason.
  assert.ok(Object.keys(run.left).length >= 10, JSON.stringify(run.left));
  assert.ok(Object.keys(run.refused).length >= 8, JSON.stringify(run.refused));
});

test('the laws see a log that breaks them', () => {
  const lease = { transactionUid: '2.25.1', leaseUntil: 0 };
  const broken = brokenLaws(
    eventsOf([
      { kind: 'announced', facts: someFacts(), term: { id: 't', version: 1 } },
      { kind: 'claimed', reader: 'ada', ...lease },
      { kind: 'claimed', reader: 'ben', ...lease },
      { kind: 'changed', what: 'late-images' },
      {
        kind: 'final-signed',
        report: {
          version: 1,
          reader: 'ben',
          textHash: 'h',
          entitlement: { licences: [], privilege: '', checkedAt: 0 },
          overridden: [],
        },
      },
      { kind: 'critical-flagged', loop: 'l', category: 1, finding: 'f' },
      { kind: 'closed' },
    ]),
  );
  assert.deepEqual(broken, [
    'one reader at a time has a case',
    'nothing is signed while a change is not seen',
    'a report has a signer with a licence',
    'a report has a signer with a privilege',
    'nothing is closed while a critical result is open',
  ]);
});
