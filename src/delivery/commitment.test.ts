import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addWaiting, destination, waiting, waitingSops } from '../../test/support/waiting-consignment.ts';
import { Problem } from '../base/problem.ts';
import type { Database } from '../storage/database.ts';
import { takeConsignment } from '../storage/ledger.ts';
import { settleCommitment } from '../storage/ledger-commitment.ts';
import { Errands } from './errands.ts';
import type { Commitment, Line } from './line.ts';

const holder = 'node';

/** Sends what waits and asks what is due, whenever it may be; `request`: what an archive does with a request. */
function errandsTo(database: Database, request: Commitment['request']) {
  const asked: string[] = [];
  const line: Line = {
    commitment: { request, withinMs: 600_000 },
    questions: {
      askAfterMs: 0,
      async held(_study, seriesUid) {
        asked.push(seriesUid);
        return new Set();
      },
    },
    send: async () => ({ taken: true, status: 0 }),
    sendMade: () => Promise.reject(new Error('nothing is corrected')),
    close: async () => {},
    abort: () => {},
  };
  const errands = new Errands(
    { database, destination, holder, patientOf: async () => ({ label: '' }) },
    {
      isClosing: () => false,
      keepsUp: async () => {},
      hasNoRoom: () => assert.fail('there is room'),
      cannotBeReached: async () => new Date(),
    },
  );
  return {
    /** Whether it was asked what it has. */
    asked,
    async send() {
      await database.query('update consignment set retry_at = now()');
      for (;;) {
        const consignment = await takeConsignment(database, destination.id, holder);
        if (consignment === undefined) return;
        await errands.deliver(line, consignment);
      }
    },
    async ask() {
      await database.query('update consignment set verify_at = now() where verify_at is not null');
      await errands.verifyNext(line);
    },
  };
}

const statesIn = async (database: Database): Promise<string[]> =>
  (await database.query<{ state: string }>('select state from delivery order by instance')).map(({ state }) => state);

test('PS3.4 J.3.3: a result that is faster than the answer to its request counts, and what is sent again is asked for again', async (t) => {
  const database = await waiting(t);
  const requests: string[][] = [];
  const archive = errandsTo(database, async (transactionUid, objects) => {
    const sops = objects.map(({ sopInstanceUid }) => sopInstanceUid);
    requests.push(sops);
    const isFirst = requests.length === 1;
    const committed = isFirst ? sops.slice(1) : sops;
    const failed = isFirst ? [{ sopInstanceUid: sops[0]!, reason: 0x0112 }] : [];
    assert.ok(await settleCommitment(database, 1, { transactionUid, committed, failed }, 8));
  });
  await archive.send();
  await archive.ask();
  assert.deepEqual(await statesIn(database), ['queued', 'committed', 'committed']);
  await archive.send();
  await archive.ask();
  assert.deepEqual(requests, [waitingSops, waitingSops.slice(0, 1)]);
  assert.deepEqual(await statesIn(database), ['committed', 'committed', 'committed']);
  assert.deepEqual(archive.asked, []);
});

test('an archive that could not be reached when it was to commit is asked to commit once it is back', async (t) => {
  const database = await waiting(t);
  const transactions: string[] = [];
  const archive = errandsTo(database, async (transactionUid) => {
    transactions.push(transactionUid);
    if (transactions.length < 5) throw new Problem('dimse/peer-unreachable');
  });
  await archive.send();
  for (let time = 0; time < 5; time++) await archive.ask();
  assert.equal(transactions.length, 5);
  assert.deepEqual(archive.asked, []);
  const told = { transactionUid: transactions.at(-1)!, committed: waitingSops, failed: [] };
  assert.ok(await settleCommitment(database, 1, told, 8));
  assert.deepEqual(await statesIn(database), ['committed', 'committed', 'committed']);
});

test('what comes late to a study whose result is awaited is to be committed as well', async (t) => {
  const database = await waiting(t);
  const requests = new Map<string, string[]>();
  const archive = errandsTo(database, async (transactionUid, objects) => {
    requests.set(
      transactionUid,
      objects.map(({ sopInstanceUid }) => sopInstanceUid),
    );
  });
  await archive.send();
  await archive.ask();
  await addWaiting(database, ['2.25.5.1.4']);
  await archive.send();
  await archive.ask();
  assert.equal(requests.size, 2);
  assert.deepEqual(archive.asked, []);
  for (const [transactionUid, committed] of requests)
    await settleCommitment(database, 1, { transactionUid, committed, failed: [] }, 8);
  assert.deepEqual(
    await statesIn(database),
    Array.from({ length: 4 }, () => 'committed'),
  );
});
