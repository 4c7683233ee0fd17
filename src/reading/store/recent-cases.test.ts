import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseLogOf } from '../../../test/support/case-crowd.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { testClock } from '../../../test/support/test-clock.ts';
import { tenantNamed } from '../../auth/tenants.ts';
import { someFacts } from '../testing/facts.ts';
import { recentCases } from './recent-cases.ts';

test('cases of late are those that became ready since, of the client, of the room, or of all', async (t) => {
  const database = await testDatabase(t);
  const clock = testClock(Date.parse('2026-11-01'));
  const log = caseLogOf(database, clock);
  const room = await tenantNamed(database, 'reading/nightowl');
  const [exchange, term] = [{ kind: 'exchange', id: 'intake' } as const, { id: 'north-nightowl/ct', version: 1 }];
  const made = (studyUid: string, modality: string) =>
    log.create({ client: 1, room, studyUid }, exchange, [
      { kind: 'announced', facts: someFacts({ modality }), term },
      { kind: 'images-arrived', instances: 3 },
      { kind: 'ready', instances: 3, priors: 0 },
    ]);
  await made('1.1', 'MR');
  clock.advance(86_400_000);
  await made('1.2', 'CT');
  await log.create({ client: 1, studyUid: '1.3' }, exchange, [{ kind: 'announced', facts: someFacts(), term }]);
  const since = new Date(clock.now() - 1000);
  const found = async (tenant?: number, from = since) =>
    (await recentCases(database, { tenant, since: from })).map(({ facts, term: { id } }) => [facts.modality, id]);
  const ct = ['CT', 'north-nightowl/ct'];
  assert.deepEqual([await found(1), await found(room), await found()], [[ct], [ct], [ct]]);
  assert.deepEqual(await found(1, new Date(0)), [ct, ['MR', 'north-nightowl/ct']]);
  assert.deepEqual(await found(await tenantNamed(database, 'south')), []);
});
