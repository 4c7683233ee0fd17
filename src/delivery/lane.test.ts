import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { destination, waiting } from '../../test/support/waiting-consignment.ts';
import { silentLog } from '../base/log.ts';
import { Problem } from '../base/problem.ts';
import type { Database } from '../storage/database.ts';
import { releaseHeld } from '../storage/ledger.ts';
import { Lane } from './lane.ts';
import type { Line } from './line.ts';

/** `breaks`: statements of which the first so many fail, done or not done. */
function breaking(database: Database, breaks: { statement: RegExp; times: number; isDone: boolean }[]): Database {
  return {
    ...database,
    async query(text, values) {
      const broken = breaks.find(({ statement, times }) => times > 0 && statement.test(text));
      if (broken === undefined) return database.query(text, values);
      broken.times -= 1;
      if (broken.isDone) await database.query(text, values);
      throw new Problem('storage/unavailable');
    },
  };
}

/** Resolves to what was sent, once a lane has nothing more to send. */
async function sentOver(t: TestContext, database: Database): Promise<string[]> {
  const sent: string[] = [];
  const all = Promise.withResolvers<void>();
  const questions = {
    askAfterMs: 0,
    async held() {
      all.resolve();
      return new Set(sent);
    },
  };
  const line: Line = {
    questions,
    prepare: () => {},
    sendMade: () => Promise.reject(new Error('nothing is corrected')),
    async send({ sopInstanceUid }) {
      sent.push(sopInstanceUid);
      return { taken: true, status: 0 };
    },
    close: async () => {},
    abort: () => {},
  };
  const lane = new Lane({ database, log: silentLog, destination, holder: 'node', open: () => line, patientOf });
  t.after(() => lane.close());
  lane.look();
  await all.promise;
  await lane.close();
  return sent;
}

const patientOf = async () => ({ label: '' });

const inOrder = ['2.25.5.1.1', '2.25.5.1.2', '2.25.5.1.3'];

test('what a receiver took is not sent again because the catalogue was away when it was to be written', async (t) => {
  const database = await waiting(t);
  const breaks = [
    { statement: /^update delivery d set state/, times: 2, isDone: false },
    { statement: /^update consignment set holder = null/, times: 2, isDone: false },
  ];
  assert.deepEqual(await sentOver(t, breaking(database, breaks)), inOrder);
  assert.deepEqual(await database.query('select distinct state from delivery'), [{ state: 'verified' }]);
});

test('what was taken, and the answer lost, is taken again at once', async (t) => {
  const database = await waiting(t);
  const breaks = [{ statement: /^update consignment set holder = \$2/, times: 1, isDone: true }];
  assert.deepEqual(await sentOver(t, breaking(database, breaks)), inOrder);
});

test('a node that is started again asks at once for what it was asking for when it was killed', async (t) => {
  const database = await waiting(t);
  await sentOver(t, database);
  await database.query(`update delivery set state = 'accepted'`);
  await database.query(
    `update consignment set verify_at = now(), holder = 'node', held_until = now() + interval '1 hour'`,
  );
  await releaseHeld(database, 'node');
  const [row] = await database.query('select holder from consignment where held_until <= now()');
  assert.deepEqual(row, { holder: null });
});
