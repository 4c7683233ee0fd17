import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import { readEvents } from './events.ts';

test('the feed goes in the order of transactions also where their numbers get another digit, and passes over none', async (t) => {
  const database = await testDatabase(t);
  const xids = [8, 9, 10, 11, 98, 99, 100, 101];
  await database.query(
    `insert into event (tenant, kind, xid) select 1, 'x' || n, n::text::xid8 from unnest($1::int[]) as n`,
    [xids],
  );
  const expected = xids.map((xid) => `x${xid}`);
  assert.deepEqual(
    (await readEvents(database)).map(({ kind }) => kind),
    expected,
  );
  for (const limit of [1, 2, 3]) {
    const read: string[] = [];
    for (let after: string | undefined; ; ) {
      const events = await readEvents(database, { ...(after !== undefined && { after }), limit });
      if (events.length === 0) break;
      read.push(...events.map(({ kind }) => kind));
      after = events.at(-1)!.cursor;
    }
    assert.deepEqual(read, expected, `${limit} at a time`);
  }
});
