import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../base/problem.ts';
import { DataSet } from '../dicom/dataset.ts';
import { changeOf, requireChangeable, type WorkitemState } from './workitem-state.ts';

const finished = new DataSet().set('UnifiedProcedureStepPerformedProcedureSequence', [
  new DataSet()
    .set('PerformedProcedureStepStartDateTime', '20261123100000')
    .set('PerformedProcedureStepEndDateTime', '20261123101000')
    .set('PerformedStationNameCodeSequence', [new DataSet().set('CodeValue', 'CT1')])
    .set('PerformedWorkitemCodeSequence', [new DataSet().set('CodeValue', '110001')]),
]);
const standing = (state: WorkitemState, attributes = finished) => ({
  state,
  transactionUid: state === 'SCHEDULED' ? null : 'KEY',
  attributes,
});
/** What it comes to, as a status. */
function outcome(act: () => ReturnType<typeof changeOf>): string {
  try {
    const change = act();
    return change === 'change' ? 'done' : change.warning.toString(16);
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown.answers.dimse.toString(16);
    throw thrown;
  }
}

test('PS3.4 Table CC.1.1-2: every state that can be asked for, in every state, with and without the key', () => {
  const from = ['SCHEDULED', 'IN PROGRESS', 'COMPLETED', 'CANCELED'] as const;
  const row = (wanted: string, key: string) =>
    from.map((state) => outcome(() => changeOf(standing(state), wanted, key)));
  assert.deepEqual(row('IN PROGRESS', 'KEY'), ['done', 'c302', 'c300', 'c300']);
  assert.deepEqual(row('IN PROGRESS', 'OTHER'), ['done', 'c302', 'c300', 'c300']);
  assert.deepEqual(row('SCHEDULED', 'KEY'), ['c303', 'c303', 'c303', 'c303']);
  assert.deepEqual(row('COMPLETED', 'KEY'), ['c310', 'done', 'b306', 'c300']);
  assert.deepEqual(row('COMPLETED', 'OTHER'), ['c310', 'c301', 'c301', 'c300']);
  assert.deepEqual(row('CANCELED', 'KEY'), ['c310', 'done', 'c300', 'b304']);
  assert.deepEqual(row('CANCELED', 'OTHER'), ['c310', 'c301', 'c300', 'c301']);
});

test('CC.2.1.3: without a Transaction UID nothing is claimed', () => {
  assert.equal(
    outcome(() => changeOf(standing('SCHEDULED'), 'IN PROGRESS', undefined)),
    'c301',
  );
  assert.equal(
    outcome(() => changeOf(standing('SCHEDULED'), 'DONE', 'KEY')),
    '106',
  );
  assert.equal(
    outcome(() => changeOf(standing('SCHEDULED'), undefined, 'KEY')),
    '120',
  );
});

test('Table CC.2.5-3: what says nothing of what was performed is not COMPLETED, but may be CANCELED', () => {
  const unfinished = standing('IN PROGRESS', new DataSet());
  assert.equal(
    outcome(() => changeOf(unfinished, 'COMPLETED', 'KEY')),
    'c304',
  );
  assert.equal(
    outcome(() => changeOf(unfinished, 'CANCELED', 'KEY')),
    'done',
  );
});

test('CC.2.6.3: whoever claimed it changes it, anybody before, nobody after', () => {
  const change = (state: WorkitemState, key: string | undefined) =>
    outcome(() => {
      requireChangeable(standing(state), key);
      return 'change';
    });
  assert.deepEqual(
    [change('SCHEDULED', undefined), change('IN PROGRESS', 'KEY'), change('IN PROGRESS', 'OTHER')],
    ['done', 'done', 'c301'],
  );
  assert.deepEqual([change('IN PROGRESS', undefined), change('COMPLETED', 'KEY')], ['c301', 'c300']);
});
