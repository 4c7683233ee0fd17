import assert from 'node:assert/strict';
import { copyFile, open, truncate, unlink } from 'node:fs/promises';
import { test } from 'node:test';
import { testArchive } from '../../test/support/archive.ts';
import { ctSlice } from '../../test/support/ct-slice.ts';
import { instancesBelow } from './catalogue.ts';
import { readEvents } from './events.ts';
import { hide, unhide } from './hide.ts';
import { MetadataReader } from './series-metadata.ts';
import { verify } from './verify.ts';

const STUDY = '2.25.1';
const study = { studyInstanceUid: STUDY };

/** Two series of two instances, sent in another order than that of their numbers. */
async function smallArchive(t: Parameters<typeof testArchive>[0]) {
  const archive = await testArchive(t);
  for (const [series, instance] of [
    [10, 2],
    [10, 1],
    [2, 10],
    [2, 9],
  ] as const) {
    await archive.cStore(ctSlice({ studyUid: STUDY, series, instance }));
  }
  return archive;
}

test('instances come by series number and instance number, not by their text', async (t) => {
  const { database } = await smallArchive(t);
  const instances = await instancesBelow(database, 1, study);
  assert.deepEqual(
    instances.map(({ sopInstanceUid }) => sopInstanceUid),
    [`${STUDY}.2.9`, `${STUDY}.2.10`, `${STUDY}.10.1`, `${STUDY}.10.2`],
  );
  const listed = await instancesBelow(database, 1, { sopInstanceUid: [`${STUDY}.10.1`, '2.25.404', `${STUDY}.2.9`] });
  assert.equal(listed.length, 2);
  assert.equal((await instancesBelow(database, 1, { patientId: 'P1' })).length, 4);
});

test('what is hidden is gone with its reason, at each level, and comes back when it is shown again', async (t) => {
  const { database } = await smallArchive(t);
  const series = { ...study, seriesInstanceUid: `${STUDY}.2` };
  const instance = { ...series, sopInstanceUid: `${STUDY}.2.9` };
  const counts = async () => (await database.query('select instance_count, series_count from study'))[0];
  for (const [scope, hidden, left] of [
    [instance, 1, { instance_count: 3, series_count: 2 }],
    [series, 2, { instance_count: 2, series_count: 1 }],
    [study, 4, { instance_count: 4, series_count: 2 }],
  ] as const) {
    assert.equal(await hide(database, 1, scope, 'wrong patient'), hidden);
    assert.equal(await hide(database, 1, scope, 'again'), 0);
    await assert.rejects(instancesBelow(database, 1, scope), {
      code: 'catalogue/hidden',
      message: /wrong patient/,
    });
    assert.deepEqual(await counts(), left);
    assert.equal(await unhide(database, 1, scope), hidden);
    assert.equal((await instancesBelow(database, 1, study)).length, 4);
    assert.deepEqual(await counts(), { instance_count: 4, series_count: 2 });
  }
  await assert.rejects(hide(database, 1, { studyInstanceUid: '2.25.404' }, 'x'), { code: 'catalogue/not-found' });
  await database.query("insert into tenant (name) values ('second')");
  await assert.rejects(hide(database, 2, study, 'x'), { code: 'catalogue/not-found' });
});

test('hiding waits for what is just being kept, and neither breaks off the other', async (t) => {
  const { database } = await smallArchive(t);
  const keeping = await database.pool.connect();
  try {
    // The order of keep_batch: counts of the series, then of the study.
    await keeping.query('begin');
    await keeping.query("update series set instance_count = instance_count where series_uid = '2.25.1.2'");
    const hidden = hide(database, 1, study, 'wrong patient');
    hidden.catch(() => undefined);
    const waits = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    // Asked outside that transaction, in which the answer would stay the first one.
    while ((await database.query(waits)).length === 0);
    await keeping.query('update study set instance_count = instance_count');
    await keeping.query('commit');
    assert.equal(await hidden, 4);
  } finally {
    keeping.release(true);
  }
});

test('what is sent again into a hidden study stays hidden', async (t) => {
  const archive = await smallArchive(t);
  await hide(archive.database, 1, study, 'wrong patient');
  assert.equal((await archive.cStore(ctSlice({ studyUid: STUDY, series: 2, instance: 9 }))).keptAs, 'same');
  assert.equal((await archive.cStore(ctSlice({ studyUid: STUDY, series: 2, instance: 11 }))).keptAs, 'first');
  await assert.rejects(instancesBelow(archive.database, 1, study), { code: 'catalogue/hidden' });
  assert.equal(await unhide(archive.database, 1, study), 5);
});

