import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import { Problem } from '../base/problem.ts';
import { DataSet } from '../dicom/dataset.ts';
import { FILTERED_SUBSCRIPTION, GLOBAL_SUBSCRIPTION, onWorkitemEvent, type WorkitemEvent } from './workitem-events.ts';
import { matchingWorkitems } from './workitem-search.ts';
import { subscribe, suspend, unsubscribe } from './workitem-subscriptions.ts';
import { Workitems } from './workitems.ts';

const workitem = (more: Record<string, string> = {}): DataSet => {
  const dataset = new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 192')
    .set('ProcedureStepState', 'SCHEDULED')
    .set('ProcedureStepLabel', 'Read chest')
    .set('ScheduledProcedureStepPriority', 'HIGH')
    .set('InputReadinessState', 'READY')
    .set('ScheduledProcedureStepStartDateTime', '20261124100000')
    .set('PatientName', 'Müller^Jörg');
  for (const [keyword, value] of Object.entries(more)) dataset.set(keyword, value);
  return dataset;
};
const code = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (thrown) => (thrown instanceof Problem ? thrown.answers.dimse.toString(16) : String(thrown)),
  );

async function opened(t: TestContext) {
  const database = await testDatabase(t);
  const workitems = new Workitems(database, 'node');
  return { database, workitems, around: { database, workitems, node: 'node' } };
}

/** What is told from now on; `next` waits for so many more. */
async function told(t: TestContext, database: Parameters<typeof onWorkitemEvent>[0]) {
  const events: WorkitemEvent[] = [];
  let heard = Promise.withResolvers<void>();
  const stop = await onWorkitemEvent(database, (event) => {
    events.push(event);
    heard.resolve();
  });
  t.after(stop);
  return async (count: number): Promise<WorkitemEvent[]> => {
    while (events.length < count) {
      await heard.promise;
      heard = Promise.withResolvers();
    }
    return events.splice(0, count);
  };
}

test('a thousand claim one workitem: one has it, the others are told C302H', async (t) => {
  const { workitems } = await opened(t);
  await workitems.create(1, '1.2.3', workitem());
  const claims = Array.from({ length: 1000 }, (_, at) =>
    code(workitems.changeState(1, '1.2.3', 'IN PROGRESS', `2.25.${at + 1}`)),
  );
  const outcomes = Map.groupBy(await Promise.all(claims), (outcome) => outcome);
  assert.deepEqual([outcomes.get('done')?.length, outcomes.get('c302')?.length], [1, 999]);
});

test('two nodes claim one workitem: one has it', async (t) => {
  const { database, workitems } = await opened(t);
  const other = new Workitems(database, 'other');
  for (let round = 1; round <= 20; round++) {
    const uid = `1.2.3.${round}`;
    await workitems.create(1, uid, workitem());
    const claims = [workitems, other].map((node, at) =>
      code(node.changeState(1, uid, 'IN PROGRESS', `2.25.${at + 1}`)),
    );
    assert.deepEqual((await Promise.all(claims)).sort(), ['c302', 'done']);
  }
});

test('PS3.4 CC.2.5: a workitem is created SCHEDULED, once; what is missing of type 1 is filled in and told (B300H)', async (t) => {
  const { workitems } = await opened(t);
  assert.deepEqual(await workitems.create(1, '1.2.3', workitem()), { uid: '1.2.3' });
  assert.equal(await code(workitems.create(1, '1.2.3', workitem())), '111');
  assert.equal(await code(workitems.create(1, '1.2.4', workitem({ ProcedureStepState: 'IN PROGRESS' }))), 'c309');
  assert.equal(await code(workitems.create(1, '1.2.4', new DataSet())), '120');
  const { uid, status } = await workitems.create(1, undefined, new DataSet().set('ProcedureStepLabel', 'Read'));
  assert.equal(status, 0xb300);
  assert.equal((await workitems.read(1, uid)).text('InputReadinessState'), 'READY');
});

test('whoever claimed it changes it, and its key is told to nobody', async (t) => {
  const { workitems } = await opened(t);
  await workitems.create(1, '1.2.3', workitem());
  await workitems.update(1, '1.2.3', new DataSet().set('ProcedureStepLabel', 'Read thorax'));
  await workitems.changeState(1, '1.2.3', 'IN PROGRESS', '2.25.1');
  const change = new DataSet().set('ProcedureStepLabel', 'x').set('ProcedureStepState', 'COMPLETED');
  assert.equal(await code(workitems.update(1, '1.2.3', change)), 'c301');
  assert.equal(await code(workitems.update(1, '1.2.3', change, '2.25.1')), 'done');
  const read = await workitems.read(1, '1.2.3');
  assert.deepEqual(
    ['ProcedureStepLabel', 'ProcedureStepState', 'TransactionUID', 'PatientName'].map((keyword) => read.text(keyword)),
    ['x', 'IN PROGRESS', undefined, 'Müller^Jörg'],
  );
  assert.equal(await code(workitems.read(1, '1.2.4')), 'c307');
  assert.equal(await code(workitems.read(2, '1.2.3')), 'c307', 'of another tenant');
});

