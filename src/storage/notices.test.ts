import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';

test('what one connection announces is heard, on its channel only', async (t) => {
  const database = await testDatabase(t);
  const heard: string[] = [];
  const last = Promise.withResolvers<void>();
  await database.notices.on('peer', (payload) => heard.push(payload));
  await database.notices.on('done', () => last.resolve());
  await database.query("select pg_notify('peer', 'CT1'), pg_notify('token', 'x'), pg_notify('done', '')");
  await last.promise;
  assert.deepEqual(heard, ['CT1']);
});

test('after a break every listener hears that something may have been missed, and later notices again', async (t) => {
  const database = await testDatabase(t);
  const missed = Promise.withResolvers<string>();
  const off = await database.notices.on('peer', missed.resolve);
  await database.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fascia notices' and datname = current_database()",
  );
  assert.equal(await missed.promise, '');
  off();
  const later = Promise.withResolvers<string>();
  await database.notices.on('peer', later.resolve);
  await database.query("select pg_notify('peer', 'CT2')");
  assert.equal(await later.promise, 'CT2');
});
