import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import { DataSet } from '../dicom/dataset.ts';
import { readEvents } from '../storage/events.ts';
import { enqueue, nextDueMs, type StepMessage, sendNext } from './step-messages.ts';

async function opened(t: TestContext, ...operations: StepMessage['operation'][]) {
  const database = await testDatabase(t);
  const attributes = new DataSet().set('PerformedProcedureStepID', 'P1');
  for (const operation of operations) {
    const message = { destinations: ['RIS'], tenant: 1, sopInstanceUid: '2.25.7', operation, attributes };
    await database.kysely.transaction().execute((transaction) => enqueue(transaction, message));
  }
  return database;
}

test('while a step is being sent the feed goes on, and nobody else sends it or what comes after it', async (t) => {
  const database = await opened(t, 'N-CREATE', 'N-SET');
  const sent: string[] = [];
  const take = async ({ operation }: StepMessage) => {
    sent.push(operation);
    return 'taken' as const;
  };
  const isSent = await sendNext(database, async (message) => {
    await database.query(`insert into event (tenant, kind, detail) values (1, 'study-announced', '{}')`);
    assert.equal((await readEvents(database)).length, 1);
    assert.equal(await sendNext(database, async () => assert.fail('it is being sent')), false);
    return take(message);
  });
  assert.equal(isSent, true);
  assert.equal(await sendNext(database, take), true);
  assert.deepEqual(sent, ['N-CREATE', 'N-SET']);
});

test('what cannot be taken now waits, and those behind it are not due before it is', async (t) => {
  const database = await opened(t, 'N-CREATE', 'N-SET');
  await sendNext(database, async () => 'later');
  assert.equal(await sendNext(database, async () => assert.fail('it waits')), false);
  assert.ok((await nextDueMs(database))! > 0);
});

test('of whoever asks at the same moment one has it; one that died leaves it to others when its lease is over', async (t) => {
  const database = await opened(t, 'N-CREATE');
  let sent = 0;
  const send = async () => {
    sent += 1;
    return 'later' as const;
  };
  await Promise.all(Array.from({ length: 4 }, () => sendNext(database, send)));
  assert.equal(sent, 1);
  await database.query('update step_message set retry_at = now()');
  assert.equal(await sendNext(database, async () => 'taken'), true);
  assert.equal((await database.query('select from step_message')).length, 0);
});