test('CC.2.2: a request to cancel cancels what nobody claimed, else tells whoever listens', async (t) => {
  const { database, workitems, around } = await opened(t);
  const request = new DataSet().set('ReasonForCancellation', 'patient left');
  await workitems.create(1, '1.2.3', workitem());
  await workitems.requestCancel(1, '1.2.3', request, 'RIS');
  const [progress] = (await workitems.read(1, '1.2.3')).items('ProcedureStepProgressInformationSequence');
  assert.equal(progress?.text('ReasonForCancellation'), 'patient left');
  assert.equal((await workitems.requestCancel(1, '1.2.3', request, 'RIS')).status, 0xb304);
  await workitems.create(1, '1.2.4', workitem());
  await workitems.changeState(1, '1.2.4', 'IN PROGRESS', '2.25.1');
  assert.equal(await code(workitems.requestCancel(1, '1.2.4', request, 'RIS')), 'c312', 'nobody can be told');
  await subscribe(around, { tenant: 1, subscriber: 'READER' }, '1.2.4', { deletionLock: false });
  const next = await told(t, database);
  await workitems.requestCancel(1, '1.2.4', request, 'RIS');
  const [event] = await next(1);
  assert.deepEqual(
    [event?.eventTypeId, event?.subscribers, event?.information.text('RequestingAE')],
    [2, ['READER'], 'RIS'],
  );
});

test('CC.2.4: who subscribed is told of states, progress and assignments, of one, of all, or of such as match', async (t) => {
  const { database, workitems, around } = await opened(t);
  const next = await told(t, database);
  await workitems.create(1, '1.2.3', workitem());
  await subscribe(around, { tenant: 1, subscriber: 'ONE' }, '1.2.3', { deletionLock: false });
  assert.deepEqual(
    (await next(1)).map(({ subscribers, information }) => [subscribers, information.text('ProcedureStepState')]),
    [[['ONE'], 'SCHEDULED']],
  );
  await subscribe(around, { tenant: 1, subscriber: 'ALL' }, GLOBAL_SUBSCRIPTION, { deletionLock: true });
  const filter = new DataSet().set('ScheduledProcedureStepPriority', 'LOW');
  await subscribe(around, { tenant: 1, subscriber: 'LOW' }, FILTERED_SUBSCRIPTION, { deletionLock: false, filter });
  await workitems.changeState(1, '1.2.3', 'IN PROGRESS', '2.25.1');
  const progress = new DataSet().set('ProcedureStepProgress', '50');
  await workitems.update(
    1,
    '1.2.3',
    new DataSet().set('ProcedureStepProgressInformationSequence', [progress]),
    '2.25.1',
  );
  await workitems.create(1, '1.2.4', workitem({ ScheduledProcedureStepPriority: 'LOW' }));
  assert.deepEqual(
    (await next(3)).map(({ uid, eventTypeId, subscribers }) => [uid, eventTypeId, [...subscribers].sort()]),
    [
      ['1.2.3', 1, ['ALL', 'ONE']],
      ['1.2.3', 3, ['ALL', 'ONE']],
      ['1.2.4', 1, ['ALL', 'LOW']],
    ],
  );
  await suspend(database, { tenant: 1, subscriber: 'LOW' }, FILTERED_SUBSCRIPTION);
  await unsubscribe(database, { tenant: 1, subscriber: 'ONE' }, '1.2.3');
  await workitems.changeState(1, '1.2.3', 'CANCELED', '2.25.1');
  assert.deepEqual((await next(1))[0]?.subscribers, ['ALL']);
});

test('CC.2.8: workitems match by state, label and times', async (t) => {
  const { database, workitems } = await opened(t);
  await workitems.create(1, '1.2.3', workitem({ WorklistLabel: 'CHEST' }));
  await workitems.create(1, '1.2.4', workitem({ ScheduledProcedureStepStartDateTime: '20261125100000' }));
  const found = async (tag: number, vr: 'CS' | 'LO' | 'DT', ...values: string[]) => {
    const uids: (string | undefined)[] = [];
    for await (const some of matchingWorkitems(database, 1, { keys: [{ path: [tag], vr, values }], fuzzy: false })) {
      uids.push(...some.map((each) => each.text('SOPInstanceUID')));
    }
    return uids;
  };
  assert.deepEqual(await found(0x0074_1000, 'CS', 'SCHEDULED'), ['1.2.3', '1.2.4']);
  assert.deepEqual(await found(0x0074_1202, 'LO', 'CH*'), ['1.2.3']);
  assert.deepEqual(await found(0x0040_4005, 'DT', '20261125-'), ['1.2.4']);
  assert.deepEqual(await found(0x0074_1000, 'CS', 'COMPLETED'), []);
});
