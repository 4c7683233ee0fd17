import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testDatabase } from '../../../test/support/database.ts';
import { openInterfaces } from '../../auth/interfaces.ts';
import { DEFAULT_TENANT } from '../../auth/principal.ts';
import { systemClock } from '../../base/clock.ts';
import { silentLog } from '../../base/log.ts';
import { makeCandidate } from '../../identity/candidate.ts';
import { IdentityIndex } from '../../identity/identity-index.ts';
import type { Identifier, Sighting } from '../../identity/sighting.ts';
import { makePopulation } from '../../identity/testing/population.ts';
import { identifierOf } from '../../identity/testing/sightings.ts';
import { People } from '../../ingest/identify/people.ts';
import { openAuthorities, type StoredAuthorities } from '../../storage/authorities.ts';
import type { Database } from '../../storage/database.ts';
import { type IdentityEntry, IdentityLog } from '../../storage/identity-log.ts';
import { estimateLogged } from './estimate-logged.ts';
import { IdentityModels, type IdentityModelsOptions } from './identity-models.ts';
import { estimateApart } from './model-estimation.ts';
import { PixChanges } from './pix-changes.ts';

/** Of people: what is written for test patients and the unknown names nobody. */
const { sightings: all, truth } = makePopulation({ persons: 520, seed: 77, hardness: 1 });
const sightings: Sighting[] = all
  .filter((_, at) => !truth[at]!.tags.some((tag) => tag === 'test' || tag === 'trauma'))
  .map((sighting) => ({ ...sighting, issuer: sighting.issuer || sighting.site }));
const said = sightings.map(
  ({ id, ...payload }): IdentityEntry => ({ tenant: DEFAULT_TENANT, kind: 'sighting', cause: id, payload }),
);

interface OpenNode {
  people: People;
  authorities: StoredAuthorities;
  models: IdentityModels;
}

/** `estimate`: in this process and without made-up populations, where they are not what the test is about. */
async function openNode(
  t: TestContext,
  database: Database,
  estimate: IdentityModelsOptions['estimate'] = (...[, task]) => estimateLogged(database, task, () => []),
): Promise<OpenNode> {
  const authorities = await openAuthorities(database);
  const identityLog = new IdentityLog(database);
  const people = await People.open({ database, log: silentLog, identityLog, authorities });
  const models = new IdentityModels({ database, log: silentLog, identity: async () => ({ people }), estimate });
  t.after(async () => {
    await models.close();
    await people.close();
    await identityLog.close();
    authorities.close();
  });
  return { people, authorities, models };
}

const personsOf = (people: People): (string | undefined)[] =>
  sightings.map((sighting) => people.of(DEFAULT_TENANT).personOf(identifierOf(sighting)));

test('nodes of one archive go over to a model at one entry of the log and answer alike, and back when somebody says so', async (t) => {
  const database = await testDatabase(t);
  const [here, there] = [await openNode(t, database), await openNode(t, database)];
  await here.people.append(said);
  await there.people.follow();
  const before = personsOf(here.people);
  assert.deepEqual(personsOf(there.people), before);

  const made = await here.models.estimate(DEFAULT_TENANT);
  assert.deepEqual(made.objections, []);
  await there.people.follow();
  const later = await openNode(t, database);
  const after = personsOf(here.people);
  assert.notDeepEqual(after, before);
  for (const { people } of [there, later]) assert.deepEqual(personsOf(people), after);
  const [one, other] = sightings.map(identifierOf);
  for (const { people } of [here, there, later]) {
    assert.equal(people.of(DEFAULT_TENANT).explain(one!, other!)?.modelVersion, `v${made.version}`);
    for (const id of before) assert.ok(people.of(DEFAULT_TENANT).person(id!), `who was ${id} is found by that`);
  }
  const [use] = (await there.models.standing(DEFAULT_TENANT)).uses;
  assert.deepEqual([use?.version, use?.pinned], [made.version, false]);
  assert.equal(use!.swap!.joined, made.trial.change.joined);
  assert.equal(use!.swap!.split, made.trial.change.split);

  await there.models.use(DEFAULT_TENANT, { version: 0, decidedBy: 'token:1', reason: 'we looked' });
  await here.people.follow();
  for (const { people } of [here, there]) assert.deepEqual(personsOf(people), before);
  const again = await here.models.estimate(DEFAULT_TENANT);
  const chosen = await here.models.standing(DEFAULT_TENANT);
  assert.deepEqual([again.objections, chosen.inForce, chosen.pinned], [[], 0, true], 'what a person chose stays');
  await here.models.release(DEFAULT_TENANT, 'token:1');
  const free = await there.models.standing(DEFAULT_TENANT);
  assert.deepEqual([free.inForce, free.pinned, free.versions.length], [0, false, 2]);
  await assert.rejects(here.models.use(DEFAULT_TENANT, { version: 9, decidedBy: 'token:1' }), {
    code: 'catalogue/not-found',
  });
});

