import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../../test/support/database.ts';
import { testClock } from '../../../test/support/test-clock.ts';
import { aTerm, theFacts } from '../../reading/gate/testing/rows.ts';
import { CaseLog } from '../../reading/store/case-log.ts';
import { someTerm } from '../../reading/testing/facts.ts';
import type { Database } from '../../storage/database.ts';
import { WaitingPool } from './waiting-pool.ts';

test('a case that is claimed while the catalogue is being read is not put back by what was read before', async (t) => {
  const database = await testDatabase(t);
  const clock = testClock();
  const term = aTerm({ levels: someTerm().levels, outOfHours: true });
  const cases = new CaseLog({ database, clock, term: async () => term });
  t.after(() => cases.close());
  const { id } = (await cases.create({ client: 1 }, { kind: 'desk', id: 'test' }, [
    { kind: 'announced', facts: theFacts(), term: { id: term.id, version: 1 } },
    { kind: 'images-arrived', instances: 3 },
    { kind: 'ready', instances: 3, priors: 0 },
  ]))!;
  const [read, goesOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  /** Its answers arrive late. */
  const late = new Proxy(database, {
    get: (target, name) =>
      name === 'query'
        ? async (text: string, values?: unknown[]) => {
            const rows = await target.query(text, values);
            read.resolve();
            await goesOn.promise;
            return rows;
          }
        : Reflect.get(target, name),
  }) as Database;
  const pool = new WaitingPool({
    ...{ database: late, inUse: { now: async () => true }, clock, term: () => term, isOpenBeside: () => true },
    signed: async () => undefined,
    failed: () => undefined,
  });
  const refreshed = pool.refresh();
  await read.promise;
  pool.remove(id);
  goesOn.resolve();
  await refreshed;
  assert.equal(pool.queues.get(id), undefined);
  await pool.refresh();
  assert.equal(pool.queues.get(id)?.id, id);
});
