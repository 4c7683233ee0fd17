// A node of bench/dispatch.ts: readers who ask, open, sign and ask again, as a process of its own. Says on its standard output
// what was acknowledged, until it is killed: `claimed CASE READER MS`, `signed CASE`.

import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { Problem } from '../../src/base/problem.ts';
import { gates } from '../../src/reading/gate/gates.ts';
import { aReader } from '../../src/reading/gate/testing/rows.ts';
import { CaseLog } from '../../src/reading/store/case-log.ts';
import { InUse } from '../../src/reading/store/in-use.ts';
import { openDispatch } from '../../src/server/reading/dispatch.ts';
import { connectDatabase } from '../../src/storage/database.ts';
import { benchTerm } from './dispatch-cases.ts';

const { connection, names, readMs } = JSON.parse(process.env.DISPATCH_NODE!) as {
  connection: pg.ClientConfig;
  names: string[];
  /** That a reading takes, on average. */
  readMs: number;
};
const term = benchTerm;
const readers = new Map(
  names.map((name) => [
    name,
    aReader({ id: name, shifts: [{ id: 'S', from: '2020-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' }] }),
  ]),
);
const database = await connectDatabase(connection, silentLog);
const cases = new CaseLog({ database, clock: systemClock, term: async () => term });
const { dispatcher, keeper } = await openDispatch({
  ...{ database, cases, clock: systemClock, log: silentLog },
  terms: { term: () => term },
  readers: { all: () => [...readers.values()], reader: (id) => readers.get(id), roomOf: () => undefined },
  inUse: new InUse(database),
  gatesOf: async ({ facts }, reader, stage) => gates(facts, term, readers.get(reader)!, Date.now(), stage),
});
await keeper.open();
say('open');
await Promise.all(names.map(read));

async function read(reader: string): Promise<void> {
  // Nobody asks in the same moment as all others.
  await delay(Math.random() * 2_000);
  for (;;) {
    const began = performance.now();
    const given = await dispatcher.next(reader);
    if (given === undefined) {
      await delay(500 + Math.random() * 1000);
      continue;
    }
    say(`claimed ${given.case} ${reader} ${(performance.now() - began).toFixed(2)}`);
    try {
      await report(given.case, reader);
      say(`signed ${given.case}`);
    } catch (thrown) {
      // Its lease had run out: another has it now.
      if (!(thrown instanceof Problem)) throw thrown;
    }
  }
}

async function report(id: string, reader: string): Promise<void> {
  const by = { kind: 'reader', id: reader } as const;
  await cases.change(id, by, () => [{ kind: 'opened', reader }]);
  await delay(readMs * (0.5 + Math.random()));
  await cases.change(id, by, ({ reading }) => {
    const entitlement = { licences: ['NY-1'], privilege: 'north', checkedAt: Date.now() };
    const signed = { version: reading.reports.length + 1, reader, textHash: 'h', entitlement, overridden: [] };
    return [{ kind: 'final-signed', report: signed }];
  });
}

/** Not console.log: what is in a buffer when the process is killed was never said. */
function say(line: string): void {
  writeSync(1, `${line}\n`);
}
