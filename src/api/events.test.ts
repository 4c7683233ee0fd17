import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import { localPrincipal } from '../auth/principal.ts';
import type { Database } from '../storage/database.ts';
import { eventRoutes } from './events.ts';

interface Told {
  cursor: string;
  kind: string;
}

const happen = async (database: Database, kind: string, tenant = 1): Promise<void> => {
  await database.query('insert into event (tenant, kind) values ($1, $2)', [tenant, kind]);
  await database.query(`select pg_notify('event', '')`);
};

const ask = (database: Database, at: number, query: object): Promise<unknown> =>
  eventRoutes[at]!.handle({ context: { database }, principal: localPrincipal, query } as never);

test('who waits for events has the next one when it happens, and none of another tenant', async (t) => {
  const database = await testDatabase(t);
  assert.deepEqual(await ask(database, 0, { limit: 10, wait: 0 }), []);
  const waiting = ask(database, 0, { limit: 10, wait: 50 }) as Promise<Told[]>;
  await happen(database, 'theirs', 2);
  await happen(database, 'ours');
  const told = await waiting;
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ['ours'],
  );
  await happen(database, 'later');
  const next = (await ask(database, 0, { limit: 10, wait: 50, after: told[0]!.cursor })) as Told[];
  assert.deepEqual(
    next.map(({ kind }) => kind),
    ['later'],
  );
});

test('lines go on from the cursor that is handed back, an event a line', async (t) => {
  const database = await testDatabase(t);
  await happen(database, 'first');
  await happen(database, 'second');
  const read = async (after?: string) => {
    const lines = (await ask(database, 1, after === undefined ? {} : { after })) as AsyncGenerator<Uint8Array>;
    const told: Told[] = [];
    return {
      told,
      async until(count: number) {
        while (told.length < count) {
          const { value } = await lines.next();
          for (const line of String(Buffer.from(value!)).split('\n')) if (line !== '') told.push(JSON.parse(line));
        }
        return told.map(({ kind }) => kind);
      },
      end: () => lines.return(undefined),
    };
  };
  const one = await read();
  assert.deepEqual(await one.until(2), ['first', 'second']);
  await happen(database, 'third');
  assert.deepEqual(await one.until(3), ['first', 'second', 'third']);
  await one.end();
  const again = await read(one.told[0]!.cursor);
  assert.deepEqual(await again.until(2), ['second', 'third']);
  await again.end();
});
