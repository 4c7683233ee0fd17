// PS3.4 CC.2.4 with other people's programs: dcmjs-dimse subscribes to workitems and is told what becomes of them, by
// N-EVENT-REPORT on associations that we request.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import dcmjsDimse from 'dcmjs-dimse';
import { invoke, startDcmjsArchive } from '../support/dcmjs-peer.ts';
import { addPeer, openDoors, startNodeProcess } from '../support/node-process.ts';
import { ownNetwork } from '../support/own-namespace.ts';

const noServers = await ownNetwork(import.meta.filename);

const { NActionRequest, NCreateRequest } = dcmjsDimse.requests;
const { Dataset } = dcmjsDimse;
const UPS_PUSH = '1.2.840.10008.5.1.4.34.6.1';
const UPS_WATCH = '1.2.840.10008.5.1.4.34.6.2';
const UPS_PULL = '1.2.840.10008.5.1.4.34.6.3';
const GLOBAL_SUBSCRIPTION = '1.2.840.10008.5.1.4.34.5';
const PORT = 11_300;

test('a peer that subscribed to all workitems is told of each state, in order, and no more once it unsubscribed', {
  skip: noServers,
}, async () => {
  const closing = new AsyncDisposableStack();
  after(() => closing.disposeAsync());
  const node = await startNodeProcess((cleanUp) => closing.defer(cleanUp), { environment: openDoors });
  await addPeer(node, 'WATCHER', PORT);
  const watcher = await startDcmjsArchive((cleanUp) => closing.defer(cleanUp), PORT);
  const ask = async (request: Parameters<typeof invoke>[1][number]): Promise<number | undefined> => {
    const [[answer] = []] = await invoke(node.dicomPort, [request]);
    return answer?.getStatus();
  };
  const act = (
    sopClass: string,
    uid: string,
    type: number,
    said: Record<string, unknown>,
  ): Promise<number | undefined> => {
    const request = new NActionRequest(sopClass, uid, type);
    request.setDataset(new Dataset(said));
    return ask(request);
  };
  const subscription = { ReceivingAE: 'WATCHER', DeletionLock: 'FALSE' };
  assert.equal(await act(UPS_WATCH, GLOBAL_SUBSCRIPTION, 3, subscription), 0);
  const created = new NCreateRequest(UPS_PUSH, '2.25.4712');
  created.setDataset(
    new Dataset({
      ProcedureStepState: 'SCHEDULED',
      ProcedureStepLabel: 'Segment',
      WorklistLabel: 'AI',
      ScheduledProcedureStepPriority: 'LOW',
      InputReadinessState: 'READY',
      ScheduledProcedureStepStartDateTime: '20261124100000',
    }),
  );
  assert.equal(await ask(created), 0);
  const told = async (): Promise<unknown[]> => {
    const { eventTypeId, information } = await watcher.commitmentResult();
    return [eventTypeId, information.ProcedureStepState, information.InputReadinessState];
  };
  // Table CC.2.4-1: 1, UPS State Report.
  assert.deepEqual(await told(), [1, 'SCHEDULED', 'READY']);
  const claim = { ProcedureStepState: 'IN PROGRESS', TransactionUID: '2.25.1' };
  assert.equal(await act(UPS_PULL, '2.25.4712', 1, claim), 0);
  assert.deepEqual(await told(), [1, 'IN PROGRESS', 'READY']);
  // 2, UPS Cancel Requested.
  assert.equal(await act(UPS_WATCH, '2.25.4712', 2, { ReasonForCancellation: 'not needed' }), 0);
  assert.equal((await told())[0], 2);
  assert.equal(await act(UPS_WATCH, GLOBAL_SUBSCRIPTION, 4, { ReceivingAE: 'WATCHER' }), 0);
  assert.equal(await act(UPS_PULL, '2.25.4712', 1, { ...claim, ProcedureStepState: 'CANCELED' }), 0);
  // Who subscribes to one is told how it stands: what came first is what was told next.
  assert.equal(await act(UPS_WATCH, '2.25.4712', 3, subscription), 0);
  assert.deepEqual(await told(), [1, 'CANCELED', 'READY']);
});
