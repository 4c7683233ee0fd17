// A modality deletes its images by what storage commitment says, and may be told by nobody else: the result reaches it
// though the node was stopped, or killed, between the request and the report. PS3.4 J.3.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataSet } from '../../src/dicom/dataset.ts';
import { commit } from '../../src/dimse/scu.ts';
import { STORAGE_COMMITMENT_PUSH } from '../../src/dimse/services.ts';
import { emptyFolder, unwinding } from '../support/folder.ts';
import { type MadeInstance, makeStudy } from '../support/instances.ts';
import { addPeer, openDoors, startNodeProcess } from '../support/node-process.ts';
import { associate, destination, storeAll, UNCOMPRESSED } from '../support/peer.ts';

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`${signal} between N-ACTION and N-EVENT-REPORT: the result comes after the next start, and once`, async (t) => {
    const later = unwinding(t);
    const data = emptyFolder(later);
    const start = () => startNodeProcess(later, { data, environment: openDoors });
    const study = makeStudy(1, 3);
    const missing = { ...study[0]!, sopInstanceUid: '1.2.3' };

    const node = await start();
    const { port } = await modality(t);
    await addPeer(node, 'TESTPEER', port);
    await storeAll(node.dicomPort, study);
    assert.equal(await requestCommitment(node.dicomPort, '1.2.3.4', [...study, missing]), 0);
    node.process.kill(signal);
    await node.ended;

    const { results, heard } = await modality(t, port);
    const again = await start();
    const information = await heard(1);
    assert.equal(information.text('TransactionUID'), '1.2.3.4');
    assert.deepEqual(
      information.items('ReferencedSOPSequence').map((item) => item.text('ReferencedSOPInstanceUID')),
      study.map(({ sopInstanceUid }) => sopInstanceUid),
    );
    assert.deepEqual(
      information.items('FailedSOPSequence').map((item) => item.number('FailureReason')),
      [0x0112],
    );

    // The Transaction UID is remembered too; what was reported is not reported again before it.
    assert.equal(await requestCommitment(again.dicomPort, '1.2.3.4', study), 0);
    const repeated = await heard(2);
    assert.deepEqual(
      repeated.items('FailedSOPSequence').map((item) => item.number('FailureReason')),
      study.map(() => 0x0131),
    );
    assert.equal(results.length, 2);
  });
}

/** Listens for results; without a `port` only until it has one, as a modality that is switched off. */
async function modality(t: { after(cleanUp: () => Promise<void>): void }, port?: number) {
  const results: DataSet[] = [];
  const waiting = new Map<number, (result: DataSet) => void>();
  const committed = (result: DataSet) => {
    results.push(result);
    waiting.get(results.length)?.(result);
  };
  const { listener } = await destination('TESTPEER', { port, committed });
  if (port === undefined) await listener.close();
  else t.after(() => listener.close());
  return {
    port: listener.port,
    results,
    /** Resolves to the result that comes as the `count`th. */
    heard: (count: number) =>
      new Promise<DataSet>((resolve) => {
        if (results.length >= count) resolve(results[count - 1]!);
        else waiting.set(count, resolve);
      }),
  };
}

/** Leaves at once, as modalities do; resolves to the status of the N-ACTION. */
async function requestCommitment(port: number, transactionUid: string, instances: readonly MadeInstance[]) {
  const association = await associate(port, [
    { abstractSyntax: STORAGE_COMMITMENT_PUSH, transferSyntaxes: UNCOMPRESSED },
  ]);
  const references = instances.map(({ sopClassUid, sopInstanceUid }) => ({ sopClassUid, sopInstanceUid }));
  const status = await commit(association, transactionUid, references);
  await association.release();
  return status;
}