test('ITI-10: whose numbers belong together otherwise since a model came in force is told, and nobody else', async (t) => {
  const database = await testDatabase(t);
  const node = await openNode(t, database);
  const interfaces = await openInterfaces(database, { clock: systemClock });
  t.after(() => interfaces.close());
  const receiver = { sendingApplication: 'PAS', sendingFacility: 'EAST', hosts: [], enabled: true };
  const profile = { notify: { host: '127.0.0.1', port: 1 } };
  await node.people.append(said);
  const before = personsOf(node.people);
  // What was logged before somebody wanted to know is not told.
  await interfaces.put(DEFAULT_TENANT, { name: 'PAS', ...receiver, profile });
  await node.models.estimate(DEFAULT_TENANT);
  const changes = new PixChanges({ database, interfaces }, node);
  await changes.queue();
  const rows = await database.query<{ identifiers: Identifier[] }>('select identifiers from pix_notice order by id');
  const after = personsOf(node.people);
  const told = new Set(rows.map(({ identifiers: [first] }) => node.people.of(DEFAULT_TENANT).personOf(first!)));
  const isJoined = (person: string | undefined): boolean =>
    new Set(before.filter((_, at) => after[at] === person)).size > 1;
  const joined = new Set(after.filter(isJoined));
  assert.ok(joined.size > 0);
  for (const person of joined) assert.ok(told.has(person), `${person} is of several`);
  assert.ok(told.size < new Set(after).size / 4, `${told.size} of ${new Set(after).size} are told of`);
  await changes.queue();
  const [{ count } = { count: 0 }] = await database.query<{ count: number }>('select count(*)::int from pix_notice');
  assert.equal(count, rows.length, 'read once more, nothing is told once more');
});

test('a model that joins what people called two persons is kept with that objection, and not used', async (t) => {
  const database = await testDatabase(t);
  const node = await openNode(t, database);
  await node.people.append(said);
  const [shipped, candidate] = [new IdentityIndex(), new IdentityIndex(candidateModel())];
  for (const index of [shipped, candidate]) index.load(sightings);
  const joins = (index: IdentityIndex, a: Sighting, b: Sighting): boolean =>
    index.personOf(identifierOf(a)) === index.personOf(identifierOf(b));
  const pair = pairsOfPersons(candidate).find(([a, b]) => !joins(shipped, a, b))!;
  await node.people.append([
    {
      tenant: DEFAULT_TENANT,
      kind: 'decision',
      cause: 'decision:1',
      payload: {
        type: 'different',
        of: pair.map(identifierOf),
        authoritative: true,
        timestamp: '2027-02-01T00:00:00Z',
        decidedBy: 'token:1',
      },
    },
  ]);
  const made = await node.models.estimate(DEFAULT_TENANT);
  assert.match(made.objections.join(), /joins 1 pairs that people called two persons/);
  assert.equal(made.basis.decisions, 1);
  const { inForce, uses, versions } = await node.models.standing(DEFAULT_TENANT);
  assert.deepEqual([inForce, uses.length, versions.length], [0, 0, 1]);
  await node.models.use(DEFAULT_TENANT, { version: made.version, decidedBy: 'token:1' });
  assert.equal((await node.models.standing(DEFAULT_TENANT)).inForce, made.version);
  const { people } = node;
  assert.notEqual(
    people.of(DEFAULT_TENANT).personOf(identifierOf(pair[0])),
    people.of(DEFAULT_TENANT).personOf(identifierOf(pair[1])),
    'what a person decided holds under every model',
  );
});

test('a model is estimated in a process of its own, and what that process says of the log is what this one says', async (t) => {
  const database = await testDatabase(t);
  const apart = await openNode(t, database, estimateApart);
  await apart.people.append(said.slice(0, 2_000));
  const here = await estimateLogged(database, { tenant: DEFAULT_TENANT, version: 0 });
  const { trial, basis } = await apart.models.estimate(DEFAULT_TENANT);
  assert.deepEqual({ trial, basis }, { trial: here.trial, basis: { ...here.basis, beside: 0 } });
});

test('few sightings make no model', async (t) => {
  const database = await testDatabase(t);
  const { models, people } = await openNode(t, database);
  await people.append(said.slice(0, 50));
  await assert.rejects(models.estimate(DEFAULT_TENANT), { code: 'identity/too-few-sightings' });
});

const candidateModel = () => makeCandidate({ sightings, statements: [], ofSightings: sightings.length });

function pairsOfPersons(index: IdentityIndex): [Sighting, Sighting][] {
  const persons = Map.groupBy(sightings, (sighting) => index.personOf(identifierOf(sighting)));
  return [...persons.values()].flatMap(([first, ...others]) =>
    others.map((other): [Sighting, Sighting] => [first!, other]),
  );
}
