import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { image, insertImages } from '../../test/support/catalogue-rows.ts';
import { testDatabase } from '../../test/support/database.ts';
import type { Database } from './database.ts';
import { acknowledgeAlarm, deadlineAlarms, raiseAlarms } from './deadlines.ts';
import { consign, settle, takeConsignment } from './ledger.ts';
import { planPrefetch, takePrefetch } from './prefetches.ts';

const MINUTE_MS = 60_000;
const inMinutes = (minutes: number): Date => new Date(Date.now() + minutes * MINUTE_MS);
const open = { isOpen: true, limit: 10 };

interface Planned {
  study: string;
  /** 0 STAT … 3 LOW. */
  priority?: number;
  /** In minutes from now. */
  due?: number;
  warn?: number;
}

async function hospital(t: TestContext): Promise<Database> {
  const database = await testDatabase(t);
  await database.query(`insert into destination (tenant, name, kind) values (1, 'THEATRE', 'dimse')`);
  return database;
}

/** One image of each study waits for its delivery. */
async function waiting(database: Database, planned: readonly Planned[]): Promise<void> {
  for (const { study, priority = 2, due, warn = due } of planned) {
    const uids = { StudyInstanceUID: study, SeriesInstanceUID: `${study}.1`, SOPInstanceUID: `${study}.1.1` };
    await insertImages(database, [image(uids)]);
    const [row] = await database.query<{ id: string }>('select id from study where study_uid = $1', [study]);
    const consignment = {
      tenant: 1,
      study: row!.id,
      destination: 1,
      form: '',
      ruleSet: 1,
      rules: ['before-surgery'],
      series: [`${study}.1`],
      priority,
      readyAt: inMinutes(-1),
      ...(due !== undefined && { deadline: { at: inMinutes(due), warnAt: inMinutes(warn!) } }),
    };
    await database.kysely.transaction().execute((transaction) => consign(transaction, consignment, []));
  }
}

async function inOrder(database: Database): Promise<string[]> {
  const order: string[] = [];
  for (;;) {
    const taken = await takeConsignment(database, 1, 'node');
    if (taken === undefined) return order;
    const [row] = await database.query<{ uid: string }>('select study_uid as uid from study where id = $1', [
      taken.study,
    ]);
    order.push(row!.uid);
  }
}

const eventsOf = async (database: Database): Promise<string[]> =>
  (await database.query<{ kind: string }>('select kind from event order by id')).map(({ kind }) => kind);

test('of what is alike the earliest deadline goes first, and what is urgent before it', async (t) => {
  const database = await hospital(t);
  await waiting(database, [
    { study: '2.25.1' },
    { study: '2.25.2', due: 300 },
    { study: '2.25.3', due: 200 },
    { study: '2.25.4', priority: 1 },
    { study: '2.25.5', priority: 0 },
  ]);
  assert.deepEqual(await inOrder(database), ['2.25.5', '2.25.4', '2.25.3', '2.25.2', '2.25.1']);
});

test('what is about to miss its deadline goes beside STAT, and somebody is told once', async (t) => {
  const database = await hospital(t);
  await waiting(database, [
    { study: '2.25.1', priority: 1 },
    { study: '2.25.2', priority: 3, due: 20, warn: -10 },
    { study: '2.25.3', due: 200, warn: 100 },
  ]);
  for (let looks = 0; looks < 2; looks++) assert.equal(await raiseAlarms(database), false);
  const [alarm, ...others] = await deadlineAlarms(database, 1, open);
  assert.deepEqual(others, []);
  assert.deepEqual(
    [alarm!.state, alarm!.studyInstanceUid, alarm!.destination, alarm!.rules, alarm!.outstanding],
    ['at-risk', '2.25.2', 'THEATRE', ['before-surgery'], 1],
  );
  assert.deepEqual(await eventsOf(database), ['deadline-at-risk']);
  assert.deepEqual(await inOrder(database), ['2.25.2', '2.25.1', '2.25.3']);
});

test('a deadline that passes is missed, though somebody had seen that it was at risk; what arrives then is met late', async (t) => {
  const database = await hospital(t);
  await waiting(database, [{ study: '2.25.1', due: 20, warn: -10 }]);
  await raiseAlarms(database);
  const [atRisk] = await deadlineAlarms(database, 1, open);
  assert.equal(await acknowledgeAlarm(database, 1, atRisk!.id, 'jane'), true);
  assert.deepEqual(await deadlineAlarms(database, 1, open), []);
  await database.query(`update consignment set deadline = now(), watch_at = now()`);
  await database.query(`update deadline_alarm set deadline = c.deadline from consignment c where c.id = consignment`);
  await raiseAlarms(database);
  const [missed] = await deadlineAlarms(database, 1, open);
  assert.deepEqual([missed!.id, missed!.state, missed!.acknowledgedBy], [atRisk!.id, 'missed', null]);
  assert.deepEqual(await eventsOf(database), ['deadline-at-risk', 'deadline-missed']);
  const [sent] = await database.query<{ instance: string }>('select instance from delivery');
  await settle(database, '1', [{ instance: sent!.instance, state: 'accepted' }]);
  assert.deepEqual(await deadlineAlarms(database, 1, open), []);
  const [met] = await deadlineAlarms(database, 1, { ...open, isOpen: false });
  assert.deepEqual([met!.state, met!.missedAt instanceof Date], ['met', true]);
});

test('what arrived in time raises no alarm, and another tenant sees none of ours', async (t) => {
  const database = await hospital(t);
  await waiting(database, [
    { study: '2.25.1', due: 20, warn: -10 },
    { study: '2.25.2', due: 20, warn: -10 },
  ]);
  const [first] = await database.query<{ instance: string }>('select instance from delivery where consignment = 1');
  await settle(database, '1', [{ instance: first!.instance, state: 'verified' }]);
  await raiseAlarms(database);
  const alarms = await deadlineAlarms(database, 1, open);
  assert.deepEqual(
    alarms.map(({ studyInstanceUid }) => studyInstanceUid),
    ['2.25.2'],
  );
  assert.deepEqual(await deadlineAlarms(database, 2, open), []);
  assert.equal(await acknowledgeAlarm(database, 2, alarms[0]!.id, 'jane'), false);
});

test('priors that are not here when they are needed are told; an order that is moved moves their deadline', async (t) => {
  const database = await hospital(t);
  const plan = (due: number, warn: number, rule = 'priors') =>
    database.kysely.transaction().execute((transaction) =>
      planPrefetch(transaction, {
        tenant: 1,
        subject: 'order 7',
        rule,
        ruleSet: 1,
        facts: {},
        archives: ['OLD-PACS'],
        priority: 2,
        deadline: { at: inMinutes(due), warnAt: inMinutes(warn) },
      }),
    );
  await plan(600, 500, 'later');
  await plan(900, 800);
  await raiseAlarms(database);
  assert.deepEqual(await deadlineAlarms(database, 1, open), []);
  await plan(30, -30);
  await raiseAlarms(database);
  const [alarm] = await deadlineAlarms(database, 1, open);
  assert.deepEqual([alarm!.state, alarm!.destination, alarm!.rules], ['at-risk', null, ['priors']]);
  assert.equal((await takePrefetch(database, 'node'))!.rule, 'priors', 'the earlier is asked first');
});
