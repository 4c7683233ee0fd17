import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import { DEFAULT_TENANT } from '../auth/principal.ts';
import { openAuthorities } from './authorities.ts';

test('an authority is in force at once, on other nodes when they hear of it, and in its own tenant alone', async (t) => {
  const database = await testDatabase(t);
  await database.query(`insert into tenant (name) values ('other')`);
  const heard = Promise.withResolvers<void>();
  const here = await openAuthorities(database);
  const there = await openAuthorities(database, heard.resolve);
  await here.put(DEFAULT_TENANT, { name: 'NORTH', universalId: '1.2.3', sources: ['CT1'] });
  assert.equal(here.of(DEFAULT_TENANT).ofSource('CT1'), 'NORTH');
  assert.equal(here.of(DEFAULT_TENANT + 1).ofSource('CT1'), '');
  await heard.promise;
  assert.equal(there.of(DEFAULT_TENANT).canonical('1.2.3&ISO'), 'NORTH');
  await here.put(DEFAULT_TENANT, { name: 'NORTH', sources: [] });
  assert.equal(here.of(DEFAULT_TENANT).ofSource('CT1'), '');
  await here.remove(DEFAULT_TENANT, 'NORTH');
  await assert.rejects(here.remove(DEFAULT_TENANT, 'NORTH'), { code: 'catalogue/not-found' });
  here.close();
  there.close();
});
