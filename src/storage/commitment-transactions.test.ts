import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import {
  endTransaction,
  forgetCommitments,
  limits,
  rememberTransaction,
  type TransactionResult,
  waitingResults,
} from './commitment-transactions.ts';

const DAY_MS = 86_400_000;

const result = (transactionUid: string, more: Partial<TransactionResult> = {}): TransactionResult => ({
  tenant: 1,
  requestor: 'CT1',
  transactionUid,
  references: [
    { sopClassUid: '1.2.840.10008.5.1.4.1.1.2', sopInstanceUid: '2.25.1' },
    { sopClassUid: '1.2.840.10008.5.1.4.1.1.4', sopInstanceUid: '2.25.2' },
  ],
  failures: [undefined, 0x0112],
  ...more,
});

test('a result waits, as it was answered, for the node that answered it, until it has ended', async (t) => {
  const database = await testDatabase(t);
  const [first, second] = [result('1.2.1'), result('1.2.2')];
  for (const each of [first, second]) assert.ok(await rememberTransaction(database, 'a', each));
  assert.deepEqual(await waitingResults(database, 'b'), []);
  assert.deepEqual(await waitingResults(database, 'a'), [first, second]);
  await endTransaction(database, first, 'reported');
  assert.deepEqual(await waitingResults(database, 'a'), [second]);
  await endTransaction(database, second, 'given up');
  assert.deepEqual(await waitingResults(database, 'a'), []);
});

test('a Transaction UID is new once for each requestor of each tenant', async (t) => {
  const database = await testDatabase(t);
  await database.query("insert into tenant (name) values ('second')");
  const isNew = (more: Partial<TransactionResult>) => rememberTransaction(database, 'a', result('1.2.1', more));
  assert.equal(await isNew({}), true);
  assert.equal(await isNew({ failures: [undefined, undefined] }), false);
  assert.equal(await isNew({ requestor: 'CT2' }), true);
  assert.equal(await isNew({ tenant: 2 }), true);
  assert.deepEqual((await waitingResults(database, 'a'))[0], result('1.2.1'));
});

test('what is over is forgotten after a while, what still waits never', async (t) => {
  const database = await testDatabase(t);
  for (const uid of ['1.2.1', '1.2.2']) await rememberTransaction(database, 'a', result(uid));
  await endTransaction(database, result('1.2.1'), 'reported');
  const remembered = async (days: number) => {
    await forgetCommitments(database, Date.now() + days * DAY_MS);
    return (await database.query('select transaction_uid from commitment order by 1')).length;
  };
  assert.equal(await remembered(limits.rememberedDays - 1), 2);
  assert.equal(await remembered(limits.rememberedDays + 1), 1);
  assert.deepEqual(await waitingResults(database, 'a'), [result('1.2.2')]);
});
