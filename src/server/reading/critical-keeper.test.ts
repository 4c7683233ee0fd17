import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { caseLogOf } from '../../../test/support/case-crowd.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { type TestClock, testClock } from '../../../test/support/test-clock.ts';
import { silentLog } from '../../base/log.ts';
import { Problem } from '../../base/problem.ts';
import type { Actor } from '../../reading/case/case-event.ts';
import { standardPolicy } from '../../reading/critical/policy.ts';
import { criticalRecords } from '../../reading/critical/record.ts';
import { listLoops, type Notice } from '../../reading/store/critical-loops.ts';
import { putPolicy } from '../../reading/store/critical-policies.ts';
import { someFacts, someTerm } from '../../reading/testing/facts.ts';
import { acknowledge } from './acknowledge.ts';
import { CriticalKeeper } from './critical-keeper.ts';

const MINUTE_MS = 60_000;
const reader: Actor = { kind: 'reader', id: 'ada' };
const desk: Actor = { kind: 'desk', id: 'token:1' };

async function exchange(test: TestContext) {
  const database = await testDatabase(test);
  const clock = testClock();
  const cases = caseLogOf(database, clock);
  test.after(() => cases.close());
  const told: Notice[] = [];
  const world = { isDown: false };
  const keeper = () =>
    new CriticalKeeper({
      core: { database, log: silentLog },
      cases,
      term: () => someTerm({ critical: 'standard' }),
      clock,
      tell: async (notice) => {
        if (world.isDown) throw new Problem('delivery/not-now');
        told.push(notice);
      },
      changed: async () => undefined,
    });
  const flagged = await flag();
  return { database, clock, cases, told, world, keeper, ...flagged };

  async function flag(): Promise<{ id: string; loop: string }> {
    const { id } = (await cases.create({ client: 1 }, desk, [
      { kind: 'announced', facts: someFacts(), term: { id: 't', version: 1 } },
      { kind: 'images-arrived', instances: 3 },
      { kind: 'ready', instances: 3, priors: 0 },
      { kind: 'claimed', reader: 'ada', transactionUid: '2.25.1', leaseUntil: clock.now() + 60 * MINUTE_MS },
      { kind: 'opened', reader: 'ada' },
    ]))!;
    const loop = `${id}.1`;
    await cases.change(id, reader, () => [{ kind: 'critical-flagged', loop, category: 1, finding: 'RID4710^RADLEX' }]);
    return { id, loop };
  }
}

/** Looks as the node does every second. */
async function look(keeper: CriticalKeeper, clock: TestClock, minutes: number): Promise<void> {
  clock.advance(minutes * MINUTE_MS);
  await keeper.step();
  await keeper.send();
}

