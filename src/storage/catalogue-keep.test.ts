import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type pg from 'pg';
import { testArchive } from '../../test/support/archive.ts';
import { ctSlice } from '../../test/support/ct-slice.ts';
import { Problem } from '../base/problem.ts';
import { Keeper, limits } from './catalogue-keep.ts';
import type { Database } from './database.ts';
import type { KeepRequest } from './keep-rows.ts';
import { verify } from './verify.ts';

const STUDY = '2.25.1';

test('a database connection that breaks in the middle of keeping loses nothing and doubles nothing', async (t) => {
  const archive = await testArchive(t);
  let sending = true;
  let ended = 0;
  const breaking = async () => {
    while (sending) {
      const backends = await archive.database.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and query like '%keep_batch%' and pid <> pg_backend_pid()`,
      );
      ended += backends.length;
      await archive.cStore(ctSlice({ studyUid: '2.25.2' }));
    }
  };
  const association = async (series: number) => {
    for (let instance = 1; instance <= 25; instance++) {
      const { keptAs } = await archive.cStore(ctSlice({ studyUid: STUDY, series, instance }));
      assert.equal(keptAs, 'first');
    }
  };
  const broken = breaking();
  await Promise.all([1, 2, 3].map(association)).finally(() => {
    sending = false;
  });
  await broken;
  assert(ended > 0);
  const [study] = await archive.database.query('select instance_count, series_count from study where study_uid = $1', [
    STUDY,
  ]);
  assert.deepEqual(study, { instance_count: 75, series_count: 3 });
  const reports = await Array.fromAsync(verify(archive.database, archive.store));
  assert.deepEqual(
    reports.filter(({ kind }) => kind !== 'good'),
    [],
  );
  assert.equal(reports.length, 76);
});

test('a database connection that breaks before its first batch is given back, and the next one keeps', async (t) => {
  const archive = await testArchive(t);
  const { pool } = archive.database;
  const connect = pool.connect.bind(pool) as (...callback: unknown[]) => Promise<pg.PoolClient>;
  const refused = new Problem('storage/unavailable');
  let given = 0;
  const mocked = t.mock.method(pool, 'connect', async (...callback: unknown[]) => {
    if (callback.length > 0) return connect(...callback); // for a single query
    const client = await connect();
    given += 1;
    // Once: what the server says when it ends a connection that has just been taken.
    if (given === 1) t.mock.method(client, 'query', () => Promise.reject(refused), { times: 1 });
    return client;
  });
  assert.equal((await archive.cStore(ctSlice({ studyUid: STUDY }))).keptAs, 'first');
  assert(given > 1);
  mocked.mock.restore();
  assert.equal(pool.totalCount - pool.idleCount, 1, 'only the one that keeps is held');
});

test('two nodes keep one study at the same time, the same instances too, and count each once', async (t) => {
  const one = await testArchive(t);
  const two = await testArchive(t, { beside: one });
  const keep = async (archive: typeof one, series: number[]) => {
    await Promise.all(
      series.map(async (number) => {
        for (let instance = 1; instance <= 15; instance++) {
          await archive.cStore(ctSlice({ studyUid: STUDY, series: number, instance }));
        }
      }),
    );
  };
  await Promise.all([keep(one, [1, 2, 3]), keep(two, [3, 2, 4])]);
  const [study] = await one.database.query('select instance_count, series_count from study');
  assert.deepEqual(study, { instance_count: 60, series_count: 4 });
  const series = await one.database.query<{ instance_count: number }>('select instance_count from series');
  assert.deepEqual(
    series.map(({ instance_count }) => instance_count),
    [15, 15, 15, 15],
  );
});

test('a study that is remembered and was taken away by another node is made anew', async (t) => {
  const archive = await testArchive(t);
  await archive.cStore(ctSlice({ studyUid: STUDY, instance: 1 }));
  await archive.database.query('delete from instance; delete from series; delete from study');
  assert.equal((await archive.cStore(ctSlice({ studyUid: STUDY, instance: 2 }))).keptAs, 'first');
  const [study] = await archive.database.query('select instance_count from study');
  assert.deepEqual(study, { instance_count: 1 });
});

test('when too many wait for their commit, the next is told to come again', async () => {
  const pool = { connect: () => new Promise(() => undefined) };
  const keeper = new Keeper({ pool } as unknown as Database);
  const request = { seriesUid: '1', instance: { sop_uid: '1' } } as unknown as KeepRequest;
  for (let n = 0; n < limits.queuedInstances; n++) void keeper.keep(request);
  assert.equal(keeper.queued, limits.queuedInstances);
  await assert.rejects(keeper.keep(request), { code: 'request/overloaded' });
});

test('instances that arrive on several associations at once share a commit; one that stalls holds nobody up', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const request = { seriesUid: '1', instance: { sop_uid: '1' } } as unknown as KeepRequest;
  const keeper = new Keeper({ pool: { connect: () => new Promise(() => undefined) } } as unknown as Database);
  const hasArrived = keeper.arrives();
  void keeper.keep(request);
  await turn();
  assert.equal(keeper.queued, 1, 'waits for the one that arrives');
  hasArrived();
  void keeper.keep(request);
  await turn();
  assert.equal(keeper.queued, 0, 'both are being committed');

  const other = new Keeper({ pool: { connect: () => new Promise(() => undefined) } } as unknown as Database);
  other.arrives();
  void other.keep(request);
  await turn();
  t.mock.timers.tick(limits.gatherMs);
  await turn();
  assert.equal(other.queued, 0);
});
