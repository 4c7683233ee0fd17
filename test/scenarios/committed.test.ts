// A rule may ask for more than that a receiver accepted something: that it commits to keep it. PS3.4 J.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { silentLog } from '../../src/base/log.ts';
import { systemTimers } from '../../src/base/timers.ts';
import { CommitmentResults } from '../../src/dimse/commitment-results.ts';
import type { CommitmentResult, CommitReference } from '../../src/dimse/handlers.ts';
import { dimseLimits } from '../../src/dimse/limits.ts';
import { listenDimse } from '../../src/dimse/listener.ts';
import { call, ledgerOnce, putRules } from '../support/delivery.ts';
import { makeStudy } from '../support/instances.ts';
import { MemoryArchive } from '../support/memory-archive.ts';
import { addPeer, type NodeProcess, openDoors, sharedNode, startNodeProcess } from '../support/node-process.ts';
import { storeAll } from '../support/peer.ts';

const ours = sharedNode({ environment: openDoors });

async function committing(fascia: NodeProcess, port: number, more = {}): Promise<void> {
  await addPeer(fascia, 'ARCHIVE', port);
  const settings = { proof: 'committed', verifyAfter: '1s', ...more };
  const answer = await call(fascia, 'PUT', '/destinations/ARCHIVE', { kind: 'dimse', settings });
  assert.equal(answer.status, 200, await answer.clone().text());
  await putRules(fascia, [{ name: 'all', after: 'instance', do: { send: 'ARCHIVE' } }]);
}

/** An archive that never says by itself what became of a request. */
async function archive(t: TestContext, asked: (transactionUid: string, references: CommitReference[]) => void) {
  const handlers = Object.assign(new MemoryArchive(), {
    async commit(_: unknown, transactionUid: string, references: CommitReference[]): Promise<CommitmentResult> {
      asked(transactionUid, references);
      const failures = references.map(() => undefined);
      return { transactionUid, references, failures, destination: async () => undefined, ended: async () => {} };
    },
  });
  const limits = { ...dimseLimits, commitGraceMs: 600_000 };
  const listener = await listenDimse({
    host: '127.0.0.1',
    port: 0,
    aeTitle: 'ARCHIVE',
    handlers,
    log: silentLog,
    limits,
  });
  t.after(() => listener.close());
  return { port: listener.port, handlers };
}

/** Brings a result on an association of its own. */
async function report(
  t: TestContext,
  { dicomPort }: NodeProcess,
  result: Pick<CommitmentResult, 'transactionUid' | 'references' | 'failures'>,
): Promise<void> {
  const results = new CommitmentResults('ARCHIVE', dimseLimits, systemTimers, silentLog);
  t.after(() => results.close());
  const destination = async () => ({ aeTitle: 'FASCIA', host: '127.0.0.1', port: dicomPort });
  await new Promise<void>((resolve) => {
    results.deliver({ ...result, destination, ended: async () => resolve() });
  });
}

test('PS3.4 J.3: what an archive commits to is committed in the ledger, with the transaction as proof', async (t) => {
  const fascia = await ours();
  const environment = { ...openDoors, FASCIA_AET: 'ARCHIVE' };
  const other = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment });
  await committing(fascia, other.dicomPort);
  const settings = { aeTitle: 'ARCHIVE', proof: 'committed', verifyAfter: '1s' };
  assert.ok((await call(fascia, 'PUT', '/destinations/RENAMED', { kind: 'dimse', settings })).ok);
  await putRules(fascia, [
    { name: 'all', after: 'instance', do: { send: 'ARCHIVE' } },
    { name: 'renamed', after: 'instance', do: { transform: [{ remapUids: {} }], send: 'RENAMED' } },
  ]);
  const sent = makeStudy(2, 3);
  await storeAll(fascia.dicomPort, sent);
  const rows = await ledgerOnce(
    fascia,
    (all) => all.length === 12 && all.every(({ state }) => state === 'committed'),
    sent,
  );
  assert.equal(rows.filter(({ sentAs }) => sentAs !== null).length, 6, 'committed under the UIDs it went under');
  assert.ok(rows.every(({ proof, attempts }) => /^transaction 2\.25\.\d+$/.test(proof!) && attempts === 1));
});

test('PS3.4 J.3.3: what an archive does not commit to is sent again; a result that comes later, or twice, counts once', async (t) => {
  const asked: { transactionUid: string; references: CommitReference[] }[] = [];
  let heard = Promise.withResolvers<void>();
  const { port, handlers } = await archive(t, (transactionUid, references) => {
    asked.push({ transactionUid, references });
    heard.resolve();
  });
  const fascia = await ours();
  await committing(fascia, port);
  const sent = makeStudy(1, 3);
  await storeAll(fascia.dicomPort, sent);
  await heard.promise;
  heard = Promise.withResolvers();
  const [first] = asked as [(typeof asked)[0]];
  assert.deepEqual(
    first.references.map(({ sopInstanceUid }) => sopInstanceUid),
    sent.map(({ sopInstanceUid }) => sopInstanceUid),
  );
  handlers.instances.delete(sent[1]!.sopInstanceUid);
  await report(t, fascia, { ...first, failures: [undefined, 0x0112, undefined] });
  await heard.promise;
  const again = asked.at(-1)!;
  assert.deepEqual(
    again.references.map(({ sopInstanceUid }) => sopInstanceUid),
    [sent[1]!.sopInstanceUid],
  );
  assert.ok(handlers.instances.has(sent[1]!.sopInstanceUid), 'it was sent again');
  // The old result, once more: nobody waits for it.
  await report(t, fascia, { ...first, failures: [0x0112, 0x0112, 0x0112] });
  await report(t, fascia, { ...again, failures: [undefined] });
  const rows = await ledgerOnce(fascia, (all) => all.every(({ state }) => state === 'committed'), sent);
  const attempts = rows.map((row) => [row.sopInstanceUid, row.attempts]);
  assert.deepEqual(
    new Map(attempts as [string, number][]),
    new Map(sent.map(({ sopInstanceUid }, at) => [sopInstanceUid, at === 1 ? 2 : 1])),
  );
});

test('an archive that took the request and says nothing is asked what it has', async (t) => {
  const asked: string[] = [];
  const { port } = await archive(t, (transactionUid) => asked.push(transactionUid));
  const fascia = await ours();
  await committing(fascia, port, { commitWithin: '0.5s' });
  const sent = makeStudy(1, 2);
  await storeAll(fascia.dicomPort, sent);
  await ledgerOnce(fascia, (all) => all.length === 2 && all.every(({ state }) => state === 'verified'), sent);
  assert.equal(asked.length, 1);
});
