import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { caseLogOf } from '../../../test/support/case-crowd.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { testClock } from '../../../test/support/test-clock.ts';
import type { Actor } from '../../reading/case/case-event.ts';
import { timePointsOf } from '../../reading/store/trials.ts';
import { someFacts } from '../../reading/testing/facts.ts';
import type { TrialQuestion } from '../../reading/trials/adjudicate.ts';
import { trialColumns, trialRow } from '../../reading/trials/trial-table.ts';
import { currentVersion, resourceOf } from '../../storage/fhir-resources.ts';
import { Trials } from './trials.ts';

const desk: Actor = { kind: 'desk', id: 'token:1' };
const questions: TrialQuestion[] = [{ name: 'response', kind: 'code', decides: true }];

async function trial(t: TestContext) {
  const database = await testDatabase(t);
  const clock = testClock();
  const cases = caseLogOf(database, clock);
  t.after(() => cases.close());
  const trials = new Trials({ database, cases });
  await trials.add({ id: 'lung-1', client: 1, title: 'Lung 1', provider: 'nightowl', questions });
  const { id: of } = (await cases.create({ client: 1, studyUid: '1.2.3' }, desk, [
    { kind: 'announced', facts: someFacts(), term: { id: 't', version: 1 } },
    { kind: 'images-arrived', instances: 3 },
  ]))!;
  const first = await trials.read(1, 'lung-1', { subject: '001', visit: 'baseline', of });
  return { database, cases, trials, first, of, sign, claim };

  async function claim(id: string, reader: string): Promise<void> {
    await cases.change(id, desk, () => [{ kind: 'claimed', reader, transactionUid: '2.25.1', leaseUntil: 0 }]);
  }

  async function sign(id: string, reader: string): Promise<void> {
    await claim(id, reader);
    const entitlement = { licences: ['l'], privilege: 'p', checkedAt: 0 };
    const report = { version: 1, reader, textHash: 'h', entitlement, overridden: [] };
    await cases.change(id, desk, () => [
      { kind: 'opened', reader },
      { kind: 'final-signed', report },
    ]);
    await trials.signed(id);
    await trials.signed(id);
  }
}

describe('a time point of a trial', () => {
  test('is read by two who are not the same, and by a third where they differ in what decides', async (t) => {
    const { database, trials, first, sign, claim } = await trial(t);
    const point = async () => (await timePointsOf(database, 1, 'lung-1'))[0]!;
    await sign(first, 'ada');
    const [, second] = (await point()).cases;
    await assert.rejects(claim(second!, 'ada'), { code: 'reading/read-before' });
    await sign(second!, 'ben');
    await trials.answer(second!, 'ben', { response: 'SD' });
    assert.equal((await point()).state, 'awaits-readings');
    assert.equal((await trials.answer(first, 'ada', { response: 'PR' })).state, 'awaits-adjudication');
    const [, , third] = (await point()).cases;
    for (const reader of ['ada', 'ben']) await assert.rejects(claim(third!, reader), { code: 'reading/read-before' });
    await sign(third!, 'cleo');
    const { state } = await trials.answer(third!, 'cleo', { response: 'PR' });
    assert.equal(state, 'adjudicated');
    assert.deepEqual(trialRow(questions, await point()), {
      subject: '001',
      visit: 'baseline',
      state: 'adjudicated',
      differing: 'response',
      'first reader': 'ada',
      'first response': 'PR',
      'second reader': 'ben',
      'second response': 'SD',
      'adjudicator reader': 'cleo',
      'adjudicator response': 'PR',
      'final response': 'PR',
    });
    assert.ok(Object.keys(trialRow(questions, await point())).every((name) => trialColumns(questions).includes(name)));
  });

  test('where both agree needs no third', async (t) => {
    const { database, trials, first, sign } = await trial(t);
    await sign(first, 'ada');
    const [, second] = (await timePointsOf(database, 1, 'lung-1'))[0]!.cases;
    await sign(second!, 'ben');
    for (const [code, reader] of [
      [first, 'ada'],
      [second!, 'ben'],
    ] as const) {
      await trials.answer(code, reader, { response: 'CR' });
    }
    const [point] = await timePointsOf(database, 1, 'lung-1');
    assert.deepEqual([point!.state, point!.cases.length], ['agreed', 2]);
  });

  test('is answered once, by who signed it, and every question', async (t) => {
    const { trials, first, sign } = await trial(t);
    await assert.rejects(trials.answer(first, 'ada', { response: 'CR' }), { code: 'reading/not-holder' });
    await sign(first, 'ada');
    await assert.rejects(trials.answer(first, 'ben', { response: 'CR' }), { code: 'reading/not-holder' });
    await assert.rejects(trials.answer(first, 'ada', {}), { code: 'request/malformed' });
    await trials.answer(first, 'ada', { response: 'CR' });
    await assert.rejects(trials.answer(first, 'ada', { response: 'PD' }), { code: 'reading/out-of-step' });
  });

  test('is there once, and of the client alone whose case it is', async (t) => {
    const { database, trials, of } = await trial(t);
    const again = { subject: '001', visit: 'baseline', of };
    await assert.rejects(trials.read(1, 'lung-1', again), { code: 'reading/out-of-step' });
    await assert.rejects(trials.read(2, 'lung-1', again), { code: 'catalogue/not-found' });
    const study = await currentVersion(database, { tenant: 1, type: 'ResearchStudy', id: 'trial-lung-1' });
    assert.equal((resourceOf(study!) as { title?: string }).title, 'Lung 1');
  });
});
