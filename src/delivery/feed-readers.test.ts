import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { image, insertImages } from '../../test/support/catalogue-rows.ts';
import { testDatabase } from '../../test/support/database.ts';
import { silentLog } from '../base/log.ts';
import type { Database } from '../storage/database.ts';
import { readEvents } from '../storage/events.ts';
import { RuleSets } from '../storage/rule-sets.ts';
import { FactKeeper } from './fact-keeper.ts';
import { Router } from './router.ts';

/** An image of a study of its own, announced as the spine does. */
async function keep(database: Database): Promise<void> {
  await insertImages(database, [image()]);
  await database.query(
    `insert into event (tenant, kind, study, instances)
     select 1, 'instances-kept', study, array[id] from instance order by id desc limit 1`,
  );
}

/** Whether somebody else sees at once what is kept while this is called. */
async function feedGoesOn(database: Database): Promise<boolean> {
  const before = await readEvents(database);
  await keep(database);
  return (await readEvents(database)).length === before.length + 1;
}

async function rulesFor(t: TestContext, database: Database): Promise<RuleSets> {
  await database.query(`insert into destination (tenant, name, kind) values (1, 'NEXT', 'dimse')`);
  const ruleSets = await RuleSets.open(database);
  t.after(() => ruleSets.close());
  const rule = { name: 'all', when: 'known(person.id)', after: 'instance', do: { send: 'NEXT' } };
  await ruleSets.put(1, { rules: [rule] }, 'test');
  return ruleSets;
}

function openRouter(database: Database, ruleSets: RuleSets, person: () => Promise<object>, planned: () => void) {
  return Router.open({
    database,
    log: silentLog,
    ruleSets,
    destination: async () => 1,
    tenantName: async () => 'default',
    person,
    normalised: () => Promise.reject(new Error('no rule asks for it')),
    planned,
  });
}

test('normalising a study holds the feed back for nobody', async (t) => {
  const database = await testDatabase(t);
  await keep(database);
  let goesOn: boolean | undefined;
  const keeper = new FactKeeper({
    database,
    log: silentLog,
    normalised: async () => {
      goesOn ??= await feedGoesOn(database);
      return { procedure: [], series: new Map(), seriesSaid: new Map(), headers: new Map(), foundBy: 'test' };
    },
  });
  await keeper.look();
  await keeper.close();
  assert.equal(goesOn, true);
});

test('asking who somebody is holds the feed back for nobody', async (t) => {
  const database = await testDatabase(t);
  const ruleSets = await rulesFor(t, database);
  await keep(database);
  let goesOn: boolean | undefined;
  const planned = Promise.withResolvers<void>();
  const person = async () => {
    goesOn ??= await feedGoesOn(database);
    return { id: 'p1' };
  };
  const router = await openRouter(database, ruleSets, person, planned.resolve);
  await planned.promise;
  await router.close();
  assert.equal(goesOn, true);
});

test('two nodes that route at the same time plan each object once', async (t) => {
  const database = await testDatabase(t);
  const ruleSets = await rulesFor(t, database);
  await keep(database);
  // Both have gathered what there is before either writes.
  const both = Promise.withResolvers<void>();
  let asked = 0;
  const person = async () => {
    asked += 1;
    if (asked === 2) both.resolve();
    await both.promise;
    return { id: 'p1' };
  };
  const planned = Promise.withResolvers<void>();
  let times = 0;
  const count = () => {
    times += 1;
    planned.resolve();
  };
  const nodes = [
    await openRouter(database, ruleSets, person, count),
    await openRouter(database, ruleSets, person, count),
  ];
  await planned.promise;
  for (const node of nodes) await node.close();
  assert.equal(times, 1);
  const [row] = await database.query<{ count: number }>('select count(*)::integer as count from delivery');
  assert.equal(row!.count, 1);
});

test('what is kept after another node put rules in force is routed by these, though no notice of them came yet', async (t) => {
  const database = await testDatabase(t);
  const ruleSets = await rulesFor(t, database);
  const deaf = { query: database.query.bind(database), notices: { on: async () => () => undefined } };
  const held = await RuleSets.open(deaf as unknown as Database);
  const rule = { name: 'another', when: 'true', after: 'instance', do: { send: 'NEXT' } };
  const version = await ruleSets.put(1, { rules: [rule] }, 'test');
  assert.notEqual(held.inForce(1)!.version, version);
  await keep(database);
  const planned = Promise.withResolvers<void>();
  const router = await openRouter(database, held, async () => ({ id: 'p1' }), planned.resolve);
  await planned.promise;
  await router.close();
  assert.deepEqual(await database.query('select rule_set from consignment'), [{ rule_set: version }]);
});
