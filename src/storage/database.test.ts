import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import { Problem } from '../base/problem.ts';
import { DatabaseFault } from './database-problem.ts';

test('an empty database becomes a catalogue with one tenant', async (t) => {
  const database = await testDatabase(t);
  const tenants = await database.kysely.selectFrom('tenant').selectAll().execute();
  assert.deepEqual(tenants, [{ id: 1, name: 'default' }]);
});

test('a failed statement is a Problem that names no value of any row', async (t) => {
  const database = await testDatabase(t);
  const insert = () => database.query("insert into tenant (name) values ('MANN^UNVERKENNBAR')");
  await insert();
  const failure = await insert().catch((thrown: unknown) => thrown);
  assert(failure instanceof Problem);
  assert.equal(failure.code, 'internal/unexpected');
  assert(failure.cause instanceof DatabaseFault);
  assert.equal(failure.cause.state, '23505');
  assert.equal(failure.cause.constraint, 'tenant_name_key');
  const badCast = await database.query("select 'MANN^UNVERKENNBAR'::integer").catch((thrown: unknown) => thrown);
  assert(badCast instanceof Problem);
  for (const { cause } of [failure, badCast]) assert.doesNotMatch(`${cause} ${JSON.stringify(cause)}`, /UNVERKENNBAR/);
});

test('a connection that the server ends is a catalogue that cannot be reached, and the next one works', async (t) => {
  const database = await testDatabase(t);
  const ended = database.query('select pg_terminate_backend(pg_backend_pid())');
  await assert.rejects(ended, { name: 'Problem', code: 'storage/unavailable' });
  assert.deepEqual(await database.query('select 1 as one'), [{ one: 1 }]);
});

test('a connection that the server ends while somebody holds it refuses the next question, and ends nothing else', async (t) => {
  const database = await testDatabase(t);
  const client = await database.pool.connect();
  const { rows } = await client.query('select pg_backend_pid() as pid');
  const gone = new Promise((resolve) => client.once('end', resolve));
  await database.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
  await gone;
  await assert.rejects(client.query('select 1'), { name: 'Problem', code: 'storage/unavailable' });
  client.release(true);
  assert.deepEqual(await database.query('select 1 as one'), [{ one: 1 }]);
});

test('a connection that breaks off in the middle of a statement is a catalogue that cannot be reached', async (t) => {
  const database = await testDatabase(t);
  const client = await database.pool.connect();
  const { stream } = (client as unknown as { connection: { stream: { destroy(error: Error): void } } }).connection;
  client.release();
  const asked = database.query('select pg_sleep(10)');
  stream.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
  await assert.rejects(asked, { name: 'Problem', code: 'storage/unavailable' });
});

test('a cancelled statement is not a failure of the catalogue', async (t) => {
  const database = await testDatabase(t);
  const kysely = database.kysely.transaction().execute(async (transaction) => {
    const { sql } = await import('kysely');
    await sql`set local statement_timeout = 1`.execute(transaction);
    await sql`select pg_sleep(10)`.execute(transaction);
  });
  await assert.rejects(kysely, { name: 'Problem', code: 'request/cancelled' });
});
