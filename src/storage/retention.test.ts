import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TestArchive, testArchive } from '../../test/support/archive.ts';
import { ctSlice } from '../../test/support/ct-slice.ts';
import { testClock } from '../../test/support/test-clock.ts';
import { instancesBelow } from './catalogue.ts';
import { hide, unhide } from './hide.ts';
import { purge } from './retention.ts';
import { verify } from './verify.ts';

const STUDY = '2.25.1';
const study = { studyInstanceUid: STUDY };
const wrongSeries = { ...study, seriesInstanceUid: `${STUDY}.2` };
const DAY_MS = 86_400_000;

/** Two series of two instances, the second of them hidden. */
async function partlyHidden(t: Parameters<typeof testArchive>[0]) {
  const archive = await testArchive(t);
  for (const series of [1, 2])
    for (const instance of [1, 2]) await archive.cStore(ctSlice({ studyUid: STUDY, series, instance }));
  await hide(archive.database, 1, wrongSeries, 'wrong patient');
  return { ...archive, clock: testClock() };
}

const verified = async ({ database, store }: TestArchive) =>
  (await Array.fromAsync(verify(database, store))).map(({ kind }) => kind);

test('bytes go only by the retention policy, and only of what has been hidden long enough', async (t) => {
  const archive = await partlyHidden(t);
  const { database, store, files, clock } = archive;
  const purged = (hiddenDays: number | 'ever') => purge(database, store, { hiddenDays }, clock.now());
  clock.advance(29 * DAY_MS);
  assert.equal(await purged('ever'), 0);
  assert.equal(await purged(30), 0);
  clock.advance(2 * DAY_MS);
  assert.equal(await purged('ever'), 0);
  assert.equal(await purged(30), 2);
  assert.equal(await purged(30), 0);
  assert.equal(files().length, 2);
  assert.deepEqual(await verified(archive), ['good', 'good']);
});

test('what went by retention is an event and an audit row of its study', async (t) => {
  const { database, store, clock } = await partlyHidden(t);
  await purge(database, store, { hiddenDays: 0 }, clock.now() + 1000);
  const events = await database.query("select cardinality(instances) as instances from event where kind = 'purged'");
  assert.deepEqual(events, [{ instances: 2 }]);
  const rows = await database.query(
    "select principal, door, outcome, study_uid, instance_count from audit where action = 'purge'",
  );
  assert.deepEqual(rows, [
    { principal: 'retention', door: 'node', outcome: 'success', study_uid: STUDY, instance_count: 2 },
  ]);
});

test('what has no bytes any more is not shown again, and keeps the reason why it was withdrawn', async (t) => {
  const { database, store, clock } = await partlyHidden(t);
  await purge(database, store, { hiddenDays: 30 }, clock.now() + 31 * DAY_MS);
  assert.equal(await unhide(database, 1, wrongSeries), 0);
  assert.equal(await unhide(database, 1, { ...wrongSeries, sopInstanceUid: `${STUDY}.2.1` }), 0);
  await assert.rejects(instancesBelow(database, 1, wrongSeries), {
    code: 'catalogue/hidden',
    details: { what: 'series', reason: 'wrong patient' },
  });
});

test('bytes that are sent again after they went are kept again', async (t) => {
  const archive = await partlyHidden(t);
  const { database, store, clock } = archive;
  await purge(database, store, { hiddenDays: 30 }, clock.now() + 31 * DAY_MS);
  assert.equal((await archive.cStore(ctSlice({ studyUid: STUDY, series: 2, instance: 1 }))).keptAs, 'same');
  assert.deepEqual(await verified(archive), ['good', 'good', 'good']);
});

test('what came into a hidden study stays for as many days as if it had been hidden when it came', async (t) => {
  const { database, store, clock } = await partlyHidden(t);
  await hide(database, 1, study, 'wrong patient');
  await database.query("update study set hidden_at = hidden_at - interval '20 days'");
  await database.query("update instance set created_at = created_at - interval '20 days' where sop_uid like '%.1.1'");
  assert.equal(await purge(database, store, { hiddenDays: 30 }, clock.now() + 15 * DAY_MS), 1);
});

test('files whose removal was cut off after its commit go with the next run', async (t) => {
  const { database, store, files, clock } = await partlyHidden(t);
  const remove = store.remove.bind(store);
  store.remove = () => Promise.reject(new Error('the node was killed here'));
  const due = clock.now() + 31 * DAY_MS;
  await assert.rejects(purge(database, store, { hiddenDays: 30 }, due), /killed/);
  assert.equal(files().length, 4);
  store.remove = remove;
  await purge(database, store, { hiddenDays: 'ever' }, due);
  assert.equal(files().length, 2);
});

test('what goes by retention while everything is verified is no defect', async (t) => {
  const { database, store, clock } = await partlyHidden(t);
  const reports = verify(database, store);
  const { value: first } = await reports.next();
  await purge(database, store, { hiddenDays: 30 }, clock.now() + 31 * DAY_MS);
  const kinds = [first, ...(await Array.fromAsync(reports))].map((report) => report?.kind);
  assert.deepEqual(kinds, ['good', 'good']);
});
