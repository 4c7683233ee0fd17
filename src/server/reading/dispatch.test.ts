import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testDatabase } from '../../../test/support/database.ts';
import { type TestClock, testClock } from '../../../test/support/test-clock.ts';
import { silentLog } from '../../base/log.ts';
import type { CaseHappening } from '../../reading/case/case-event.ts';
import type { CaseFacts } from '../../reading/gate/asked.ts';
import { gates } from '../../reading/gate/gates.ts';
import { aReader, aTerm, theFacts } from '../../reading/gate/testing/rows.ts';
import type { Reader } from '../../reading/readers/reader.ts';
import { CaseLog } from '../../reading/store/case-log.ts';
import { InUse } from '../../reading/store/in-use.ts';
import { someTerm } from '../../reading/testing/facts.ts';
import type { Database } from '../../storage/database.ts';
import { type Dispatch, openDispatch } from './dispatch.ts';

const MINUTE = 60_000;
const desk = { kind: 'desk', id: 'test' } as const;
interface World extends Dispatch {
  database: Database;
  clock: TestClock;
  cases: CaseLog;
  readers: Map<string, Reader>;
  /** Ready to be read. */
  arrive(over?: Partial<CaseFacts>): Promise<string>;
}

const term = aTerm({ levels: someTerm().levels, outOfHours: true });
const shifts = [{ id: 'S', from: '2020-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' }];

async function openNode(
  database: Database,
  clock: TestClock,
  readers: Map<string, Reader>,
): Promise<Dispatch & { cases: CaseLog }> {
  const cases = new CaseLog({ database, clock, term: async () => term });
  const dispatch = await openDispatch({
    ...{ database, clock, cases, log: silentLog, inUse: new InUse(database) },
    terms: { term: () => term },
    readers: { all: () => [...readers.values()], reader: (id) => readers.get(id), roomOf: () => undefined },
    gatesOf: async ({ facts, rungs }, reader, stage) =>
      gates(facts, term, readers.get(reader)!, clock.now(), stage, { widened: rungs.includes('widened') }),
  });
  await dispatch.keeper.open();
  const { close } = dispatch;
  return { ...dispatch, cases, close: () => close().then(() => cases.close()) };
}

async function world(t: TestContext, ids = ['R1', 'R2']): Promise<World> {
  const database = await testDatabase(t);
  const clock = testClock();
  const readers = new Map(ids.map((id) => [id, aReader({ id, shifts })]));
  const node = await openNode(database, clock, readers);
  t.after(() => node.close());
  return { ...node, database, clock, readers, arrive: (over) => arrive(node, over) };
}

async function arrive({ cases, pool }: Pick<World, 'cases' | 'pool'>, over: Partial<CaseFacts> = {}): Promise<string> {
  const announced: CaseHappening = { kind: 'announced', facts: theFacts(over), term: { id: term.id, version: 1 } };
  const { id } = (await cases.create({ client: 1 }, desk, [
    announced,
    { kind: 'images-arrived', instances: 3 },
    { kind: 'ready', instances: 3, priors: 0 },
  ]))!;
  await pool.refresh([id]);
  return id;
}

test('who asks is given what is most urgent, claimed, with what was in the running', async (t) => {
  const { dispatcher, cases, arrive, database } = await world(t);
  await arrive({ priority: 'routine' });
  const stat = await arrive({ priority: 'stat' });
  const next = await arrive({ priority: 'urgent' });
  const given = (await dispatcher.next('R1'))!;
  assert.equal(given.case, stat);
  assert.equal(given.ahead[0], next);
  const reading = await cases.read(stat);
  assert.equal(reading.state, 'claimed');
  assert.equal(reading.claim!.reader, 'R1');
  const { decisions } = await dispatcher.explain(stat);
  assert.equal(decisions[0]!.id, given.decision);
  assert.equal((decisions[0]!.detail as { candidates: unknown[] }).candidates.length, 3);
  const [event] = await database.query(`select detail->>'decision' as id from reading_event where kind = 'claimed'`);
  assert.equal(event!.id, given.decision);
});

test('of readers who ask two nodes at the same moment each has another case, and nobody a case twice', async (t) => {
  const { database, clock, readers, dispatcher, arrive } = await world(t, ['R1', 'R2', 'R3', 'R4']);
  const ids = await Promise.all(Array.from({ length: 12 }, () => arrive()));
  const other = await openNode(database, clock, readers);
  t.after(() => other.close());
  const asks = ['R1', 'R2', 'R3', 'R4'].flatMap((reader) => [dispatcher.next(reader), other.dispatcher.next(reader)]);
  const given = (await Promise.all(asks)).map((each) => each!.case);
  assert.equal(new Set(given).size, 8);
  for (const id of given) assert.ok(ids.includes(id));
  const [{ count }] = (await database.query(
    `select count(*)::integer as count from reading_event where kind = 'claimed'`,
  )) as [{ count: number }];
  assert.equal(count, 8);
});

