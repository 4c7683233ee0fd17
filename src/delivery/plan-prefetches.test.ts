import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import { readRules } from '../routing/rule-set.ts';
import { headCt } from '../routing/testing/studies.ts';
import { settlePrefetch, settlePull, takePrefetch, takePull } from '../storage/prefetches.ts';
import { planForOrder } from './plan-prefetches.ts';

const rules = readRules(
  `
rules:
  - name: priors
    on: order
    by: {at: order.neededBy, warn: 2h}
    do: {prefetch: {from: [PACS, OLD], priority: HIGH}}
  - name: of-studies
    do: {prefetch: {from: PACS}}
`,
  { version: '4' },
);
const identifiers = [{ issuer: 'NORTH', id: 'P1' }];

test('an order is asked about once, by rules that are about orders, however often it is changed', async (t) => {
  const database = await testDatabase(t);
  const placed = (id: string) =>
    database.kysely
      .transaction()
      .execute((transaction) =>
        planForOrder(transaction, { tenant: 1, id, identifiers, facts: headCt() }, rules, new Date()),
      );
  await placed('17');
  await placed('17');
  const taken = (await takePrefetch(database, 'a'))!;
  assert.deepEqual(
    [taken.rule, taken.ruleSet, taken.archives, taken.identifiers, taken.study],
    ['priors', 4, ['PACS', 'OLD'], identifiers, null],
  );
  assert.equal(await takePrefetch(database, 'b'), undefined);
});

test('a study that two orders want is pulled once, as urgently as the more urgent wants it, by one node at a time', async (t) => {
  const database = await testDatabase(t);
  const priors = [{ studyUid: '1.2.3', archive: 'PACS', instances: 2 }];
  for (const id of ['1', '2']) {
    await database.kysely
      .transaction()
      .execute((transaction) =>
        planForOrder(transaction, { tenant: 1, id, identifiers, facts: headCt() }, rules, new Date()),
      );
    const prefetch = (await takePrefetch(database, 'a'))!;
    await settlePrefetch(database, prefetch, 'a', { priors });
  }
  const pull = (await takePull(database, 'a'))!;
  assert.deepEqual([pull.studyUid, pull.archive, pull.instances, pull.attempts], ['1.2.3', 'PACS', 2, 1]);
  assert.equal(await takePull(database, 'b'), undefined);
  await settlePull(database, pull, 'a', { problem: 'delivery/incomplete', retryAt: new Date(0) });
  const again = (await takePull(database, 'b'))!;
  assert.equal(again.attempts, 2);
  await settlePull(database, again, 'b', {});
  assert.equal(await takePull(database, 'a'), undefined);
});