describe('a critical result', () => {
  test('is told to one after the other, each by all of its ways, until all have been told', async (t) => {
    const { keeper: made, clock, cases, told, id, loop, database } = await exchange(t);
    const keeper = made();
    await keeper.follow(id);
    for (let minutes = 0; minutes < 70; minutes += 5) await look(keeper, clock, 5);
    assert.deepEqual(
      told.map(({ recipient, channel }) => `${recipient} ${channel}`),
      ['referrer', 'ward', 'on-call', 'clinical-lead'].flatMap((who) => [`${who} fhir`, `${who} console`]),
    );
    const [record] = criticalRecords(await cases.events(id));
    assert.deepEqual([record!.loop, record!.told.length, record!.isExhausted], [loop, 8, true]);
    // It stays open until somebody has it.
    const [open] = await listLoops(database, 1, { isOpen: true, limit: 10 });
    assert.equal(open!.state, 'exhausted');
    await acknowledge(
      { database, cases },
      {
        tenant: 1,
        loop,
        actor: desk,
        said: {
          recipient: 'clinical-lead',
          readBack: true,
          method: 'api',
        },
      },
    );
    assert.deepEqual(await listLoops(database, 1, { isOpen: true, limit: 10 }), []);
  });

  test('that was acknowledged is told nobody any more', async (t) => {
    const { keeper: made, clock, cases, told, id, loop, database } = await exchange(t);
    const keeper = made();
    await keeper.follow(id);
    await look(keeper, clock, 1);
    await acknowledge(
      { database, cases },
      { tenant: 1, loop, actor: desk, said: { recipient: 'referrer', readBack: true, method: 'link' } },
    );
    for (let minutes = 0; minutes < 60; minutes += 10) await look(keeper, clock, 10);
    assert.deepEqual(new Set(told.map(({ recipient }) => recipient)), new Set(['referrer']));
    const [record] = criticalRecords(await cases.events(id));
    assert.deepEqual([record!.received?.by, record!.received?.method], ['referrer', 'link']);
    const again = { recipient: 'ward', readBack: true, method: 'api' };
    await assert.rejects(acknowledge({ database, cases }, { tenant: 1, loop, actor: desk, said: again }), {
      code: 'reading/out-of-step',
    });
  });

  test('of category 1 is received only by who has said it back', async (t) => {
    const { keeper: made, cases, id, loop, database } = await exchange(t);
    await made().follow(id);
    const said = { recipient: 'ward', readBack: false, method: 'api' };
    await assert.rejects(acknowledge({ database, cases }, { tenant: 1, loop, actor: desk, said: said }), {
      code: 'reading/not-read-back',
    });
    await assert.rejects(
      acknowledge({ database, cases }, { tenant: 2, loop, actor: desk, said: { ...said, readBack: true } }),
      {
        code: 'catalogue/not-found',
      },
    );
  });

  test('goes on where another node left it, and nobody is told twice of one step', async (t) => {
    const { keeper: made, clock, told, id } = await exchange(t);
    await made().follow(id);
    for (let minutes = 0; minutes < 70; minutes += 5) {
      // A node that has just begun each time, and one beside it.
      const [one, other] = [made(), made()];
      clock.advance(5 * MINUTE_MS);
      await Promise.all([one.step(), other.step()]);
      await Promise.all([one.send(), other.send()]);
    }
    assert.equal(told.length, 8);
    assert.equal(new Set(told.map(({ recipient, channel }) => `${recipient} ${channel}`)).size, 8);
  });

  test('waits for a way that fails, and escalates meanwhile', async (t) => {
    const { keeper: made, clock, told, world, id, cases, database } = await exchange(t);
    const keeper = made();
    await keeper.follow(id);
    world.isDown = true;
    await look(keeper, clock, 1);
    await look(keeper, clock, 16);
    assert.equal(told.length, 0);
    const [record] = criticalRecords(await cases.events(id));
    assert.deepEqual(record!.told, []);
    world.isDown = false;
    await database.query('update reading_notice set next_at = now()');
    await keeper.send();
    assert.deepEqual(new Set(told.map(({ recipient }) => recipient)), new Set(['referrer', 'ward']));
  });

  test('is told as its client wants it, by the policy that its term names', async (t) => {
    const { keeper: made, clock, told, id, database } = await exchange(t);
    const rung = { recipient: 'stroke-team', channels: ['console' as const], minutes: 5 };
    const ladder = { rungs: [rung], lead: { recipient: 'chief', channels: ['console' as const] }, readBack: false };
    await putPolicy(database, 1, { ...standardPolicy, ladders: { ...standardPolicy.ladders, 1: ladder } }, 'token:1');
    const keeper = made();
    await keeper.follow(id);
    await look(keeper, clock, 0);
    await look(keeper, clock, 6);
    assert.deepEqual(
      told.map(({ recipient }) => recipient),
      ['stroke-team', 'chief'],
    );
  });

  test('a clock that jumps by a day hurries and delays nobody while a node runs', async (t) => {
    const { keeper: made, clock, told, id } = await exchange(t);
    const jumps = { byMs: 0 };
    const wall = clock.now;
    clock.now = () => wall() + jumps.byMs;
    const keeper = made();
    await keeper.follow(id);
    await look(keeper, clock, 1);
    jumps.byMs = 86_400_000;
    await look(keeper, clock, 10);
    assert.equal(told.length, 2);
    jumps.byMs = -86_400_000;
    await look(keeper, clock, 6);
    assert.deepEqual(new Set(told.map(({ recipient }) => recipient)), new Set(['referrer', 'ward']));
  });
});
