// Loses nothing: the node and its database are killed (SIGKILL) while four associations and STOW-RS bring instances in.
// After every start all that was acknowledged is there byte for byte, nothing half-written is to be seen, and what was not
// acknowledged can be sent again. Three kills; `KILLS=20 npm test -- kill` for as many as you like.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../src/dicom/transfer-syntax.ts';
import { sendInstance } from '../../src/dimse/store-scu.ts';
import { type Json, retrieve, stow, value } from '../support/dicomweb.ts';
import { emptyFolder } from '../support/folder.ts';
import { CT_IMAGE_STORAGE, freshUid, makeInstance } from '../support/instances.ts';
import { Ledger } from '../support/ledger.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { associate, sendable, storeAll } from '../support/peer.ts';
import { succeed } from '../support/program.ts';
import { instanceIn, sameBytes } from '../support/same-instances.ts';

const kills = Number(process.env.KILLS ?? 3);
const associations = 4;
const fascia = join(import.meta.dirname, '../../fascia');

describe('a node that is killed while instances come in', () => {
  const closing = new AsyncDisposableStack();
  after(() => closing.disposeAsync());
  const data = emptyFolder((cleanUp) => closing.defer(cleanUp));
  const ledger = new Ledger();
  let node: NodeProcess;

  const start = async () => {
    node = await startNodeProcess((cleanUp) => closing.defer(cleanUp), { data, environment: openDoors });
  };

  for (let kill = 1; kill <= kills; kill++) {
    // Every third time the database survives its node, and is adopted.
    const withDatabase = kill % 3 !== 0;
    test(`kill ${kill} of ${kills}, ${withDatabase ? 'database and all' : 'the database survives'}`, async () => {
      if (kill === 1) await start();
      await killWhileSending(node, ledger, { afterStored: 20 + ((kill * 67) % 180), withDatabase });
      await start();
      await assertNothingLost(node, ledger);
      await succeed(fascia, ['verify'], { environment: { FASCIA_DATA: data } });
      const again = [...ledger.sent.values()].filter((one) => !ledger.acknowledged.has(one.sopInstanceUid));
      const statuses = await storeAll(node.dicomPort, again);
      assert.deepEqual(
        [...new Set(statuses.values())].filter((status) => status !== 0),
        [],
        'accepted when sent again',
      );
      for (const uid of statuses.keys()) ledger.acknowledge(uid);
    });
  }
});

async function killWhileSending(
  node: NodeProcess,
  ledger: Ledger,
  { afterStored, withDatabase }: { afterStored: number; withDatabase: boolean },
): Promise<void> {
  const senders = [sendByStow(node, ledger), ...Array.from({ length: associations }, () => sendByDimse(node, ledger))];
  // What ends a sender before the kill fails the test; what the kill ends is what it is about.
  await Promise.race([ledger.more(afterStored), ...senders]);
  const postmaster = Number(readFileSync(join(node.data, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
  node.process.kill('SIGKILL');
  if (withDatabase) process.kill(postmaster, 'SIGKILL');
  await node.ended;
  const ends = await Promise.allSettled(senders);
  assert.ok(
    ends.every(({ status }) => status === 'rejected'),
    'all were cut off',
  );
}

async function sendByDimse(node: NodeProcess, ledger: Ledger): Promise<never> {
  const context = { abstractSyntax: CT_IMAGE_STORAGE, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] };
  const association = await associate(node.dicomPort, [context]);
  const studyInstanceUid = freshUid();
  for (;;) {
    const one = makeInstance({ studyInstanceUid, rows: 64, columns: 64 });
    ledger.sent.set(one.sopInstanceUid, one);
    const { status } = await sendInstance(association.messages, association.contexts.values(), sendable(one));
    assert.equal(status, 0);
    ledger.acknowledge(one.sopInstanceUid);
  }
}

async function sendByStow(node: NodeProcess, ledger: Ledger): Promise<never> {
  const studyInstanceUid = freshUid();
  for (;;) {
    const some = Array.from({ length: 3 }, () => makeInstance({ studyInstanceUid, rows: 64, columns: 64 }));
    for (const one of some) ledger.sent.set(one.sopInstanceUid, one);
    const { status, answer } = await stow(
      node.url,
      some.map(({ file }) => file),
    );
    assert.equal(status, 200);
    for (const item of (answer['00081199']?.Value ?? []) as Json[]) ledger.acknowledge(String(value(item, '00081155')));
  }
}

/** All that was acknowledged is there, and all that is there is what was sent. */
async function assertNothingLost(node: NodeProcess, { sent, acknowledged }: Ledger): Promise<void> {
  const present = new Set<string>();
  for (const study of new Set([...sent.values()].map(({ studyInstanceUid }) => studyInstanceUid))) {
    const answer = await fetch(`${node.url}/dicomweb/studies?StudyInstanceUID=${study}`);
    if (((await answer.json()) as unknown[]).length === 0) continue;
    for (const { sopInstanceUid, bytes } of (await retrieve(node.url, `/studies/${study}`)).map(instanceIn)) {
      const original = sent.get(sopInstanceUid);
      assert.ok(original && sameBytes(bytes, original.bytes), `${sopInstanceUid} is as it was sent`);
      present.add(sopInstanceUid);
    }
  }
  assert.deepEqual(
    [...acknowledged].filter((uid) => !present.has(uid)),
    [],
    'no acknowledged instance is missing',
  );
}
