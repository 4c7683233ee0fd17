import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import type { Database } from './database.ts';
import { EVENT_CHANNEL, latestCursor } from './events.ts';
import { FeedFollower, type FeedFollowerOptions } from './feed-follower.ts';
import { feedPosition } from './feed-position.ts';

async function happens(database: Database, ...kinds: string[]): Promise<void> {
  for (const kind of kinds) await database.query(`insert into event (tenant, kind) values (1, $1)`, [kind]);
  await database.query('select pg_notify($1, $2)', [EVENT_CHANNEL, '']);
}

/** `take`: what is done of the kinds that were read. Resolves `once` so many were dealt with. */
async function following(t: TestContext, over: Partial<FeedFollowerOptions> = {}) {
  const database = over.database ?? (await testDatabase(t));
  const taken: string[] = [];
  let waiting: { count: number; reached: () => void } | undefined;
  const feed = await FeedFollower.open({
    ...{ database, reader: 'report_cursor', events: 3, pauseMs: 0, lookMs: 50 },
    async take(events) {
      taken.push(...events.map(({ kind }) => kind));
      if (waiting !== undefined && taken.length >= waiting.count) waiting.reached();
    },
    failed: () => undefined,
    ...over,
  });
  t.after(() => feed.close());
  const once = (count: number): Promise<void> =>
    new Promise((reached) => {
      waiting = { count, reached };
      if (taken.length >= count) reached();
    });
  return { database, feed, taken, once };
}

test('what happens is dealt with in its order, by steps, and not again by who begins later', async (t) => {
  const { database, feed, taken, once } = await following(t);
  await happens(database, 'a', 'b', 'c', 'd');
  await once(4);
  await happens(database, 'e');
  await once(5);
  assert.deepEqual(taken, ['a', 'b', 'c', 'd', 'e']);
  // One that stops in the midst of a step leaves it to the next.
  const end = await latestCursor(database);
  while ((await feedPosition(database, 'report_cursor')) !== end) await new Promise((resolve) => setImmediate(resolve));
  await feed.close();
  const next = await following(t, { database });
  await happens(database, 'f');
  await next.once(1);
  assert.deepEqual(next.taken, ['f']);
});

test('what could not be dealt with is dealt with again', async (t) => {
  const attempts: string[][] = [];
  const done = Promise.withResolvers<void>();
  const { database } = await following(t, {
    async take(events) {
      attempts.push(events.map(({ kind }) => kind));
      if (attempts.length === 1) throw new Error('the catalogue is away');
      done.resolve();
    },
  });
  await happens(database, 'a');
  await done.promise;
  assert.deepEqual(attempts, [['a'], ['a']]);
});

test('of two nodes one deals with each event', async (t) => {
  const one = await following(t);
  const other = await following(t, { database: one.database });
  const kinds = Array.from({ length: 30 }, (_, at) => `k${at}`);
  await happens(one.database, ...kinds);
  while (one.taken.length + other.taken.length < kinds.length) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([...one.taken, ...other.taken].sort(), kinds.sort());
});

test('where nobody wants it nothing is read; what happened just before somebody did is dealt with', async (t) => {
  let isWanted = false;
  const { database, taken, once } = await following(t, { isWanted: async () => isWanted });
  await happens(database, 'a');
  assert.equal(await feedPosition(database, 'report_cursor'), undefined);
  assert.deepEqual(taken, []);
  isWanted = true;
  await happens(database, 'b');
  await once(2);
  assert.deepEqual(taken, ['a', 'b']);
});
