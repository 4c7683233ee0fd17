import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { image, insertImages } from '../../test/support/catalogue-rows.ts';
import { testDatabase } from '../../test/support/database.ts';
import { silentLog } from '../base/log.ts';
import type { Database } from '../storage/database.ts';
import { passOn } from '../storage/ledger-fallback.ts';
import { RuleSets } from '../storage/rule-sets.ts';
import { Router } from './router.ts';

const names = ['NEXT', 'SPARE', 'OTHER'];

async function hospital(t: TestContext, send: object[]): Promise<{ database: Database; ruleSets: RuleSets }> {
  const database = await testDatabase(t);
  for (const name of names)
    await database.query(`insert into destination (tenant, name, kind) values (1, $1, 'dimse')`, [name]);
  const ruleSets = await RuleSets.open(database);
  t.after(() => ruleSets.close());
  await ruleSets.put(1, { rules: [{ name: 'all', after: 'instance', do: { send } }] }, 'test');
  return { database, ruleSets };
}

/** Keeps an image of a study and routes it. */
async function arrives(database: Database, ruleSets: RuleSets, study: string, number: number): Promise<void> {
  const sop = `${study}.1.${number}`;
  await insertImages(database, [
    image({ StudyInstanceUID: study, SeriesInstanceUID: `${study}.1`, SOPInstanceUID: sop }),
  ]);
  await database.query(
    `insert into event (tenant, kind, study, instances)
     select 1, 'instances-kept', study, array[id] from instance where sop_uid = $1`,
    [sop],
  );
  let planned = () => {};
  const done = new Promise<void>((resolve) => (planned = resolve));
  const router = await Router.open({
    database,
    log: silentLog,
    ruleSets,
    destination: async (_, name) => names.indexOf(name) + 1,
    tenantName: async () => 'default',
    person: async () => ({}),
    normalised: () => Promise.reject(new Error('no rule asks for it')),
    planned: () => planned(),
  });
  await done;
  await router.close();
}

async function ledger(database: Database): Promise<string[]> {
  const rows = await database.query<{ row: string }>(
    `select t.name || ' ' || i.sop_uid || ' ' || d.state as row from delivery d join consignment c on c.id = d.consignment
     join destination t on t.id = c.destination join instance i on i.id = d.instance order by i.id, t.id`,
  );
  return rows.map(({ row }) => row);
}

test('what a destination has not taken in time goes to its fallback, and both sides of the ledger say so', async (t) => {
  const { database, ruleSets } = await hospital(t, [{ to: 'NEXT', fallback: { to: 'SPARE', after: '5m' } }]);
  for (const number of [1, 2, 3]) await arrives(database, ruleSets, '2.25.5', number);
  const earlier = async (sop: string) =>
    database.query(
      `update delivery d set queued_at = queued_at - interval '6 minutes' from instance i
       where i.id = d.instance and i.sop_uid = $1`,
      [sop],
    );
  await database.query(
    `update delivery d set state = 'accepted' from instance i where i.id = d.instance and i.sop_uid = '2.25.5.1.1'`,
  );
  assert.equal(await passOn(database), false, 'not yet');
  for (const number of [1, 2]) await earlier(`2.25.5.1.${number}`);
  await database.query(`update consignment set ready_at = ready_at - interval '6 minutes', fallback_at = now()`);
  // While a line has it, it may just be taken.
  await database.query(`update consignment set held_until = now() + interval '1 minute'`);
  assert.equal(await passOn(database), false);
  await database.query(`update consignment set held_until = now()`);
  assert.equal(await passOn(database), true);
  assert.deepEqual(await ledger(database), [
    'NEXT 2.25.5.1.1 accepted',
    'NEXT 2.25.5.1.2 passed-on',
    'SPARE 2.25.5.1.2 queued',
    'NEXT 2.25.5.1.3 queued',
  ]);
  // What came last has its own five minutes.
  assert.equal(await passOn(database), false);
  await earlier('2.25.5.1.3');
  await database.query(`update consignment set fallback_at = now() where fallback_at is not null`);
  assert.equal(await passOn(database), true);
  assert.deepEqual((await ledger(database)).slice(3), ['NEXT 2.25.5.1.3 passed-on', 'SPARE 2.25.5.1.3 queued']);
  assert.equal(await passOn(database), false, 'nothing is left of it');
});

test('the idlest has the fewest objects waiting, and a study that began at one stays there', async (t) => {
  const { database, ruleSets } = await hospital(t, [{ to: ['NEXT', 'SPARE'], balance: 'idlest' }]);
  await arrives(database, ruleSets, '2.25.6', 1);
  await arrives(database, ruleSets, '2.25.7', 1);
  await arrives(database, ruleSets, '2.25.6', 2);
  await arrives(database, ruleSets, '2.25.8', 1);
  const rows = await ledger(database);
  const at = (sop: string) => rows.find((row) => row.includes(sop))!.split(' ')[0];
  assert.notEqual(at('2.25.6.1.1'), at('2.25.7.1.1'));
  assert.equal(at('2.25.6.1.1'), at('2.25.6.1.2'));
  assert.equal(at('2.25.8.1.1'), at('2.25.7.1.1'), 'two wait where the first study goes');
});
