// The logs of cases on PostgreSQL: many at once, and processes that are killed between two statements.
// `npm run campaign -- reading-log 50` kills as many as you like.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, type TestContext, test } from 'node:test';
import { foldCase } from '../../src/reading/case/fold.ts';
import { brokenLaws } from '../../src/reading/testing/case-laws.ts';
import type { Database } from '../../src/storage/database.ts';
import { campaignRounds, campaignSeed } from '../support/campaign/rounds.ts';
import { caseLogOf, createCases, crowd } from '../support/case-crowd.ts';
import { testDatabase } from '../support/database.ts';

const limits = { cases: 25, asked: 1500, killedAfter: 150 };

describe(`the logs of cases, seed ${campaignSeed}`, () => {
  test('whatever many ask at once, each log keeps the laws, and each row is what its log says', async (t) => {
    const database = await testDatabase(t);
    const ids = await createCases(database, limits.cases, campaignSeed);
    const count = limits.asked * campaignRounds(1);
    const answers = await crowd({ database, seed: campaignSeed, ids, count });
    assert.ok(answers['reading/moved']! > 0, 'some came too late');
    await assertWhole(database, ids);
    const told = await database.query<{ sum: number }>(
      `select sum(json_array_length(detail::json -> 'kinds'))::integer as sum from event where kind = 'reading-case'`,
    );
    assert.equal(told[0]!.sum, answers.appended! + ids.length, 'every entry was told of once');
  });

  test('a node that is killed at any moment has lost nothing that it acknowledged, and left nothing half done', async (t) => {
    const database = await testDatabase(t);
    const ids = await createCases(database, limits.cases, campaignSeed);
    const acknowledged = new Map<string, number>();
    for (let round = 1; round <= campaignRounds(2); round++) {
      for (const [id, sequence] of await crowdUntilKilled(t, database, ids, campaignSeed + round)) {
        acknowledged.set(id, Math.max(sequence, acknowledged.get(id) ?? 0));
      }
      const lengths = await assertWhole(database, ids);
      for (const [id, sequence] of acknowledged) assert.ok(lengths.get(id)! >= sequence, `${id} has lost an entry`);
    }
    assert.ok(acknowledged.size > 0);
  });
});

/** The law of each log, and that the row beside it is its fold; resolves to how long each is. */
async function assertWhole(database: Database, ids: readonly string[]): Promise<Map<string, number>> {
  const log = caseLogOf(database);
  const lengths = new Map<string, number>();
  for (const id of ids) {
    const events = await log.events(id);
    assert.deepEqual(brokenLaws(events), [], id);
    assert.deepEqual(await log.read(id), foldCase(id, events), id);
    lengths.set(id, events.length);
  }
  return lengths;
}

/** Two processes ask at once; both are killed in the middle of it. Resolves to what they said was durable. */
async function crowdUntilKilled(
  t: TestContext,
  database: Database,
  ids: readonly string[],
  seed: number,
): Promise<[id: string, sequence: number][]> {
  const said: [string, number][] = [];
  const children = [0, 1].map((each) =>
    spawn(process.execPath, [join(import.meta.dirname, '../support/case-crowd.ts')], {
      env: {
        ...process.env,
        CASE_CROWD: JSON.stringify({ connection: database.connection, ids, seed: seed * 2 + each }),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  t.after(() => children.map((child) => child.kill('SIGKILL')));
  await Promise.all(
    children.map(async (child) => {
      for await (const line of createInterface({ input: child.stdout })) {
        const [id, sequence] = line.split(' ');
        said.push([id!, Number(sequence)]);
        if (said.length === limits.killedAfter + (seed % 20)) for (const each of children) each.kill('SIGKILL');
      }
    }),
  );
  return said;
}
