import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import { DEFAULT_TENANT } from '../auth/principal.ts';
import { beginning, type IdentityEntry, IdentityLog, type LogPosition, readIdentityLog } from './identity-log.ts';

const entry = (cause: string, tenant = DEFAULT_TENANT): IdentityEntry => ({
  tenant,
  kind: 'sighting',
  cause,
  payload: { patientId: cause },
});

test('what came from one thing is appended once, however often and wherever it is told', async (t) => {
  const database = await testDatabase(t);
  const log = new IdentityLog(database);
  const other = new IdentityLog(database);
  t.after(() => Promise.all([log.close(), other.close()]));
  const causes = Array.from({ length: 50 }, (_, at) => `message:${at % 20}`);
  const answers = await Promise.all(causes.map((cause, at) => (at % 2 === 0 ? log : other).append(entry(cause))));
  assert.equal(answers.filter(({ isNew }) => isNew).length, 20);
  assert.equal(new Set(answers.map(({ id }) => id)).size, 20);
  const [first, again] = [answers[0]!, await log.append(entry('message:0'))];
  assert.deepEqual(again, { id: first.id, isNew: false });
});

test('a reader sees each entry once, also one that a slow transaction commits after later ones', async (t) => {
  const database = await testDatabase(t);
  const log = new IdentityLog(database);
  t.after(() => log.close());
  const seen: string[] = [];
  let position: LogPosition = beginning;
  const read = async () => {
    const answer = await readIdentityLog(database, position);
    position = answer.position;
    seen.push(...answer.entries.map(({ cause }) => cause));
  };
  await log.append(entry('first'));
  const slow = await database.pool.connect();
  await slow.query('begin');
  await slow.query(
    `insert into identity_event (tenant, kind, cause, payload) values (${DEFAULT_TENANT}, 'sighting', 'slow', '{}')`,
  );
  await log.append(entry('quick'));
  await read();
  await read();
  assert.deepEqual(seen, ['first', 'quick']);
  await slow.query('commit');
  slow.release();
  await read();
  await log.append(entry('last'));
  await read();
  await read();
  assert.deepEqual(seen, ['first', 'quick', 'slow', 'last']);
  assert.equal(position.ahead.size, 0);
});
