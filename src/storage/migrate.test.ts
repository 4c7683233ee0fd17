import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { testDatabase } from '../../test/support/database.ts';
import { silentLog } from '../base/log.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';

// Migrations of the tests have high numbers: those of the catalogue were applied before them.
async function historyOf(t: TestContext, files: Record<string, string>) {
  const directory = await mkdtemp(path.join(tmpdir(), 'fascia-migrations-'));
  t.after(() => rm(directory, { recursive: true }));
  const write = async (name: string, sql: string) => writeFile(path.join(directory, name), sql);
  for (const [name, sql] of Object.entries(files)) await write(name, sql);
  return { folder: pathToFileURL(`${directory}/`), write };
}

async function emptyDatabase(t: TestContext): Promise<() => Promise<pg.Client>> {
  const { connection, query } = await testDatabase(t);
  await query('delete from migration');
  return async () => {
    const client = new pg.Client(connection);
    await client.connect();
    t.after(() => client.end());
    return client;
  };
}

test('migrations are applied once, in order, and new ones later', async (t) => {
  const connect = await emptyDatabase(t);
  const { folder, write } = await historyOf(t, {
    '0002-b.sql': 'alter table a add column b integer',
    '0001-a.sql': 'create table a (a integer); insert into a values (1)',
  });
  const client = await connect();
  assert.deepEqual(await migrate(client, folder), ['0001-a.sql', '0002-b.sql']);
  await write('0003-c.sql', 'update a set b = a + 1');
  assert.deepEqual(await migrate(client, folder), ['0003-c.sql']);
  assert.deepEqual((await client.query('select * from a')).rows, [{ a: 1, b: 2 }]);
});

test('nodes that start together on one database migrate it once', async (t) => {
  const connect = await emptyDatabase(t);
  const { folder } = await historyOf(t, { '0001-a.sql': 'create table a (a integer); select pg_sleep(0.05)' });
  const clients = [await connect(), await connect(), await connect()];
  const applied = await Promise.all(clients.map((client) => migrate(client, folder)));
  assert.deepEqual(applied.flat(), ['0001-a.sql']);
});

test('a migration that fails leaves nothing of itself, and those before it', async (t) => {
  const connect = await emptyDatabase(t);
  const { folder, write } = await historyOf(t, {
    '0001-a.sql': 'create table a (a integer)',
    '0002-b.sql': 'create table b (b integer); select 1/0',
  });
  const client = await connect();
  await assert.rejects(migrate(client, folder), /migration 0002-b\.sql failed: division by zero/);
  assert.deepEqual((await client.query("select to_regclass('a') is null as a, to_regclass('b') is null as b")).rows, [
    { a: false, b: true },
  ]);
  await write('0002-b.sql', 'create table b (b integer)');
  assert.deepEqual(await migrate(client, folder), ['0002-b.sql']);
});

test('a migration that was changed after it was applied is refused, and so is the catalogue of a newer release', async (t) => {
  const connect = await emptyDatabase(t);
  const { folder, write } = await historyOf(t, { '0001-a.sql': 'create table a (a integer)' });
  const client = await connect();
  await migrate(client, folder);
  await write('0001-a.sql', 'create table a (a bigint)');
  await assert.rejects(migrate(client, folder), /0001-a\.sql was changed after it was applied/);
  const { folder: older } = await historyOf(t, {});
  await assert.rejects(migrate(client, older), /brought up to 0001-a\.sql by a newer release/);
});

test('a database that runs elsewhere is used by its URL', async (t) => {
  const { connection } = await testDatabase(t);
  const url = `postgresql://${connection.user}@/${connection.database}?host=${encodeURIComponent(connection.host!)}`;
  const database = await openDatabase({ url, dataDir: '/nonexistent', log: silentLog });
  assert.deepEqual(await database.query('select name from tenant'), [{ name: 'default' }]);
  await database.close();
  const nowhere = openDatabase({
    url: 'postgresql://fascia:secret@127.0.0.1:1/x',
    dataDir: '/nonexistent',
    log: silentLog,
  });
  await assert.rejects(nowhere, { message: 'the database cannot be reached: connect ECONNREFUSED 127.0.0.1:1' });
});
