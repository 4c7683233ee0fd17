import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { image, insertImages } from '../../test/support/catalogue-rows.ts';
import { testDatabase } from '../../test/support/database.ts';
import { silentLog } from '../base/log.ts';
import { announceExpected } from '../storage/announced.ts';
import type { Database } from '../storage/database.ts';
import { limits as ledger, putBack, takeConsignment, waitingOf } from '../storage/ledger.ts';
import { RuleSets } from '../storage/rule-sets.ts';
import { Completeness, limits } from './completeness.ts';
import { Router } from './router.ts';

const STUDY = '2.25.1';
const instance = (series: number, number: number) => ({
  StudyInstanceUID: STUDY,
  SeriesInstanceUID: `${STUDY}.${series}`,
  SOPInstanceUID: `${STUDY}.${series}.${number}`,
});
const uid = ({ SOPInstanceUID }: ReturnType<typeof instance>) => SOPInstanceUID;

/** Kept `secondsAgo`, and announced as the spine does. */
async function keep(database: Database, secondsAgo: number, ...kept: ReturnType<typeof instance>[]): Promise<void> {
  await insertImages(database, kept.map(image));
  await database.query(
    `with kept as (update instance set created_at = now() - make_interval(secs => $2) where sop_uid = any($1)
       returning id, study)
     insert into event (tenant, kind, study, instances) select 1, 'instances-kept', study, array_agg(id) from kept group by study`,
    [kept.map(uid), secondsAgo],
  );
}

/** Routes what is kept, as a node does that has just begun. */
async function route(database: Database, ruleSets: RuleSets): Promise<void> {
  let planned = () => {};
  const done = new Promise<void>((resolve) => (planned = resolve));
  const router = await Router.open({
    database,
    log: silentLog,
    ruleSets,
    destination: async () => 1,
    tenantName: async () => 'default',
    person: async () => ({}),
    normalised: () => Promise.reject(new Error('no rule asks for it')),
    planned: () => planned(),
  });
  await done;
  await router.close();
}

async function rules(t: TestContext, after: string): Promise<{ database: Database; ruleSets: RuleSets }> {
  const database = await testDatabase(t);
  await database.query(`insert into destination (tenant, name, kind) values (1, 'NEXT', 'dimse')`);
  const ruleSets = await RuleSets.open(database);
  t.after(() => ruleSets.close());
  await ruleSets.put(1, { rules: [{ name: 'all', after, do: { send: 'NEXT' } }] }, 'test');
  return { database, ruleSets };
}

/** What a line would send now. */
async function sendable(database: Database): Promise<string[]> {
  const consignment = await takeConsignment(database, 1, 'node');
  if (consignment === undefined) return [];
  const waiting = await waitingOf(database, consignment.id, ledger.objects);
  await putBack(database, consignment, 'node', { isDone: waiting.length === 0 });
  return waiting.map(({ sopInstanceUid }) => sopInstanceUid);
}

test('a series is sent when it is complete, while another of its study still comes', async (t) => {
  const { database, ruleSets } = await rules(t, 'series');
  const [whole, late] = [[instance(1, 1), instance(1, 2)], instance(2, 1)];
  await keep(database, 60, ...whole);
  await keep(database, 0, late);
  await route(database, ruleSets);
  assert.deepEqual(await sendable(database), whole.map(uid));
  const waits = await database.query<{ until: Date }>('select until from consignment_wait');
  assert.equal(waits.length, 1);
  // As soon as that is quiet for long enough too, and whoever looks then has not planned it.
  await database.query(`update consignment_wait set until = now()`);
  assert.deepEqual(await sendable(database), [...whole, late].map(uid));
});

test('what is left of a consignment waits, open, for the series that is not complete', async (t) => {
  const { database, ruleSets } = await rules(t, 'series');
  await keep(database, 60, instance(1, 1));
  await keep(database, 0, instance(2, 1));
  await route(database, ruleSets);
  await database.query(
    `update delivery set state = 'accepted' from instance i where i.id = instance and i.sop_uid = $1`,
    [uid(instance(1, 1))],
  );
  assert.deepEqual(await sendable(database), []);
  const [row] = await database.query<{ is_open: boolean; waits: boolean }>(
    'select is_open, ready_at > now() as waits from consignment',
  );
  assert.deepEqual(row, { is_open: true, waits: true });
  assert.equal(await takeConsignment(database, 1, 'node'), undefined);
});

test('a study that waits is still waited for by a node that has just begun, and a late instance makes it wait again', async (t) => {
  const { database, ruleSets } = await rules(t, 'study');
  await keep(database, 30, instance(1, 1));
  await route(database, ruleSets);
  assert.deepEqual(await sendable(database), []);
  await keep(database, 0, instance(1, 2));
  await route(database, ruleSets);
  const [row] = await database.query<{ seconds: number }>(
    'select extract(epoch from ready_at - now())::float8 as seconds from consignment',
  );
  assert.ok(row!.seconds > 50 && row!.seconds <= 75, `${row!.seconds} s`);
  await database.query(`update instance set created_at = created_at - interval '10 minutes'`);
  await keep(database, 120, instance(1, 3));
  await route(database, ruleSets);
  assert.deepEqual(
    await sendable(database),
    [1, 2, 3].map((n) => uid(instance(1, n))),
  );
});

test('how long a source pauses is learned from its studies when they are over, and from no other', async (t) => {
  const database = await testDatabase(t);
  const completeness = new Completeness(database);
  const plain = await completeness.quietOf(1, 'test');
  for (let n = 1; n <= 400; n++) {
    const study = `2.25.7${n}`;
    const made = [1, 2].map((at) =>
      image({ StudyInstanceUID: study, SeriesInstanceUID: `${study}.1`, SOPInstanceUID: `${study}.1.${at}` }),
    );
    await insertImages(database, n % 40 === 0 ? made : made.slice(0, 1));
  }
  await database.query(`insert into study_arrival select id, now() from study`);
  assert.equal(await completeness.learn(new Date(Date.now() - limits.overMs)), 0);
  while ((await completeness.learn()) > 0);
  const learned = await completeness.quietOf(1, 'test');
  assert.ok(learned.studyMs < plain.studyMs / 2, `${learned.studyMs} of ${plain.studyMs}`);
  assert.deepEqual(await completeness.quietOf(1, 'another'), plain);
});

test('a study is complete when what was announced is here, however little time has passed', async (t) => {
  const { database, ruleSets } = await rules(t, 'study');
  await keep(database, 0, instance(1, 1));
  await route(database, ruleSets);
  assert.deepEqual(await sendable(database), []);
  await announceExpected(database, 1, { studyInstanceUid: STUDY, instances: 2, final: true });
  await keep(database, 0, instance(1, 2));
  await route(database, ruleSets);
  assert.deepEqual(await sendable(database), [instance(1, 1), instance(1, 2)].map(uid));
});
