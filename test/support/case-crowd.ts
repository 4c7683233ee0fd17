// Anything asked of cases in the catalogue, by several at once who know what they read some time ago. Run as a process of its
// own with CASE_CROWD = {connection, seed, cases}: says on its standard output which entries were acknowledged, until it is
// killed.

import { writeSync } from 'node:fs';
import type pg from 'pg';
import { silentLog } from '../../src/base/log.ts';
import { Problem } from '../../src/base/problem.ts';
import { Random } from '../../src/identity/testing/random.ts';
import { CaseLog } from '../../src/reading/store/case-log.ts';
import { someTerm } from '../../src/reading/testing/facts.ts';
import { randomBeginning, randomHappening } from '../../src/reading/testing/random-happening.ts';
import { connectDatabase, type Database } from '../../src/storage/database.ts';
import { testClock } from './test-clock.ts';

const by = { kind: 'exchange', id: 'crowd' } as const;

export interface CrowdOptions {
  database: Database;
  seed: number;
  /** Cases that are there, as they were created. */
  ids: readonly string[];
  /** Things asked, by all together. */
  count: number;
  /** An entry is durable. */
  acknowledged?(id: string, sequence: number): void;
}

export async function createCases(database: Database, count: number, seed: number): Promise<string[]> {
  const log = caseLogOf(database);
  const random = new Random(seed);
  const made = await Promise.all(
    Array.from({ length: count }, () => log.create({ client: 1 }, by, [randomBeginning(random)])),
  );
  await log.close();
  return made.map((each) => each!.id);
}

/** Resolves to how often each answer was given. */
export async function crowd({
  database,
  seed,
  ids,
  count,
  acknowledged,
}: CrowdOptions): Promise<Record<string, number>> {
  const clock = testClock();
  const log = caseLogOf(database, clock);
  const answers: Record<string, number> = {};
  let asked = 0;
  await Promise.all(
    [1, 2, 3, 4].map(async (actor) => {
      const random = new Random(seed * 10 + actor);
      while (asked++ < count) {
        clock.advance(random.below(20_000));
        const known = await log.read(random.pick(ids));
        const happening = randomHappening(random, known, clock.now());
        try {
          const after = await log.append(known.id, known.sequence, by, [happening]);
          acknowledged?.(after.id, after.sequence);
          answers.appended = (answers.appended ?? 0) + 1;
        } catch (thrown) {
          if (!(thrown instanceof Problem) || !thrown.code.startsWith('reading/')) throw thrown;
          answers[thrown.code] = (answers[thrown.code] ?? 0) + 1;
        }
      }
    }),
  );
  await log.close();
  return answers;
}

export const caseLogOf = (database: Database, clock = testClock()): CaseLog =>
  new CaseLog({ database, clock, term: async () => someTerm() });

if (process.env.CASE_CROWD !== undefined) {
  const { connection, seed, ids } = JSON.parse(process.env.CASE_CROWD) as {
    connection: pg.ClientConfig;
    seed: number;
    ids: string[];
  };
  await crowd({
    database: await connectDatabase(connection, silentLog),
    seed,
    ids,
    count: Number.POSITIVE_INFINITY,
    // Not console.log: what is in a buffer when the process is killed was never said.
    acknowledged: (id, sequence) => void writeSync(1, `${id} ${sequence}\n`),
  });
}