test('verify finds what is damaged, cut, missing or unknown, and nothing else', async (t) => {
  const { database, store, folder } = await smallArchive(t);
  const [header, pixels, cut, missing] = (await instancesBelow(database, 1, study)).map(({ object }) => object);
  const flip = async (object: string, at: number) => {
    const file = await open(`${folder}/${object}`, 'r+');
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, at);
    byte[0]! ^= 1;
    await file.write(byte, 0, 1, at);
    await file.close();
  };
  await copyFile(`${folder}/${pixels}`, `${folder}/${pixels!.replace(/[0-9a-f]{32}/, 'f'.repeat(32))}`);
  await flip(header!, 3);
  await flip(pixels!, (await store.size(pixels!))! - 1);
  await truncate(`${folder}/${cut}`, 700);
  await unlink(`${folder}/${missing}`);
  const reports = await Array.fromAsync(verify(database, store));
  const kindOf = new Map(reports.map(({ object, kind }) => [object, kind]));
  assert.deepEqual(
    [header, pixels, cut, missing].map((object) => kindOf.get(object!)),
    ['damaged', 'damaged', 'damaged', 'missing'],
  );
  assert.deepEqual(reports.filter(({ kind }) => kind === 'unknown').length, 1);
  assert.equal(reports.length, 5);
});

test('the event feed gives every event once, in an order that no later commit changes', async (t) => {
  const { database, cStore } = await smallArchive(t);
  const slow = await database.pool.connect();
  await slow.query('begin');
  await slow.query("insert into event (tenant, kind) values (1, 'slow')");
  await cStore(ctSlice({ studyUid: STUDY, series: 3 }));
  const first = await readEvents(database);
  assert.deepEqual(
    first.map(({ kind }) => kind),
    Array(4).fill('instances-kept'),
    'what came after the open one waits',
  );
  await slow.query('commit');
  slow.release();
  const rest = await readEvents(database, { after: first.at(-1)!.cursor });
  assert.deepEqual(
    rest.map(({ kind }) => kind),
    ['slow', 'instances-kept'],
  );
  assert.deepEqual(await readEvents(database, { after: rest.at(-1)!.cursor }), []);
  const all = await readEvents(database, { limit: 3 });
  assert.equal(all.length, 3);
});

test('/metadata of a series is every instance in order, with bulk data under the base that was asked for', async (t) => {
  const { database, cStore } = await smallArchive(t);
  const reader = new MetadataReader(database);
  const scope = { ...study, seriesInstanceUid: `${STUDY}.2` };
  const metadata = await reader.read(1, scope, 'https://pacs/dicomweb');
  const body = JSON.parse((await metadata.body()).toString()) as Record<
    string,
    { Value?: unknown[]; BulkDataURI?: string }
  >[];
  assert.deepEqual(
    body.map((each) => each['00080018']!.Value![0]),
    [`${STUDY}.2.9`, `${STUDY}.2.10`],
  );
  assert.equal(
    body[0]!['7FE00010']!.BulkDataURI,
    `https://pacs/dicomweb/studies/${STUDY}/series/${STUDY}.2/instances/${STUDY}.2.9/bulkdata/7FE00010`,
  );
  assert.equal((await reader.read(1, scope, 'https://pacs/dicomweb')).etag, metadata.etag);
  await cStore(ctSlice({ studyUid: STUDY, series: 2, instance: 11 }));
  const later = await reader.read(1, scope, 'https://pacs/dicomweb');
  assert.notEqual(later.etag, metadata.etag);
  assert.equal(JSON.parse((await later.body()).toString()).length, 3);
  assert.equal(JSON.parse((await (await reader.read(1, study, '')).body()).toString()).length, 5);
  const one = await reader.read(1, { ...scope, sopInstanceUid: `${STUDY}.2.9` }, '');
  assert.equal(JSON.parse((await one.body()).toString()).length, 1);
  await hide(database, 1, scope, 'withdrawn');
  await assert.rejects(reader.read(1, scope, ''), { code: 'catalogue/hidden' });
});