test('a closed gate is told with its reason, and the case goes to another', async (t) => {
  const { dispatcher, readers, arrive } = await world(t);
  readers.set('R1', aReader({ id: 'R1', shifts, licences: [] }));
  const id = await arrive();
  const { readers: told } = await dispatcher.explain(id);
  const [first, second] = told;
  assert.equal(first!.reader, 'R2');
  assert.deepEqual(
    second!.failed.map(({ gate }) => gate),
    ['licence'],
  );
  assert.equal(await dispatcher.next('R1'), undefined);
  assert.equal((await dispatcher.next('R2'))!.case, id);
  assert.deepEqual((await dispatcher.explain(id, 'R1')).readers, []);
});

test('a claim whose reader is heard of no more comes back, to another reader while there is one', async (t) => {
  const { dispatcher, keeper, pool, cases, clock, arrive, readers } = await world(t);
  const id = await arrive({ priority: 'routine' });
  await dispatcher.next('R1');
  clock.advance(3 * MINUTE);
  await keeper.look();
  assert.equal((await cases.read(id)).state, 'ready');
  await pool.refresh();
  assert.equal(await dispatcher.next('R1'), undefined);
  readers.delete('R2');
  clock.advance(2_000);
  await pool.refresh();
  assert.equal((await dispatcher.next('R1'))!.case, id);
});

test('a case climbs the ladder: widened, pushed to who is free, paged, and late', async (t) => {
  const { dispatcher, keeper, cases, clock, arrive } = await world(t);
  const held = await arrive({ priority: 'stat' });
  assert.equal((await dispatcher.next('R1'))!.case, held);
  await cases.append(held, (await cases.read(held)).sequence, desk, [{ kind: 'opened', reader: 'R1' }]);
  const id = await arrive({ priority: 'urgent' });
  const rungs: string[][] = [];
  for (const minutes of [31, 15, 9, 6]) {
    clock.advance(minutes * MINUTE);
    await cases.heartbeat(held, 'R1', clock.now() + MINUTE);
    await keeper.look();
    const { rungs: climbed, offer } = await cases.read(id);
    rungs.push([...climbed]);
    if (climbed.at(-1) === 'pushed') assert.equal(offer!.reader, 'R2', 'R1 has a case open');
  }
  assert.deepEqual(rungs, [
    ['widened'],
    ['widened', 'pushed'],
    ['widened', 'pushed', 'paged'],
    ['widened', 'pushed', 'paged', 'breached'],
  ]);
});

test('an offer that nobody takes ends, and one that is taken is the next case of its reader', async (t) => {
  const { dispatcher, keeper, pool, cases, clock, arrive } = await world(t, ['R1']);
  const id = await arrive({ priority: 'routine' });
  assert.equal(await dispatcher.push(id), 'R1');
  clock.advance(2 * MINUTE);
  await keeper.look();
  assert.equal((await cases.read(id)).state, 'ready');
  await pool.refresh();
  assert.equal(await dispatcher.push(id), 'R1');
  assert.equal((await dispatcher.next('R1'))!.case, id);
});

test('a shift that nobody took: what is urgent is widened at once, all else after four hours', async (t) => {
  const { keeper, cases, clock, arrive, readers } = await world(t, ['R1']);
  readers.clear();
  const [urgent, routine] = [await arrive({ priority: 'urgent' }), await arrive({ priority: 'routine' })];
  clock.advance(MINUTE);
  await keeper.look();
  assert.deepEqual((await cases.read(urgent)).rungs, ['widened']);
  assert.deepEqual((await cases.read(routine)).rungs, []);
  clock.advance(4 * 60 * MINUTE);
  await keeper.look();
  assert.deepEqual((await cases.read(routine)).rungs, ['widened']);
});

test('a node that begins knows what waits, and how long readings take', async (t) => {
  const { database, clock, readers, cases, dispatcher, arrive } = await world(t);
  const first = await arrive();
  await dispatcher.next('R1');
  const { sequence } = await cases.append(first, (await cases.read(first)).sequence, desk, [
    { kind: 'opened', reader: 'R1' },
  ]);
  clock.advance(4 * MINUTE);
  const entitlement = { licences: ['L'], privilege: 'P', checkedAt: clock.now() };
  const report = { version: 1, reader: 'R1', textHash: 'h', entitlement, overridden: [] };
  await cases.append(first, sequence, desk, [{ kind: 'final-signed', report }]);
  const second = await arrive();
  const other = await openNode(database, clock, readers);
  t.after(() => other.close());
  assert.equal((await other.dispatcher.next('R1'))!.case, second);
  const [decision] = (await other.dispatcher.explain(second)).decisions;
  const [candidate] = (decision!.detail as { candidates: { expectedMs: number }[] }).candidates;
  assert.ok(candidate!.expectedMs < 10 * MINUTE, `expected ${candidate!.expectedMs}`);
});
